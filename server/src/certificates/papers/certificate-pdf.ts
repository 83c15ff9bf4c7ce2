import type { App } from '../../platform/app.ts'
import {
  type LevelCertificatePaper,
  render,
  type TrainingCertificatePaper,
} from '../../platform/documents/index.ts'
import { whoAnswers } from '../level-certificate.ts'
import type { RegisteredCertificate } from '../store/verifications.ts'

export type PrintedCertificate = Omit<RegisteredCertificate, 'personId' | 'id' | 'changedOn'>

function common(app: App, certificate: PrintedCertificate): LevelCertificatePaper {
  const remark = [
    certificate.supersedesNumber ? `本证书更正并替代 ${certificate.supersedesNumber}` : '',
    certificate.state === 'corrected'
      ? `本证书已由 ${certificate.successorNumber ?? '新证书'} 替代，不再使用`
      : '',
    certificate.state === 'withdrawn' ? '本证书已撤销，不再有效' : '',
  ]
    .filter(Boolean)
    .join('；')
  return {
    number: certificate.number,
    holderName: certificate.holderName,
    maskedIdNumber: certificate.maskedIdNumber,
    occupation: certificate.occupationName,
    direction: certificate.direction,
    level: certificate.level,
    issuer: certificate.organisationName,
    issuedOn: certificate.issuedOn,
    answers: whoAnswers(certificate.kind, certificate.organisationName),
    qrText: `${app.config.publicUrl}/v/${certificate.code}`,
    checkAt: `${app.config.publicUrl}/v`,
    ...(remark ? { remark } : {}),
  }
}

export function levelPdf(app: App, certificates: PrintedCertificate[]): Promise<Uint8Array> {
  const papers = certificates.map((one) => common(app, one))
  return render('level-certificate', { papers, demo: app.config.demo })
}

export function trainingPdf(app: App, certificates: PrintedCertificate[]): Promise<Uint8Array> {
  const papers = certificates.map((one): TrainingCertificatePaper => {
    const { hours } = one
    const byKind = [
      hours?.theory ? `理论 ${hours.theory}` : '',
      hours?.practice ? `实操 ${hours.practice}` : '',
    ].filter(Boolean)
    return {
      ...common(app, one),
      hours: hours?.total ?? 0,
      ...(byKind.length > 0 ? { hoursByKind: `${byKind.join('、')} 学时` } : {}),
      ...(one.startsOn && one.endsOn ? { fromOn: one.startsOn, toOn: one.endsOn } : {}),
    }
  })
  return render('training-certificate', { papers, demo: app.config.demo })
}
