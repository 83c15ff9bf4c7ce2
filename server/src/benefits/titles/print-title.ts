import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { recognitionPdf } from '../papers/benefit-pdf.ts'
import { no } from '../refusals.ts'
import type { Reach } from '../within-scope.ts'
import { whyNotPrintable } from './recognition.ts'
import { findRecognition } from './store/reading.ts'

export type PrintTitleRefusal = RefusalOf<
  typeof no,
  'TITLE_RECOGNITION_NOT_FOUND' | 'TITLE_RECOGNITION_REVOKED'
>

/** Prints a recognition that stands (HB-5.2); one that does not is refused, so that no paper outlives its certificate. */
export async function printTitle(
  app: App,
  asking: { actor: Actor; reach: Reach },
  input: { recognitionId: string },
): Promise<Result<{ number: string; title: string; pdf: Uint8Array }, PrintTitleRefusal>> {
  const one = await findRecognition(app.db, asking.reach, input.recognitionId)
  if (!one) return refuse(no.TITLE_RECOGNITION_NOT_FOUND())
  const refusal = whyNotPrintable(one)
  if (refusal) return refuse(refusal)
  const pdf = await recognitionPdf(app, asking.actor, one)
  await record(app.db, {
    name: events['title.printed'],
    at: app.clock.now(),
    actor: asking.actor,
    subjects: [`title-recognition:${one.id}`, `person:${one.personId}`],
    data: { number: one.number },
  })
  const title = one.effect === 'direct' ? '职称认定表' : '高级职称评审参考证明'
  return ok({ number: one.number, title, pdf })
}
