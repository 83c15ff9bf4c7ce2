import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { recordDecision } from '../../platform/decisions.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { decideBenefit } from '../verdict.ts'
import { findCreditable, findStandingCredit, insertCredit, revokeCredit } from './store.ts'

/**
 * Credits the hours of a training certificate to the year it was issued in (HB-5.1). Once: told twice, or told of a
 * certificate that has ended since, it does nothing; told of a corrected one, it replaces the earlier credit.
 */
export function creditHours(
  app: App,
  input: { certificateId: string },
): Promise<Result<{ id: string | null }>> {
  return transact<{ id: string | null }, Refusal>(app.db, async (tx) => {
    const certificate = await findCreditable(tx, input.certificateId)
    if (certificate?.state !== 'issued') return ok({ id: null })
    const standing = await findStandingCredit(tx, certificate.enrolmentId)
    if (standing?.trainingCertificateId === certificate.id) return ok({ id: null })

    const facts = {
      trainingCertificates: [
        {
          occupation: certificate.occupationId,
          level: certificate.level,
          hours: certificate.totalHours,
          issuedOn: certificate.firstIssuedOn,
          proof: '已核验' as const,
        },
      ],
    }
    const decision = decideBenefit(app, 'hours', { ...certificate, facts, on: certificate.firstIssuedOn })
    const hoursTenths = Math.round(certificate.totalHours * 10)
    if (decision?.outcome !== '符合' || hoursTenths <= 0) return ok({ id: null })

    const on = app.clock.today()
    const at = app.clock.now()
    if (standing) {
      const reason = `证书更正为 ${certificate.number}`
      await revokeCredit(tx, standing.trainingCertificateId, reason, on)
      await record(tx, {
        name: events['education-hours.revoked'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: [
          `person:${certificate.personId}`,
          `training-certificate:${standing.trainingCertificateId}`,
        ],
        data: { number: standing.number, reason },
      })
    }
    const decisionId = await recordDecision(tx, app, {
      decision,
      facts,
      subject: `person:${certificate.personId}`,
    })
    const year = Number(certificate.firstIssuedOn.slice(0, 4))
    const serial = await takeNumbers(tx, `benefits.education-hours.${year}`)
    const number = `JXJY-${year}-${String(serial).padStart(6, '0')}`
    const id = await insertCredit(tx, { number, certificate, year, hoursTenths, decisionId, on, at })
    await record(tx, {
      name: events['education-hours.credited'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [`person:${certificate.personId}`, `training-certificate:${certificate.id}`],
      data: { number, year, hours: certificate.totalHours, certificate: certificate.number },
    })
    return ok({ id })
  })
}
