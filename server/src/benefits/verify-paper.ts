import { z } from 'zod'
import { maskedName } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { events } from './audit-events.ts'
import { whyNotProvable } from './hours/credit.ts'
import { findProofByCode } from './hours/store/proofs.ts'
import { creditsByIds } from './hours/store/reading.ts'
import { whyNotPrintable } from './titles/recognition.ts'
import { findRecognitionByCode } from './titles/store/reading.ts'

export const paperAnswerShape = z.object({
  found: z.boolean(),
  sentence: z.string(),
  paper: z
    .object({
      title: z.string(),
      number: z.string(),
      holder: z.string(),
      content: z.string(),
      /** Of the certificates it rests on: each can be checked by itself. */
      certificateNumbers: z.array(z.string()),
      issuedOn: z.string(),
      state: z.enum(['valid', 'changed', 'revoked']),
      stateName: z.string(),
    })
    .nullable(),
})
export type PaperAnswer = z.output<typeof paperAnswerShape>

const NOT_FOUND: PaperAnswer = {
  found: false,
  sentence: '没有查到这份证明。请核对二维码是否完整，或联系出具单位核实。',
  paper: null,
}

/** The public check of a printed proof or recognition by its code: does it still say what stands now? */
export async function verifyPaper(app: App, actor: Actor, code: string): Promise<PaperAnswer> {
  const proof = await findProofByCode(app.db, code)
  const recognition = proof ? undefined : await findRecognitionByCode(app.db, code)
  await record(app.db, {
    name: events['benefit-paper.checked'],
    at: app.clock.now(),
    actor,
    subjects: [],
    data: {
      found: Boolean(proof ?? recognition),
      kind: proof ? 'hours-proof' : recognition ? 'title' : null,
    },
  })
  if (proof) {
    const credits = await creditsByIds(app.db, proof.creditIds)
    const stands = !credits.some((one) => whyNotProvable(one))
    return {
      found: true,
      sentence: stands ? '此证明有效。' : '此证明所列学时已有变更，请以重新开具的证明为准。',
      paper: {
        title: '专业技术人员继续教育学时证明',
        number: proof.number,
        holder: maskedName(credits[0]?.holderName ?? ''),
        content: `${proof.year} 年度计入 ${proof.totalTenths / 10} 学时`,
        certificateNumbers: credits.map((one) => one.certificateNumber),
        issuedOn: proof.issuedOn,
        state: stands ? 'valid' : 'changed',
        stateName: stands ? '有效' : '已变更',
      },
    }
  }
  if (!recognition) return NOT_FOUND
  const { revokedOn } = recognition
  const stands = !whyNotPrintable(recognition)
  return {
    found: true,
    sentence: stands ? '此认定有效。' : `此认定已${revokedOn ? `于 ${revokedOn} ` : ''}撤销，不再有效。`,
    paper: {
      title: recognition.effect === 'direct' ? '职称认定表' : '高级职称评审参考证明',
      number: recognition.number,
      holder: maskedName(recognition.holderName),
      content: `${recognition.occupationName}，${recognition.titleLevel}`,
      certificateNumbers: [recognition.certificateNumber],
      issuedOn: recognition.recognisedOn,
      state: stands ? 'valid' : 'revoked',
      stateName: stands ? '有效' : '已撤销',
    },
  }
}
