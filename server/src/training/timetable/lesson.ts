import { z } from 'zod'

/**
 * A lesson of the timetable. Offline it takes place in a room between two instants; online it can be watched within a
 * window, and `minutes` is its length. Only offline lessons occupy teacher, room and class: nobody is in two rooms.
 */
export const MODES = { online: '线上', offline: '线下' } as const
export const CONTENTS = { theory: '理论', practice: '实操' } as const
export const mode = z.enum(['online', 'offline'])
export const content = z.enum(['theory', 'practice'])

export interface LessonPage {
  title: string
  body: string
}

export interface Lesson {
  id: string
  classId: string
  organisationId: string
  title: string
  mode: keyof typeof MODES
  content: keyof typeof CONTENTS
  teacherId: string
  room: string | null
  startsAt: Date
  endsAt: Date
  minutes: number
  cancelledAt: Date | null
}

export interface NewLesson {
  title: string
  mode: keyof typeof MODES
  content: keyof typeof CONTENTS
  teacherId: string
  room: string | null
  startsAt: Date
  endsAt: Date
  minutes: number
  pages: LessonPage[] | null
}
