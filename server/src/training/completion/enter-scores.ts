import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-papers.ts'
import { assessmentsOfClass, upsertAssessments } from './store.ts'

export interface EnterScoresInput {
  classId: string
  assessedOn: string
  scores: { enrolmentId: string; mark: 'present' | 'absent'; scoreTenths?: number | null | undefined }[]
}

export type EnterScoresRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<typeof no, 'ASSESSMENT_IN_FUTURE' | 'SCORES_ENROLMENT_NOT_FOUND'>

/** Keeps results of the 结业考核, any number at once; entering again corrects, and the log holds what stood before. */
export async function enterScores(
  app: App,
  actor: Actor,
  input: EnterScoresInput,
): Promise<Result<{ entered: number; passed: number }, EnterScoresRefusal>> {
  return transact<{ entered: number; passed: number }, EnterScoresRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'enterScores')
    if (forbidden) return refuse(forbidden)
    if (input.assessedOn > app.clock.today()) return refuse(no.ASSESSMENT_IN_FUTURE())
    const before = new Map((await assessmentsOfClass(tx, one.id)).map((row) => [row.enrolmentId, row]))
    const given = [...new Map(input.scores.map((score) => [score.enrolmentId, score])).values()]
    const unknown = given.filter((score) => !before.has(score.enrolmentId))
    if (unknown.length > 0) return refuse(no.SCORES_ENROLMENT_NOT_FOUND({ count: unknown.length }))

    const at = app.clock.now()
    const scores = given.map(({ enrolmentId, mark, scoreTenths }) => {
      const tenths = mark === 'present' ? (scoreTenths ?? 0) : null
      return {
        enrolmentId,
        mark,
        scoreTenths: tenths,
        passed: tenths !== null && tenths >= one.passMarkTenths,
      }
    })
    await upsertAssessments(tx, { scores, assessedOn: input.assessedOn, by: actor.name, at })
    await record(
      tx,
      {
        name: events['class.scores-entered'],
        at,
        actor,
        subjects: [`class:${one.id}`],
        data: { count: scores.length, passed: scores.filter((score) => score.passed).length },
      },
      ...scores.map(({ enrolmentId, ...result }) => {
        const stood = before.get(enrolmentId)
        return {
          name: events['assessment.entered'],
          at,
          actor,
          subjects: [`enrolment:${enrolmentId}` as const],
          data: {
            ...result,
            before: stood?.mark ? { mark: stood.mark, scoreTenths: stood.scoreTenths } : null,
          },
        }
      }),
    )
    return ok({ entered: scores.length, passed: scores.filter((score) => score.passed).length })
  })
}
