import * as train from '../way/train.ts'
import { WUHAN } from '../way/way.ts'
import { enrol } from './classes.ts'
import { student } from './facts.ts'
import type { Town } from './stage.ts'
import type { WuhanPlans } from './wuhan-plans.ts'

/** Classes that have not begun: one full with a waiting list, one with a seat left, two planned, one cancelled. */
export function openEnrolment(town: Town, plans: WuhanPlans): void {
  announceFullClass(town, plans)
  announceClassWithSeats(town, plans)
  cancelClass(town, plans)
  const { way } = town
  const planOn = (days: number, name: string, filing: () => string) =>
    town.on(days, '11:00', () =>
      train.planClass(way, WUHAN, filing(), {
        name,
        capacity: 24,
        startsOn: town.day(30),
        lastsDays: 40,
      }),
    )
  planOn(-4, '人工智能初级七班', plans.second)
  planOn(-3, '智能制造校企合作订单班', plans.smart)
}

async function planWithLessons(
  town: Town,
  plans: WuhanPlans,
  options: { name: string; capacity: number; startsOn: string },
): Promise<string> {
  const classId = await train.planClass(town.way, WUHAN, plans.second(), options)
  await train.addLessons(town.way, WUHAN, classId, plans.teacher(), options.startsOn)
  return classId
}

function announceFullClass(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const manager = () => way.staff(WUHAN.training)
  const ids = { classId: '', announcementId: '', enrolments: [] as string[] }
  town.on(-7, '09:00', async () => {
    ids.classId = await planWithLessons(town, plans, {
      name: '人工智能初级五班',
      capacity: 4,
      startsOn: town.day(12),
    })
    ids.announcementId = await train.announce(
      way,
      WUHAN,
      ids.classId,
      '人工智能工程技术人员（初级）五班小班招生公告',
      19,
    )
  })
  town.on(-6, '12:30', async () => {
    ids.enrolments = await enrol(town, ids.announcementId, [37, 38, 39, 40, 41, 42, 43], { 42: student })
  })
  town.on(-4, '10:00', async () => {
    const decide = (decision: string, chosen: (string | undefined)[], reason?: string) =>
      way.must(
        manager().act('training.decide-enrolments', {
          classId: ids.classId,
          enrolmentIds: chosen,
          decision,
          ...(reason ? { reason } : {}),
        }),
      )
    await decide('admitted', ids.enrolments.slice(0, 2))
    await decide('declined', ids.enrolments.slice(2, 3), '本期面授时间与您填报的工作时间冲突，建议报周末班')
  })
  town.on(-3, '21:30', async () => {
    const { caller } = await town.learner(40)
    await way.must(
      caller.act('training.withdraw-enrolment', { enrolmentId: ids.enrolments[3], reason: '时间冲突' }),
    )
  })
}

function announceClassWithSeats(town: Town, plans: WuhanPlans): void {
  const { way } = town
  let announcementId = ''
  town.on(-5, '09:30', async () => {
    const classId = await planWithLessons(town, plans, {
      name: '人工智能初级六班(周末)',
      capacity: 3,
      startsOn: town.day(18),
    })
    announcementId = await train.announce(
      way,
      WUHAN,
      classId,
      '人工智能工程技术人员（初级）六班周末班招生公告',
      20,
    )
  })
  town.on(-2, '12:10', () => enrol(town, announcementId, [44, 45]))
}

function cancelClass(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const ids = { classId: '', announcementId: '' }
  town.on(-44, '09:00', async () => {
    ids.classId = await planWithLessons(town, plans, {
      name: '人工智能初级夜校班',
      capacity: 20,
      startsOn: town.day(-30),
    })
    ids.announcementId = await train.announce(
      way,
      WUHAN,
      ids.classId,
      '人工智能工程技术人员（初级）夜校班招生公告',
      10,
    )
  })
  town.on(-42, '20:00', () => enrol(town, ids.announcementId, [45]))
  town.on(-33, '16:30', () =>
    way.must(
      way
        .staff(WUHAN.training)
        .act('training.cancel-class', { classId: ids.classId, reason: '报名人数不足，已通知学员改报周末班' }),
    ),
  )
}
