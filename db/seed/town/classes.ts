import * as train from '../way/train.ts'
import type { Parties } from '../way/way.ts'
import { type Statement, technician } from './facts.ts'
import type { Town } from './stage.ts'

/** What a story knows of its class once it was planned. */
export interface TownClass {
  classId: string
  announcementId: string
  reportId: string
}

export interface ClassStory {
  parties: Parties
  name: string
  title: string
  filing: () => string
  teacher: () => string
  capacity: number
  /** Days from today. */
  announced: number
  starts: number
  completed: number
  learners: number[]
  /** What some of them state instead of a technician's title. */
  statements?: Record<number, Statement>
  /** Who falls short in the final assessment. */
  failing?: number[]
}

/** A class from its plan to completion and training certificates, learner by learner as it went. */
export function trainClass(town: Town, story: ClassStory): TownClass {
  const { way } = town
  const { parties } = story
  const one: TownClass = { classId: '', announcementId: '', reportId: '' }
  let lessons: train.Lessons | undefined
  const present = (lesson: keyof train.Lessons, minutes: number) => async () => {
    const enrolments = await train.enrolmentsOf(way, parties, one.classId)
    await train.markPresent(way, parties, lessons?.[lesson] ?? '', enrolments, minutes)
  }

  town.on(story.announced, '09:30', async () => {
    const startsOn = town.day(story.starts)
    one.classId = await train.planClass(way, parties, story.filing(), {
      name: story.name,
      capacity: story.capacity,
      startsOn,
      lastsDays: story.completed - story.starts,
    })
    lessons = (await train.addLessons(way, parties, one.classId, story.teacher(), startsOn)).lessons
    one.announcementId = await train.announce(
      way,
      parties,
      one.classId,
      story.title,
      story.starts - story.announced,
    )
  })
  town.on(story.announced + 1, '10:00', () =>
    enrol(town, one.announcementId, story.learners, story.statements),
  )
  town.on(story.starts - 1, '15:00', () => train.admitEverybody(way, parties, one.classId))
  town.on(story.starts, '08:30', () =>
    way.must(way.staff(parties.training).act('training.start-class', { classId: one.classId })),
  )
  town.on(story.starts + 1, '12:40', present('theoryOffline', 90))
  town.on(story.starts + 2, '17:40', present('practiceOffline', 180))
  town.on(story.starts + 8, '22:10', present('theoryOnline', 90))
  town.on(story.completed, '15:00', async () => {
    const short = new Set(await Promise.all((story.failing ?? []).map(async (n) => nameOf(town, n))))
    const { learners } = await way.must(
      way.staff(parties.training).read('training.list-assessments', { classId: one.classId }),
    )
    await train.enterScores(
      way,
      parties,
      one.classId,
      learners.map((row: { enrolmentId: string }) => row.enrolmentId),
      (index) => (short.has(learners[index].name) ? 475 : 700 + ((index * 37) % 240)),
    )
    await train.completeAndIssue(way, parties, one.classId)
    one.reportId = await train.reportOf(way, parties.training, one.classId)
  })
  return one
}

/** They sign up, say who they are and enrol, one after the other. */
export async function enrol(
  town: Town,
  announcementId: string,
  learners: number[],
  statements: Record<number, Statement> = {},
): Promise<string[]> {
  const enrolments: string[] = []
  for (const n of learners) {
    const learner = await town.learner(n)
    const { facts } = await town.way.must(learner.caller.read('people.my-facts'))
    if (facts.length === 0) await (statements[n] ?? technician)(town, learner)
    const { id } = await town.way.must(learner.caller.act('training.enrol', { announcementId }))
    enrolments.push(id)
    town.way.clock.advance(7 * 60)
  }
  return enrolments
}

export async function nameOf(town: Town, n: number): Promise<string> {
  return (await town.learner(n)).person.name
}

/** The training certificates of these learners, in their order. */
export async function certificatesOf(town: Town, key: string, learners: number[]): Promise<string[]> {
  const { rows } = await town.way.must(
    town.way.staff(key).read('training.list-certificates', { state: 'issued', size: 200 }),
  )
  return Promise.all(
    learners.map(async (n) => {
      const name = await nameOf(town, n)
      const found = rows.find((row: { holderName: string }) => row.holderName === name)
      if (!found) throw new Error(`${name} has no training certificate`)
      return found.id as string
    }),
  )
}
