import type { Decision } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { benefitRule, subjectKindOf } from '../verdict.ts'
import {
  type CreditableCertificate,
  creditableOfClass,
  insertCredits,
  isCredited,
  lockCertificateClass,
  type NewCredit,
  revokeCredits,
} from './store/crediting.ts'

/** Classmates credited along with the one asked about; the rest comes with the next job of the class. */
const BATCH = 1000

/**
 * Credits the hours of a training certificate to the year it was issued in (HB-5.1), and in the same statements those
 * of the class's other certificates: a class of a thousand is one act, and their own jobs find nothing left to do. Once:
 * told twice, or of a certificate that has ended since, it does nothing; of a corrected one, it replaces the earlier credit.
 */
export async function creditHours(
  app: App,
  input: { certificateId: string },
): Promise<Result<{ credited: number }>> {
  if (await isCredited(app.db, input.certificateId)) return ok({ credited: 0 })
  return transact<{ credited: number }, Refusal>(app.db, async (tx) => {
    const own = await lockCertificateClass(tx, input.certificateId)
    if (own?.state !== 'issued') return ok({ credited: 0 })
    const certificates = await creditableOfClass(tx, {
      classId: own.classId,
      certificateId: input.certificateId,
      limit: BATCH,
    })
    if (certificates[0]?.id !== input.certificateId) return ok({ credited: 0 })
    const decided = await decideCredits(tx, app, certificates)
    if (decided.length === 0) return ok({ credited: 0 })
    await replaceCredits(
      tx,
      app,
      decided.map((one) => one.certificate),
    )
    await keepCredits(tx, app, decided)
    return ok({ credited: decided.length })
  })
}

interface Decided {
  certificate: CreditableCertificate
  facts: ReturnType<typeof factsOf>
  decision: Decision
  subjectKind: NewCredit['subjectKind']
}

const factsOf = (certificate: CreditableCertificate) => ({
  trainingCertificates: [
    {
      occupation: certificate.occupationId,
      level: certificate.level,
      hours: certificate.totalHours,
      issuedOn: certificate.firstIssuedOn,
      proof: '已核验' as const,
    },
  ],
})

async function decideCredits(tx: Tx, app: App, certificates: CreditableCertificate[]): Promise<Decided[]> {
  const [first] = certificates
  if (!first) return []
  // One class is of one province, occupation and level.
  const settings = await policySettings(tx, first.provinceCode)
  const rule = benefitRule(app, 'hours', { ...first, settings })
  if (!rule) return []
  const known = new Map<string, Pick<Decided, 'facts' | 'decision' | 'subjectKind'>>()
  const decided = certificates.map((certificate) => {
    const on = certificate.firstIssuedOn
    const key = `${on} ${certificate.totalHours}`
    const facts = factsOf(certificate)
    const found = known.get(key) ?? {
      facts,
      decision: rule(facts, on),
      subjectKind: subjectKindOf(app, { settings, on }),
    }
    known.set(key, found)
    return { certificate, ...found }
  })
  return decided.filter(
    ({ decision, certificate }) => decision.outcome === '符合' && tenthsOf(certificate) > 0,
  )
}

const tenthsOf = (certificate: CreditableCertificate) => Math.round(certificate.totalHours * 10)

async function replaceCredits(tx: Tx, app: App, certificates: CreditableCertificate[]): Promise<void> {
  const replaced = certificates.flatMap((one) => (one.replaces ? [{ ...one, replaces: one.replaces }] : []))
  const revoked = await revokeCredits(
    tx,
    replaced.map((one) => ({
      certificateId: one.replaces.certificateId,
      reason: `证书更正为 ${one.number}`,
    })),
    app.clock.today(),
  )
  const personOf = new Map(replaced.map((one) => [one.replaces.certificateId, one.personId]))
  await record(
    tx,
    ...revoked.map((one) => ({
      name: events['education-hours.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [
        `education-hours:${one.id}` as const,
        `training-certificate:${one.certificateId}` as const,
        `person:${personOf.get(one.certificateId)}` as const,
      ],
      data: { number: one.number, reason: one.reason },
    })),
  )
}

async function keepCredits(tx: Tx, app: App, decided: Decided[]): Promise<void> {
  const on = app.clock.today()
  const at = app.clock.now()
  const decisionIds = await recordDecisions(
    tx,
    app,
    decided.map(({ decision, facts, certificate }) => ({
      decision,
      facts,
      subject: `person:${certificate.personId}` as const,
    })),
  )
  const years = Map.groupBy(decided, ({ certificate }) => Number(certificate.firstIssuedOn.slice(0, 4)))
  const numbers = new Map<string, string>()
  for (const [year, ofYear] of [...years].sort(([a], [b]) => a - b)) {
    const serial = await takeNumbers(tx, `benefits.education-hours.${year}`, ofYear.length)
    for (const [place, { certificate }] of ofYear.entries()) {
      numbers.set(certificate.id, `JXJY-${year}-${String(serial + place).padStart(6, '0')}`)
    }
  }
  const credits = decided.map(
    ({ certificate, subjectKind }, place): NewCredit => ({
      id: crypto.randomUUID(),
      number: numbers.get(certificate.id) as string,
      certificate,
      year: Number(certificate.firstIssuedOn.slice(0, 4)),
      hoursTenths: tenthsOf(certificate),
      subjectKind,
      decisionId: decisionIds[place] as string,
    }),
  )
  await insertCredits(tx, credits, { on, at })
  await record(
    tx,
    ...credits.map((credit) => ({
      name: events['education-hours.credited'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [
        `education-hours:${credit.id}` as const,
        `training-certificate:${credit.certificate.id}` as const,
        `person:${credit.certificate.personId}` as const,
      ],
      data: {
        number: credit.number,
        year: credit.year,
        hours: credit.certificate.totalHours,
        certificate: credit.certificate.number,
      },
    })),
  )
}
