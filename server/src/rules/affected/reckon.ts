import { setImmediate as breathe } from 'node:timers/promises'
import {
  type Facts,
  findRule,
  missingParams,
  type Policy,
  type RuleParams,
  type Setting,
} from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { factsOfMany, peopleOfProvince, peopleWithFacts } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { keptDecisions, latestDecisions, personsOfSubjects } from '../../platform/decisions.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import type { Revision } from '../revision.ts'
import { findRevision } from '../store.ts'
import { checkText, rulesTouched } from '../text/check-text.ts'
import { verdictOf } from '../text/verdict-of.ts'
import {
  type AffectedRow,
  changedPeople,
  insertAffected,
  type OutcomeCount,
  type Reckoning,
  setFinished,
  setProgress,
  startReckoning,
} from './store.ts'

/** People decided before others get their turn in this process, and progress is written down. */
const AT_A_TIME = 100

interface Question {
  rule: string
  /** The decision that shows what was asked; null: everybody may be asked, the rule asks for nothing else. */
  decisionId: string | null
  subject: string
}
interface Case {
  personId: string
  /** A decision shows that this was really asked. */
  isKnown: boolean
  rule: string
  params: RuleParams
  facts: Facts
}

/**
 * The job behind 受影响人员: everybody of the province on record is decided under the texts in force and under the
 * new one, for the revision's first day. A run that broke off begins anew.
 */
export async function reckon(app: App, { reckoningId }: { reckoningId: string }): Promise<void> {
  const reckoning = await startReckoning(app.db, reckoningId)
  if (!reckoning) return
  const revision = defined(
    await findRevision(app.db, { kind: 'nation' }, reckoning.revisionId),
    'its revision',
  )
  const { policy, edition } = await app.policyBook.asOf(app.db)
  const settings = await policySettings(app.db, revision.provinceCode)
  const report = checkText(policy, revision, revision.number, revision.content, settings)
  // Saved again since: what was asked for is no longer the text.
  if (!report.policy || report.sha !== reckoning.textSha) {
    const at = app.clock.now()
    return setFinished(app.db, reckoningId, { state: 'failed', counts: [], edition, at })
  }
  const done = await decideEverybody(app, revision, reckoning, {
    before: policy,
    after: report.policy,
    settings,
  })
  await finish(app, revision, reckoning, { ...done, edition })
}

interface Texts {
  before: Policy
  after: Policy
  settings: readonly Setting[]
}

async function decideEverybody(app: App, revision: Revision, reckoning: Reckoning, texts: Texts) {
  const questions = await questionsOf(app.db, revision, texts.before)
  const before = verdictOf(texts.before, revision.jurisdiction, texts.settings)
  const after = verdictOf(texts.after, revision.jurisdiction, texts.settings)
  const counts = new Map<string, OutcomeCount>()
  const seen = new Set<string>()
  let position = 0
  let people = 0
  for (let i = 0; i < questions.length; i += AT_A_TIME) {
    const affected: AffectedRow[] = []
    for (const one of await casesOf(app.db, revision, questions.slice(i, i + AT_A_TIME))) {
      // Asked twice the same: the newer question stands, and comes first.
      const key = JSON.stringify([one.personId, one.rule, one.params])
      const asked = `${one.personId} ${one.rule}`
      // Whoever was really asked is not asked in general once more: decisions come before everybody.
      if (seen.has(key) || (!one.isKnown && seen.has(asked))) continue
      seen.add(key).add(asked)
      const [a, b] = [before(one, reckoning.onDay), after(one, reckoning.onDay)]
      if (!a || !b) continue
      people += 1
      const pair = `${a.outcome} ${b.outcome}`
      const count = counts.get(pair) ?? { before: a.outcome, after: b.outcome, people: 0 }
      counts.set(pair, { ...count, people: count.people + 1 })
      if (a.outcome === b.outcome && a.opensOn === b.opensOn) continue
      position += 1
      affected.push({
        position,
        personId: one.personId,
        rule: one.rule,
        params: one.params as Record<string, string>,
        beforeOutcome: a.outcome,
        afterOutcome: b.outcome,
        beforeOpensOn: a.opensOn,
        afterOpensOn: b.opensOn,
      })
    }
    await insertAffected(app.db, reckoning.id, affected)
    await setProgress(app.db, reckoning.id, {
      total: questions.length,
      reckoned: Math.min(i + AT_A_TIME, questions.length),
    })
    await breathe()
  }
  return { counts: [...counts.values()].sort((a, b) => b.people - a.people), people }
}

async function finish(
  app: App,
  revision: Revision,
  reckoning: Reckoning,
  done: { counts: OutcomeCount[]; people: number; edition: number },
): Promise<void> {
  await transact(app.db, async (tx) => {
    const at = app.clock.now()
    await setFinished(tx, reckoning.id, { state: 'done', counts: done.counts, edition: done.edition, at })
    await record(tx, {
      name: events['revision.reckoned'],
      at,
      actor: { ...SYSTEM_ACTOR },
      subjects: [`revision:${revision.id}`],
      data: {
        textSha: reckoning.textSha,
        on: reckoning.onDay,
        total: done.people,
        changed: changedPeople(done),
        requestedBy: reckoning.requestedBy,
      },
    })
    return ok()
  })
}

/** What was asked of whom, newest first; of a rule that asks for nothing but the person, everybody of whom facts are known. */
async function questionsOf(tx: Tx, revision: Revision, policy: Policy): Promise<Question[]> {
  const found: Question[] = []
  for (const rule of rulesTouched(policy, revision)) {
    const asked = await latestDecisions(tx, { rule, jurisdiction: revision.jurisdiction })
    found.push(...asked.reverse().map(({ id, subject }) => ({ rule, decisionId: id, subject })))
    const standing = findRule(policy, rule, revision.jurisdiction)
    if (standing && missingParams(standing, {}).length === 0 && isAboutPeople(asked)) {
      const everybody = await peopleWithFacts(tx, revision.provinceCode)
      found.push(...everybody.map((id) => ({ rule, decisionId: null, subject: `person:${id}` })))
    }
  }
  return found
}

/** A rule about plans or institutions is asked of no person; a rule nobody was asked yet may be about anybody. */
function isAboutPeople(asked: { subject: string }[]): boolean {
  return asked.length === 0 || asked.some(({ subject }) => subject.startsWith('person:'))
}

/** The persons of the questions with their facts: as they were for the decision, overlaid by what is on record now. */
async function casesOf(tx: Tx, revision: Revision, questions: Question[]): Promise<Case[]> {
  const subjects = await personsOfSubjects(tx, [...new Set(questions.map((one) => one.subject))])
  const ids = [...new Set([...subjects.values()].map((one) => one.personId))]
  const ours = await peopleOfProvince(tx, revision.provinceCode, ids)
  const facts = await factsOfMany(tx, [...ours])
  const decisionIds = questions.flatMap((one) => (one.decisionId ? [one.decisionId] : []))
  const kept = new Map((await keptDecisions(tx, decisionIds)).map((one) => [one.id, one]))
  return questions.flatMap(({ rule, decisionId, subject }) => {
    const person = subjects.get(subject)
    if (!person || !ours.has(person.personId)) return []
    const decision = decisionId === null ? undefined : kept.get(decisionId)
    const now = (person.facts ?? facts.get(person.personId) ?? {}) as Facts
    return [
      {
        personId: person.personId,
        isKnown: decision !== undefined,
        rule,
        params: (decision?.params ?? {}) as RuleParams,
        facts: { ...(decision?.facts as Facts | undefined), ...now },
      },
    ]
  })
}
