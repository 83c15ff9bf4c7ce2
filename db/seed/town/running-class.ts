import { instantAt } from '../../../server/src/platform/clock.ts'
import * as train from '../way/train.ts'
import { WUHAN } from '../way/way.ts'
import { enrol } from './classes.ts'
import { inPost } from './facts.ts'
import type { Town } from './stage.ts'
import type { WuhanPlans } from './wuhan-plans.ts'

const WATCHED_BEATS = 20
const BEAT_SECONDS = 30

/**
 * The class that runs now: lessons behind and ahead, an open laboratory every day whose door code can be shown at any
 * hour, online lessons still open, one of them half watched by learner 30.
 */
export function runClass(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const manager = () => way.staff(WUHAN.training)
  const ids = { classId: '', announcementId: '', theory: '', practice: '', intro: '', cancelled: '' }
  const at = (days: number, time: string) => instantAt(town.day(days), time).toISOString()
  const lesson = async (one: Record<string, unknown>): Promise<string> => {
    const added = await way.must(
      manager().act('training.add-lesson', { classId: ids.classId, teacherId: plans.teacher(), ...one }),
    )
    return added.ids[0]
  }

  town.on(-26, '14:00', async () => {
    ids.classId = await train.planClass(way, WUHAN, plans.second(), {
      name: '人工智能初级四班',
      capacity: 30,
      startsOn: town.day(-12),
      lastsDays: 40,
    })
    ids.theory = await lesson({
      title: '人工智能概论',
      mode: 'offline',
      content: 'theory',
      room: '301 教室',
      minutes: 90,
      startsAt: at(-9, '09:00'),
      endsAt: at(-9, '10:40'),
    })
    ids.practice = await lesson({
      title: '数据标注实操',
      mode: 'offline',
      content: 'practice',
      room: '实训室',
      minutes: 180,
      startsAt: at(-6, '14:00'),
      endsAt: at(-6, '17:30'),
    })
    await lesson({
      title: '机器学习基础',
      mode: 'online',
      content: 'theory',
      minutes: 90,
      startsAt: at(-9, '13:00'),
      endsAt: at(20, '22:00'),
    })
    ids.intro = await lesson({
      title: '课程导学',
      mode: 'online',
      content: 'theory',
      minutes: (2 * WATCHED_BEATS * BEAT_SECONDS) / 60,
      pages: [
        { title: '课程安排', body: '本课程共八学时：线上理论二学时，线下理论二学时，线下实操四学时。' },
        { title: '学习要求', body: '线下课程须在教室门口扫码签到；线上课程按实际观看时长计时，快进不计。' },
        { title: '考核办法', body: '结业考核满分一百分，六十分及以上为合格。' },
      ],
      startsAt: at(-9, '13:00'),
      endsAt: at(20, '22:00'),
    })
    ids.cancelled = await lesson({
      title: '企业参访',
      mode: 'offline',
      content: 'practice',
      room: '光谷软件园',
      minutes: 120,
      startsAt: at(22, '09:00'),
      endsAt: at(22, '12:00'),
    })
    await way.must(
      manager().act('training.add-weekly-lessons', {
        classId: ids.classId,
        teacherId: plans.labTeacher(),
        title: '开放实训室全天开放，随到随训',
        mode: 'offline',
        content: 'practice',
        room: '开放实训室',
        minutes: 60,
        fromOn: town.day(-1),
        toOn: town.day(14),
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        startTime: '00:00',
        endTime: '23:59',
      }),
    )
  })
  town.on(-25, '09:00', async () => {
    ids.announcementId = await train.announce(
      way,
      WUHAN,
      ids.classId,
      '人工智能工程技术人员（初级）四班招生公告',
      12,
    )
  })
  town.on(-20, '19:00', () => enrol(town, ids.announcementId, [30, 33, 34, 35, 36], { 35: inPost }))
  town.on(-13, '10:00', () => train.admitEverybody(way, WUHAN, ids.classId))
  town.on(-12, '08:30', () => way.must(manager().act('training.start-class', { classId: ids.classId })))
  attend(town, ids)
  watch(town, ids)
  town.on(-2, '17:00', () =>
    way.must(
      manager().act('training.cancel-lesson', {
        lessonId: ids.cancelled,
        reason: '参访单位另有安排，改为课堂讲解',
      }),
    ),
  )
}

interface Lessons {
  classId: string
  theory: string
  practice: string
  intro: string
}

/** Two sign in with the code at the door, one comes late, the teacher marks who came without a phone. */
function attend(town: Town, ids: Lessons): void {
  const { way } = town
  const signIn = async (lessonId: string, n: number) => {
    const door = await way.must(way.staff(WUHAN.teacher).read('training.show-door-code', { lessonId }))
    const { caller } = await town.learner(n)
    const token = new URL(door.url).searchParams.get('token')
    await way.must(caller.act('training.check-in', { lessonId, token }))
  }
  town.on(-9, '08:48', async () => {
    for (const n of [30, 33, 34]) await signIn(ids.theory, n)
  })
  town.on(-9, '09:25', () => signIn(ids.theory, 35))
  town.on(-6, '13:52', async () => {
    for (const n of [30, 33]) await signIn(ids.practice, n)
  })
  town.on(-6, '17:40', async () => {
    const { rows } = await way.must(
      way.staff(WUHAN.training).read('training.list-enrolments', { classId: ids.classId, state: 'admitted' }),
    )
    const last = rows.at(-1).id
    await train.markPresent(way, WUHAN, ids.practice, [last], 150)
  })
}

/** Learner 30 stopped in the middle of the introduction; learner 33 had just begun. */
function watch(town: Town, ids: Lessons): void {
  const { way } = town
  const watchFor = async (n: number, beats: number) => {
    const { caller } = await town.learner(n)
    const { sessionId } = await way.must(caller.act('training.start-watching', { lessonId: ids.intro }))
    for (let beat = 1; beat <= beats; beat += 1) {
      way.clock.advance(BEAT_SECONDS)
      const positionMs = beat * BEAT_SECONDS * 1000
      await way.must(
        caller.act('training.beat', { sessionId, positionMs, playing: true, ending: beat === beats }),
      )
    }
  }
  town.on(-2, '20:00', () => watchFor(30, WATCHED_BEATS))
  town.on(-2, '21:00', () => watchFor(33, 3))
}
