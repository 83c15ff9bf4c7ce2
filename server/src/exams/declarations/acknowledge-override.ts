import { fulfilDuty } from '../../duties/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { findDeclaration } from './store/declarations.ts'

export type AcknowledgeOverrideRefusal = RefusalOf<
  typeof no,
  'DECLARATION_NOT_FOUND' | 'OVERRIDE_ACKNOWLEDGED'
>

/** The province takes note of a reported override (HB-3.1: it supervises the whole course). */
export function acknowledgeOverride(
  app: App,
  actor: Actor,
  input: { declarationId: string; note?: string | undefined },
): Promise<Result<{ id: string }, AcknowledgeOverrideRefusal>> {
  return transact<{ id: string }, AcknowledgeOverrideRefusal>(app.db, async (tx) => {
    const declaration = await findDeclaration(tx, input.declarationId, scopeOf(actor))
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const subject = `declaration:${declaration.id}` as const
    const noted = await fulfilDuty(tx, app, { kind: 'exams.note-override', subject, actor })
    if (noted === 0) return refuse(no.OVERRIDE_ACKNOWLEDGED())
    await record(tx, {
      name: events['declaration.override-acknowledged'],
      at: app.clock.now(),
      actor,
      subjects: [subject],
      data: { note: input.note ?? null },
    })
    return ok({ id: declaration.id })
  })
}
