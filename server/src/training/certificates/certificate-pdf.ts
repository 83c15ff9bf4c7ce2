import type { App } from '../../platform/app.ts'
import { render, type TrainingCertificatePaper } from '../../platform/documents/index.ts'
import type { TrainingCertificate } from './certificate.ts'

export type PrintableCertificate = TrainingCertificate & {
  maskedIdNumber: string
  supersedesNumber?: string | null
  successorNumber?: string | null
}

/** Sets any number of training certificates, a page each; one that no longer stands says so on its face. */
export function certificatePdf(
  app: App,
  certificates: PrintableCertificate[],
  occupation: (id: string) => string,
): Promise<Uint8Array> {
  const papers = certificates.map((one): TrainingCertificatePaper => {
    const remark = remarkOf(one)
    return {
      number: one.number,
      holderName: one.holderName,
      maskedIdNumber: one.maskedIdNumber,
      occupation: occupation(one.occupationId),
      direction: one.direction,
      level: one.level,
      hours: one.hours.total,
      hoursByKind: `理论 ${one.hours.theory}、实操 ${one.hours.practice} 学时`,
      fromOn: one.startsOn,
      toOn: one.endsOn,
      issuer: one.organisationName,
      issuedOn: one.issuedOn,
      answers: `谁培训、谁发证、谁负责：本证书由${one.organisationName}颁发并负责。`,
      qrText: `${app.config.publicUrl}/v/${one.code}`,
      checkAt: `${app.config.publicUrl}/v`,
      ...(remark ? { remark } : {}),
    }
  })
  return render('training-certificate', { papers, demo: app.config.demo })
}

function remarkOf(one: PrintableCertificate): string {
  if (one.state === 'withdrawn') return '本证书已撤销，不再有效'
  if (one.state === 'corrected') return `本证书已由 ${one.successorNumber ?? '新证书'} 替代，不再使用`
  return one.supersedesNumber ? `本证书更正并替代 ${one.supersedesNumber}` : ''
}
