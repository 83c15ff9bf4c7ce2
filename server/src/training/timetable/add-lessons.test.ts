import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, instantAt } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aClass,
  aTrainingWorld,
  attendAndPass,
  type ClassFixture,
  type TrainingWorld,
  value,
} from '../fixtures.ts'
import { endTeacher, returnTeacher } from '../teachers/end-teacher.ts'
import { registerTeacher } from '../teachers/register-teacher.ts'
import { addLessons } from './add-lessons.ts'
import { cancelLesson } from './cancel-lesson.ts'
import type { NewLesson } from './lesson.ts'

let app: TestApp
let world: TrainingWorld
let one: ClassFixture
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  one = await aClass(app, { world })
})
afterAll(() => app.close())

const lesson = (
  rest: Partial<NewLesson> & { inDays?: number; from?: string; to?: string } = {},
): NewLesson => {
  const { inDays = 20, from = '09:00', to = '11:30', ...given } = rest
  const on = addDays(app.clock.today(), inDays)
  return {
    title: '数据标注',
    mode: 'offline',
    content: 'practice',
    teacherId: one.teacherId,
    room: '301',
    startsAt: instantAt(on, from),
    endsAt: instantAt(on, to),
    minutes: 135,
    pages: null,
    ...given,
  }
}
const code = async (given: NewLesson, classId = one.classId, actor = world.manager) => {
  const result = await addLessons(app, actor, { classId, lesson: given })
  return result.ok ? 'ok' : result.refusal.code
}
const aTeacher = async (level: string, kind: 'title' | 'level_certificate' = 'title') =>
  value(
    await registerTeacher(app, world.manager, {
      name: `教师${level}`,
      qualifications: [
        {
          kind,
          level,
          occupationId: kind === 'title' ? null : 'ai',
          specialty: '计算机',
          documentNumber: null,
          obtainedOn: '2020-01-01',
        },
      ],
    }),
  ).id

describe('adding a lesson', () => {
  it("does not find another institution's class or teacher", async () => {
    expect(await code(lesson(), one.classId, world.otherManager)).toBe('CLASS_NOT_FOUND')
    const { id } = value(
      await registerTeacher(app, world.otherManager, { name: '外校教师', qualifications: [] }),
    )
    expect(await code(lesson({ teacherId: id }))).toBe('TEACHER_NOT_FOUND')
  })

  it('is refused outside the class, in the past, and longer than its own span', async () => {
    expect(await code(lesson({ inDays: 100 }))).toBe('LESSON_OUTSIDE_CLASS')
    expect(await code(lesson({ inDays: 0, from: '07:00', to: '08:30', minutes: 90 }))).toBe('LESSON_IN_PAST')
    expect(await code(lesson({ minutes: 200 }))).toBe('LESSON_TOO_LONG')
  })

  it('is refused to a teacher below the level, and to one who has left', async () => {
    const junior = await aTeacher('助理级')
    const result = await addLessons(app, world.manager, {
      classId: one.classId,
      lesson: lesson({ teacherId: junior }),
    })
    expect(result).toMatchObject({ refusal: { code: 'TEACHER_NOT_QUALIFIED', clause: 'HB-6.2' } })
    expect(!result.ok && result.refusal.message).toContain('待核实')
    const gone = await aTeacher('中级', 'level_certificate')
    value(await endTeacher(app, world.manager, { teacherId: gone }))
    expect(await code(lesson({ teacherId: gone }))).toBe('TEACHER_LEFT')
    value(await returnTeacher(app, world.manager, { teacherId: gone }))
    expect(await code(lesson({ teacherId: gone, inDays: 19 }))).toBe('ok')
  })

  it('is refused when class, teacher or room is taken, also by another class of the institution', async () => {
    expect(await code(lesson())).toBe('ok')
    const colleague = await aTeacher('正高级')
    expect(
      await code(lesson({ teacherId: colleague, room: '302', from: '11:00', to: '12:30', minutes: 90 })),
    ).toBe('LESSON_OVERLAPS')
    const other = await aClass(app, { world })
    expect(await code(lesson({ room: '303' }), other.classId)).toBe('LESSON_OVERLAPS')
    expect(await code(lesson({ teacherId: colleague }), other.classId)).toBe('LESSON_OVERLAPS')
    expect(await code(lesson({ teacherId: colleague, room: '303' }), other.classId)).toBe('ok')
    expect(await code(lesson({ from: '11:30', to: '13:45' }))).toBe('ok')
  })

  it('gives a room at one time to one of two browsers', async () => {
    const other = await aClass(app, { world })
    const colleague = await aTeacher('副高级')
    const given = { room: '大教室', inDays: 25 }
    const codes = await Promise.all([
      code(lesson(given)),
      code(lesson({ ...given, teacherId: colleague }), other.classId),
    ])
    expect(codes.sort()).toEqual(['LESSON_OVERLAPS', 'ok'])
  })
})

describe('a weekly pattern', () => {
  const weekly = (rest = {}) => ({
    classId: one.classId,
    lesson: {
      title: '实操',
      mode: 'offline' as const,
      content: 'practice' as const,
      teacherId: one.teacherId,
      room: '501',
      minutes: 120,
      pages: null,
    },
    weekly: {
      fromOn: addDays(app.clock.today(), 28),
      toOn: addDays(app.clock.today(), 41),
      weekdays: [6, 7],
      startTime: '09:00',
      endTime: '11:00',
      ...rest,
    },
  })

  it('is refused without any day in it', async () => {
    expect(await addLessons(app, world.manager, weekly({ weekdays: [] }))).toMatchObject({
      refusal: { code: 'NO_LESSON_DAYS' },
    })
  })

  it('adds every lesson or none', async () => {
    expect(value(await addLessons(app, world.manager, weekly())).ids).toHaveLength(4)
    expect(
      await addLessons(app, world.manager, weekly({ fromOn: addDays(app.clock.today(), 34) })),
    ).toMatchObject({
      refusal: { code: 'LESSON_OVERLAPS' },
    })
  })
})

describe('cancelling a lesson', () => {
  it('is refused to others, once somebody attended, and twice', async () => {
    const running = await aClass(app, { world, state: 'running' })
    const lessonId = running.lessons.theoryOnline
    expect(await cancelLesson(app, world.otherManager, { lessonId, reason: '停课' })).toMatchObject({
      refusal: { code: 'LESSON_NOT_FOUND' },
    })
    value(await cancelLesson(app, world.manager, { lessonId, reason: '停课' }))
    expect(await cancelLesson(app, world.manager, { lessonId, reason: '停课' })).toMatchObject({
      refusal: { code: 'LESSON_CANCELLED' },
    })
    const attended = await aClass(app, { world, state: 'running' })
    await attendAndPass(app, attended)
    expect(
      await cancelLesson(app, world.manager, { lessonId: attended.lessons.theoryOffline, reason: '停课' }),
    ).toMatchObject({
      refusal: { code: 'LESSON_HAS_ATTENDANCE' },
    })
  })
})
