import { deadline, type Facts } from '../../../../policy/src/index.ts'
import { policySettings, standardHours } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { fulfilClassDuty, openClassDuty } from '../class-duties.ts'
import type { HoursByKind, TrainingClass } from '../classes/class.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass, setCompleted } from '../classes/store.ts'
import { hoursForPolicy, mapKinds, missingHours, totalOf } from '../hours/hours.ts'
import { hoursByLearner } from '../hours/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-papers.ts'
import { draftReportIn } from '../reports/draft-report.ts'
import { decideCompletion } from '../verdict.ts'
import { type AssessmentRow, assessmentsOfClass, lessonsNotEnded, setEnrolmentsCompleted } from './store.ts'

export type CompleteClassRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<
      typeof no,
      'LESSONS_OUTSTANDING' | 'ASSESSMENTS_MISSING' | 'STANDARD_HOURS_UNKNOWN' | 'NOBODY_TO_COMPLETE'
    >

export interface Completed {
  completed: number
  failed: number
  reportId: string
  reportDueOn: string
}

/**
 * 结业: decides every learner by the completion rule (hours, content, 结业考核), drafts the report and starts its
 * 30 days (HB-4.3). Learners who fall short are kept as 未结业 with the explanation.
 */
export async function completeClass(
  app: App,
  actor: Actor,
  input: { classId: string },
): Promise<Result<Completed, CompleteClassRefusal>> {
  return transact<Completed, CompleteClassRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'complete')
    if (forbidden) return refuse(forbidden)
    const outstanding = await lessonsNotEnded(tx, one.id, app.clock.now())
    if (outstanding > 0) return refuse(no.LESSONS_OUTSTANDING({ count: outstanding }))
    const learners = await assessmentsOfClass(tx, one.id)
    if (learners.length === 0) return refuse(no.NOBODY_TO_COMPLETE())
    const missing = learners.filter((learner) => learner.mark === null)
    if (missing.length > 0) return refuse(no.ASSESSMENTS_MISSING({ count: missing.length }))
    const verdicts = await decideLearners(tx, app, one, learners)
    if (verdicts.some(({ decision }) => decision.needs.some((need) => need.at.startsWith('参数:')))) {
      return refuse(no.STANDARD_HOURS_UNKNOWN())
    }
    const standard = await standardHours(app, tx, { ...one, on: app.clock.today() })
    // Nobody fails on a figure that nobody has verified: the class waits until the province has.
    if (!standard.verified && verdicts.some(({ hours }) => totalOf(hours) < (standard.hours ?? 0))) {
      return refuse(no.STANDARD_HOURS_UNKNOWN())
    }

    const today = app.clock.today()
    const decisionIds = await recordDecisions(
      tx,
      app,
      verdicts.map(({ learner, facts, decision }) => ({
        decision,
        facts,
        subject: `enrolment:${learner.enrolmentId}`,
      })),
    )
    const results = verdicts.map(({ learner, decision }, place) => ({
      enrolmentId: learner.enrolmentId,
      decisionId: defined(decisionIds[place], 'a decision'),
      completed: decision.outcome === '符合',
    }))
    await setEnrolmentsCompleted(tx, { results, on: today })
    await setCompleted(tx, one.id, today)
    const completed = results.filter((result) => result.completed).length
    const due = defined(
      deadline(app.policy, 'hubei.training-report', today, await policySettings(tx, one.provinceCode)),
      'a due day for the training report',
    )
    const at = app.clock.now()
    await record(
      tx,
      {
        name: events['class.completed'],
        at,
        actor,
        subjects: [`class:${one.id}`, `filing:${one.filingId}`],
        data: { completed, failed: results.length - completed, reportDueOn: due.dueOn },
      },
      ...verdicts.map(({ learner, hours, decision }) => ({
        name: events[decision.outcome === '符合' ? 'enrolment.completed' : 'enrolment.failed'],
        at,
        actor,
        subjects: [`enrolment:${learner.enrolmentId}` as const, `person:${learner.personId}` as const],
        data: {
          outcome: decision.outcome,
          sentence: decision.sentence,
          hours,
          scoreTenths: learner.scoreTenths,
        },
      })),
    )
    await fulfilClassDuty(tx, app, actor, one.id, 'training.complete-class')
    if (completed > 0) await openClassDuty(tx, app, actor, one, 'training.issue-certificates')
    const reportId = await draftReportIn(tx, app, actor, one, { completedOn: today, dueOn: due.dueOn })
    return ok({ completed, failed: results.length - completed, reportId, reportDueOn: due.dueOn })
  })
}

async function decideLearners(tx: Tx, app: App, one: TrainingClass, learners: AssessmentRow[]) {
  const hours = await hoursByLearner(tx, one)
  const settings = await policySettings(tx, one.provinceCode)
  return learners.map((learner) => {
    const earned = hours.get(learner.enrolmentId) ?? mapKinds(() => 0)
    const facts = completionFacts(one.plannedHours, earned, learner)
    const decision = decideCompletion(app, { ...one, facts, on: app.clock.today(), settings })
    return { learner, hours: earned, facts, decision }
  })
}

/** 规定内容 is done when the filed plan's hours are reached in every kind, each on its own. */
export function completionFacts(
  planned: HoursByKind,
  earned: HoursByKind,
  assessment: { passed: boolean | null; assessedOn: string | null },
): Facts {
  return {
    training: {
      hours: hoursForPolicy(earned),
      planned: hoursForPolicy(planned),
      contentCompleted: missingHours(planned, earned).length === 0,
      ...(assessment.assessedOn
        ? { assessment: { result: assessment.passed ? '合格' : '不合格', on: assessment.assessedOn } }
        : {}),
    },
  }
}
