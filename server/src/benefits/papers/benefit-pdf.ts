import { scopeOf, supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { printedBy, render } from '../../platform/documents/index.ts'
import type { HoursProof } from '../hours/store/proofs.ts'
import type { CreditDetail } from '../hours/store/reading.ts'
import type { RecognitionRow } from '../titles/store/reading.ts'
import { basisOf } from '../verdict.ts'

const addressOf = (app: App, code: string) => `${app.config.publicUrl}/b/${code}`

export async function hoursProofPdf(
  app: App,
  actor: Actor,
  { proof, credits }: { proof: HoursProof; credits: CreditDetail[] },
): Promise<Uint8Array> {
  const first = defined(credits[0], 'a proof lists a credit')
  const { province } = await supervisorsOf(app.db, { provinceCode: first.provinceCode, cityCode: null })
  return render('hours-proof', {
    demo: app.config.demo,
    printed: printedBy(app, actor),
    papers: [
      {
        number: proof.number,
        holderName: first.holderName,
        maskedIdNumber: first.maskedIdNumber,
        year: proof.year,
        total: proof.totalTenths / 10,
        rows: credits.map((one) => ({
          occupation: one.occupationName,
          level: one.level,
          institution: one.organisationName,
          certificateNumber: one.certificateNumber,
          issuedOn: one.certificateIssuedOn,
          hours: one.hoursTenths / 10,
        })),
        basis: basisOf(app, 'HB-5.1'),
        note: [subjectNote(credits), scopeNote(actor)].filter(Boolean).join('；'),
        issuer: province.name,
        issuedOn: proof.issuedOn,
        qrText: addressOf(app, proof.code),
      },
    ],
  })
}

function subjectNote(credits: CreditDetail[]): string {
  const kinds = new Set(credits.map((one) => one.subjectKind))
  if (kinds.has(null)) return '计入公需科目还是专业科目，通知没有写明，待核实'
  return `计入${[...kinds].join('科目、')}科目`
}

/** Staff print what their scope holds; the paper says so, for the year may hold more. */
function scopeNote(actor: Actor): string {
  const { kind } = scopeOf(actor)
  if (!actor.organisation || kind === 'person' || kind === 'nation') return ''
  return `只列${actor.organisation.name}管理范围内登记的学时`
}

export async function recognitionPdf(app: App, actor: Actor, one: RecognitionRow): Promise<Uint8Array> {
  const { province } = await supervisorsOf(app.db, { provinceCode: one.provinceCode, cityCode: null })
  return render('title-recognition', {
    demo: app.config.demo,
    printed: printedBy(app, actor),
    papers: [
      {
        number: one.number,
        holderName: one.holderName,
        maskedIdNumber: one.maskedIdNumber,
        occupation: one.occupationName,
        level: one.level,
        certificateNumber: one.certificateNumber,
        certificateIssuedOn: one.certificateIssuedOn,
        evaluationInstitution: one.organisationName,
        direct: one.effect === 'direct',
        titleLevel: one.level,
        specialty: `${one.specialty}（${one.specialtyStatus}）`,
        recognisedOn: one.recognisedOn,
        state: '有效',
        basis: basisOf(app, 'HB-5.2'),
        note: '职称专业的名称未见公布，待核实',
        issuer: province.name,
        qrText: addressOf(app, one.code),
      },
    ],
  })
}
