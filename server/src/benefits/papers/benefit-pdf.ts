import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { printedBy, render } from '../../platform/documents/index.ts'
import { creditsByIds, type HoursProof } from '../hours/store.ts'
import type { RecognitionRow } from '../titles/store.ts'
import { basisOf, occupationNameOf } from '../verdict.ts'

const addressOf = (app: App, code: string) => `${app.config.publicUrl}/b/${code}`

export async function hoursProofPdf(app: App, actor: Actor, proof: HoursProof): Promise<Uint8Array> {
  const credits = await creditsByIds(app.db, proof.creditIds)
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
          occupation: occupationNameOf(app, one.occupationId),
          level: one.level,
          institution: one.organisationName,
          certificateNumber: one.certificateNumber,
          issuedOn: one.certificateIssuedOn,
          hours: one.hoursTenths / 10,
        })),
        basis: basisOf(app, 'HB-5.1'),
        note: '计入公需科目还是专业科目,通知没有写明,待核实',
        issuer: province.name,
        issuedOn: proof.issuedOn,
        qrText: addressOf(app, proof.code),
      },
    ],
  })
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
        titleLevel: one.titleLevel,
        specialty: `${one.specialty}(${one.specialtyStatus})`,
        recognisedOn: one.recognisedOn,
        state: one.revokedOn ? `已于 ${one.revokedOn} 撤销` : '有效',
        basis: basisOf(app, 'HB-5.2'),
        note: '职称专业的名称未见公布,待核实',
        issuer: province.name,
        qrText: addressOf(app, one.code),
      },
    ],
  })
}
