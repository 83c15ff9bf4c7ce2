import { addDays, dayOf, instantAt } from '../../../server/src/platform/clock.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { arrangeForComputer } from './arranged-sitting.ts'
import { sealTheory } from './computer-sitting.ts'
import { planSitting, type TownSitting } from './sittings.ts'
import type { Town } from './stage.ts'

const MINUTE = 60_000
/** Time enough to bind a machine and to come through the door. */
const BEGINS_IN = 15 * MINUTE
/** Whoever looks in later still finds it open; late candidates come in with the chief and a second person. */
const OPEN_FOR = 6 * 60 * MINUTE
const ROUND = 5 * MINUTE

/** Learners of the second class who sit at the computer today. */
export const EXAMINED_TODAY = [51, 52, 53, 54, 55, 56]

/**
 * A theory at the computer that begins a quarter of an hour after the town was built: everything is done but the day
 * itself, so that whoever tries the demo can be its invigilators and its candidates.
 */
export function prepareTodaysExamination(town: Town): void {
  const startsAt = new Date(Math.ceil((town.now.getTime() + BEGINS_IN) / ROUND) * ROUND)
  const endsAt = new Date(startsAt.getTime() + OPEN_FOR)
  const next = addDays(dayOf(endsAt), 1)
  const one: TownSitting = { sittingId: '', reportId: '' }
  const story = {
    parties: WUHAN,
    subject: AI_JUNIOR,
    title: '人工智能工程技术人员初级考核(今日机考)',
    held: 0,
    learners: EXAMINED_TODAY,
    windows: {
      theory: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      ability: {
        startsAt: instantAt(next, '09:00').toISOString(),
        endsAt: instantAt(next, '11:00').toISOString(),
      },
    },
  }
  planSitting(town, story, one, -6)
  arrangeForComputer(town, one, { hall: 1 })
  sealTheory(town, one, -1)
}
