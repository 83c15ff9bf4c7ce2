import { randomUUID } from 'node:crypto'
import type { Facts } from '../../../../policy/src/index.ts'
import { listedOn } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import type { Refusal } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { decideFacts, gatherFacts } from './decide-declarations.ts'
import type { Outcome } from './declaration.ts'
import type { CertificateToDeclare } from './store/certificates.ts'
import { insertDeclarations, type NewDeclaration, standingOf } from './store/declarations.ts'

export interface DraftedDeclaration {
  id: string
  number: string
  certificateId: string
  personName: string
  outcome: Outcome
  sentence: string
}

export interface RefusedCertificate {
  certificateId: string
  certificateNumber: string
  personName: string
  refusal: Refusal
}

export interface Drafting {
  certificates: CertificateToDeclare[]
  evaluationOrganisationId: string
  source: 'batch' | 'self'
  batchId: string | null
  actor: Actor
}

/**
 * Makes declarations of training certificates, each with its verdict of today, and says of the others why not.
 * Six reads and two writes, whatever the number (E1: 1,000 in seconds).
 */
export async function draftDeclarations(tx: Tx, app: App, drafting: Drafting) {
  const on = app.clock.today()
  const cases = drafting.certificates.map((certificate) => ({
    ...certificate,
    id: randomUUID(),
    certificate,
  }))
  const facts = await gatherFacts(tx, cases)
  const whyNot = await obstacles(tx, app, drafting, on)
  const refused: RefusedCertificate[] = []
  const fit = cases.filter((one) => {
    const refusal = whyNot(one.certificate, defined(facts.get(one.id), 'facts'))
    if (refusal) refused.push(refusedAs(one.certificate, refusal))
    return !refusal
  })
  const decided = await decideFacts(tx, app, fit, facts)
  const numbers = await declarationNumbers(tx, drafting.certificates[0]?.provinceCode ?? '', on, fit.length)
  const rows = fit.map(({ id, certificate }, i): NewDeclaration => {
    const { decision, decisionId } = defined(decided.get(id), 'a decision')
    return {
      id,
      number: defined(numbers[i], 'a number'),
      batchId: drafting.batchId,
      personId: certificate.personId,
      trainingCertificateId: certificate.id,
      trainingOrganisationId: certificate.organisationId,
      evaluationOrganisationId: drafting.evaluationOrganisationId,
      filingId: certificate.filingId,
      provinceCode: certificate.provinceCode,
      cityCode: certificate.cityCode,
      occupationId: certificate.occupationId,
      direction: certificate.direction,
      level: certificate.level,
      source: drafting.source,
      outcome: decision.outcome,
      decisionId,
    }
  })
  const inserted = await insertDeclarations(tx, rows, app.clock.now(), on)
  const drafted: DraftedDeclaration[] = []
  rows.forEach((row, i) => {
    const certificate = defined(fit[i], 'its certificate').certificate
    // Another browser declared the same person a moment ago: the unique index has the last word.
    if (!inserted.has(row.id)) {
      refused.push(refusedAs(certificate, no.DECLARATION_ALREADY_OPEN({ number: '同时提交的另一份' })))
      return
    }
    const { decision } = defined(decided.get(row.id), 'a decision')
    drafted.push({
      id: row.id,
      number: row.number,
      certificateId: certificate.id,
      personName: certificate.holderName,
      outcome: row.outcome,
      sentence: decision.sentence,
    })
  })
  await record(
    tx,
    ...rows
      .filter((row) => inserted.has(row.id))
      .map((row) => ({
        name: events['declaration.drafted'],
        at: app.clock.now(),
        actor: drafting.actor,
        subjects: [`declaration:${row.id}` as const, `person:${row.personId}` as const],
        data: { outcome: row.outcome, source: row.source, number: row.number },
      })),
  )
  return { drafted, refused }
}

function refusedAs(certificate: CertificateToDeclare, refusal: Refusal): RefusedCertificate {
  return {
    certificateId: certificate.id,
    certificateNumber: certificate.number,
    personName: certificate.holderName,
    refusal,
  }
}

async function declarationNumbers(
  tx: Tx,
  provinceCode: string,
  on: string,
  count: number,
): Promise<string[]> {
  if (count === 0) return []
  const prefix = `SB${provinceCode.slice(0, 2)}${on.slice(0, 4)}`
  const first = await takeNumbers(tx, prefix, count)
  return Array.from({ length: count }, (_, i) => `${prefix}${String(first + i).padStart(6, '0')}`)
}

/** What stands against declaring a certificate, asked once for all: agreed filing, catalogue, twice, already held. */
async function obstacles(tx: Tx, app: App, drafting: Drafting, on: string) {
  const { certificates, evaluationOrganisationId } = drafting
  const listings = new Map<string, Refusal | undefined>()
  for (const { occupationId, level } of certificates) {
    const key = `${occupationId} ${level}`
    if (listings.has(key)) continue
    const listed = await listedOn(tx, {
      catalogue: 'evaluation',
      organisationId: evaluationOrganisationId,
      occupationId,
      level,
      on,
    })
    listings.set(key, listed.ok ? undefined : listed.refusal)
  }
  const personIds = [...new Set(certificates.map((one) => one.personId))]
  const standing = await standingOf(tx, personIds)
  const open = Map.groupBy(standing.open, (one) => one.personId)
  const passed = Map.groupBy(standing.passed, (one) => one.personId)
  const seen = new Set<string>()

  return (certificate: CertificateToDeclare, facts: Facts): Refusal | undefined => {
    const { personId, occupationId, level } = certificate
    if (certificate.agreedWith !== evaluationOrganisationId) return no.EVALUATION_NOT_AGREED()
    const unlisted = listings.get(`${occupationId} ${level}`)
    if (unlisted) return unlisted
    const key = `${personId} ${occupationId} ${level}`
    if (seen.has(key)) return no.DECLARATION_LISTED_TWICE()
    seen.add(key)
    const same = (one: { occupationId: string; level: string }) =>
      one.occupationId === occupationId && one.level === level
    const already = open.get(personId)?.find(same)
    if (already) return no.DECLARATION_ALREADY_OPEN({ number: already.number })
    const won = passed.get(personId)?.find(same)
    if (holdsLevel(app, facts, certificate, on, won?.decidedOn)) return no.LEVEL_ALREADY_HELD({ level })
    return undefined
  }
}

/** Held by certificate, or passed and not taken back since: a certificate withdrawn after the pass frees the level. */
function holdsLevel(
  app: App,
  facts: Facts,
  certificate: CertificateToDeclare,
  on: string,
  passedOn: string | undefined,
): boolean {
  const mine = (facts.levelCertificates ?? []).filter(
    (one) =>
      (app.policy.occupationIds.get(one.occupation) ?? one.occupation) === certificate.occupationId &&
      one.level === certificate.level,
  )
  if (mine.some((one) => !one.withdrawnOn || one.withdrawnOn > on)) return true
  return passedOn !== undefined && !mine.some((one) => one.issuedOn >= passedOn)
}
