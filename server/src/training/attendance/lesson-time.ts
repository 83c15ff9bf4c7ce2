import type { Lesson } from '../timetable/lesson.ts'

/** One may sign in this long before the bell; after the end only the teacher marks. */
const EARLY_MINUTES = 30

export function doorTime(lesson: Pick<Lesson, 'startsAt' | 'endsAt'>): { from: Date; to: Date } {
  return { from: new Date(lesson.startsAt.getTime() - EARLY_MINUTES * 60_000), to: lesson.endsAt }
}

export function within(time: { from: Date; to: Date }, at: Date): boolean {
  return time.from <= at && at < time.to
}

/** A minute at the door is nobody's fault; later than this, only what is left of the lesson counts. */
const LATE_MINUTES = 10

export function creditAtDoor(lesson: Pick<Lesson, 'startsAt' | 'endsAt' | 'minutes'>, at: Date): number {
  const late = (at.getTime() - lesson.startsAt.getTime()) / 1000
  if (late <= LATE_MINUTES * 60) return lesson.minutes * 60
  const left = Math.floor((lesson.endsAt.getTime() - at.getTime()) / 1000)
  return Math.max(0, Math.min(lesson.minutes * 60, left))
}

const clockTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})
export function sayInstant(at: Date): string {
  return clockTime.format(at)
}
