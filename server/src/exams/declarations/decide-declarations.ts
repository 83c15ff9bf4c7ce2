import type { Decision, Facts } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { factsOfMany } from '../../people/index.ts'
import type { Level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { decideDeclaration } from '../verdict.ts'
import { certificateStandings } from './store/certificates.ts'
import { judgementsOf, type RecordedJudgement } from './store/judgements.ts'

/** One question to the rule: this person, this occupation and level; `id` is the declaration's, made or to be made. */
export interface DeclarationCase {
  id: string
  personId: string
  provinceCode: string
  occupationId: string
  level: Level
}

export interface DecidedCase {
  facts: Facts
  decision: Decision
  decisionId: string
}

/** Decides any number of declarations today, on the facts as they stand. */
export async function decideDeclarations(
  tx: Tx,
  app: App,
  cases: DeclarationCase[],
): Promise<Map<string, DecidedCase>> {
  return decideFacts(tx, app, cases, await gatherFacts(tx, cases))
}

/** Decides on facts read before, and keeps each decision with them: the rule runs in memory, one insert keeps all. */
export async function decideFacts(
  tx: Tx,
  app: App,
  cases: DeclarationCase[],
  facts: Map<string, Facts>,
): Promise<Map<string, DecidedCase>> {
  const on = app.clock.today()
  const settings = new Map<string, Awaited<ReturnType<typeof policySettings>>>()
  for (const provinceCode of new Set(cases.map((one) => one.provinceCode))) {
    settings.set(provinceCode, await policySettings(tx, provinceCode))
  }
  const decided = cases.map((one) => {
    const known = defined(facts.get(one.id), `facts of ${one.personId}`)
    const decision = decideDeclaration(app, {
      ...one,
      facts: known,
      on,
      settings: settings.get(one.provinceCode) ?? [],
    })
    return { id: one.id, facts: known, decision }
  })
  const ids = await recordDecisions(
    tx,
    app,
    decided.map((one) => ({
      decision: one.decision,
      facts: one.facts,
      subject: `declaration:${one.id}` as const,
    })),
  )
  return new Map(
    decided.map(({ id, ...rest }, i) => [id, { ...rest, decisionId: defined(ids[i], 'the decision kept') }]),
  )
}

/**
 * What is known of each case: the person's own facts with their proof, the platform's own register of training
 * certificates (which needs no proof, and tells a withdrawal the day it happens), and the confirmer's judgements.
 */
export async function gatherFacts(tx: Tx, cases: DeclarationCase[]): Promise<Map<string, Facts>> {
  const personIds = [...new Set(cases.map((one) => one.personId))]
  const people = await factsOfMany(tx, personIds)
  const certificates = Map.groupBy(await certificateStandings(tx, personIds), (one) => one.personId)
  const judgements = Map.groupBy(
    await judgementsOf(
      tx,
      cases.map((one) => one.id),
    ),
    (one) => one.declarationId,
  )
  return new Map(
    cases.map((one) => {
      const facts = people.get(one.personId) ?? {}
      const held = (certificates.get(one.personId) ?? []).map((certificate) => ({
        occupation: certificate.occupationId,
        level: certificate.level,
        number: certificate.number,
        issuedOn: certificate.issuedOn,
        proof: '已核验' as const,
        ...(certificate.direction ? { direction: certificate.direction } : {}),
        ...(certificate.totalHours === null ? {} : { hours: certificate.totalHours }),
        ...(certificate.state === 'withdrawn' && certificate.changedOn
          ? { withdrawnOn: certificate.changedOn }
          : {}),
      }))
      return [one.id, judged({ ...facts, trainingCertificates: held }, one, judgements.get(one.id) ?? [])]
    }),
  )
}

/** Puts the judgements where the rule looks for them: a degree's 相关专业 on the degree, other terms in the list. */
function judged(facts: Facts, one: DeclarationCase, judgements: RecordedJudgement[]): Facts {
  if (judgements.length === 0) return facts
  const say = (j: RecordedJudgement) => ({ by: j.judgedByName, on: j.judgedOn, reason: j.reason })
  const terms = judgements
    .filter((j) => j.personFactId === null)
    .map((j) => ({
      term: j.term,
      result: j.result,
      occupation: one.occupationId,
      level: one.level,
      ...say(j),
    }))
  const ofFact = new Map(judgements.map((j) => [j.personFactId, j]))
  const education = facts.education?.map((entry) => {
    const j = entry.document ? ofFact.get(entry.document) : undefined
    return j ? { ...entry, majorRelated: { related: j.result === '认定', ...say(j) } } : entry
  })
  return {
    ...facts,
    ...(education ? { education } : {}),
    ...(terms.length > 0 ? { judgements: [...(facts.judgements ?? []), ...terms] } : {}),
  }
}
