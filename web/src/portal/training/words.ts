import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { instant, span } from '../../ui/format.ts'
import type { StateWords, Tone } from '../../ui/marks.tsx'

export type Announcement = OutputOf<PortalApi, 'training.list-announcements'>['rows'][number]
export type CourseRow = OutputOf<PortalApi, 'training.my-courses'>['rows'][number]
export type Course = OutputOf<PortalApi, 'training.read-course'>

export const ENROLMENT_WORDS: StateWords = {
  registered: ['等待录取', 'waiting'],
  waiting: ['候补', 'waiting'],
  admitted: ['已录取', 'running'],
  declined: ['未录取', 'refused'],
  withdrawn: ['已退出', 'idle'],
  completed: ['已结业', 'done'],
  failed: ['未结业', 'refused'],
}

const MODES = { online: '线上', offline: '线下' } as const
const CONTENTS = { theory: '理论', practice: '实操' } as const
export const METHODS = { qr: '扫码签到', online: '线上学习', teacher: '教师登记' } as const
export const HOUR_KINDS = {
  theoryOffline: '线下理论',
  practiceOffline: '线下实操',
  theoryOnline: '线上理论',
  practiceOnline: '线上实操',
} as const
export type HourKind = keyof typeof HOUR_KINDS
export const hourKinds = Object.keys(HOUR_KINDS) as HourKind[]

export function kindOfLesson(lesson: { mode: keyof typeof MODES; content: keyof typeof CONTENTS }): string {
  return `${MODES[lesson.mode]}${CONTENTS[lesson.content]}`
}

/** When it takes place, or from when to when it can be learned online. */
export function timeOfLesson(lesson: { mode: keyof typeof MODES; startsAt: string; endsAt: string }): string {
  const time = span(lesson.startsAt, lesson.endsAt)
  return lesson.mode === 'online' ? `可学习时间 ${time}` : time
}

export function subject(one: { occupation: string; direction: string | null; level: string }): string {
  return [one.occupation, one.direction, one.level].filter(Boolean).join(' · ')
}

/** Whether one can register today, in a word. Nobody overtakes a waiting list, so a free seat behind one is none. */
export function openWords(
  one: Pick<Announcement, 'open' | 'seatsLeft' | 'waiting' | 'daysLeft' | 'classState'>,
): [word: string, tone: Tone] {
  if (one.open) return hasSeat(one) ? ['正在报名', 'running'] : ['可报候补', 'waiting']
  if (one.classState === 'announced') return one.daysLeft < 0 ? ['报名已截止', 'idle'] : ['尚未开始', 'idle']
  return one.classState === 'running' ? ['已开班', 'idle'] : ['已结束', 'idle']
}
export function hasSeat(one: { seatsLeft: number; waiting: number }): boolean {
  return one.seatsLeft > 0 && one.waiting === 0
}

/** How long registration is still open, or when it is. */
export function windowWords(
  one: Pick<Announcement, 'open' | 'daysLeft' | 'enrolFromOn' | 'enrolToOn'>,
): string {
  if (!one.open) return `报名时间 ${one.enrolFromOn} 至 ${one.enrolToOn}`
  if (one.daysLeft === 0) return `今天报名截止（${one.enrolToOn}）`
  return `还有 ${one.daysLeft} 天截止（${one.enrolToOn}）`
}
export function seatWords(one: Pick<Announcement, 'open' | 'capacity' | 'seatsLeft' | 'waiting'>): string {
  if (!one.open) return `共 ${one.capacity} 个名额`
  if (hasSeat(one)) return `共 ${one.capacity} 个名额，剩余 ${one.seatsLeft} 个`
  return one.waiting > 0
    ? `共 ${one.capacity} 个名额，已有 ${one.waiting} 人候补`
    : `共 ${one.capacity} 个名额，已满，可报候补`
}

/** Where a course stands, in one sentence, and what its learner does now. */
export function saidStanding(one: CourseRow): string {
  switch (one.state) {
    case 'registered':
      return `您已报名，正在等待${one.organisation}录取。`
    case 'waiting':
      return `您在候补第 ${one.waitingPlace ?? 1} 位。有名额空出时按报名先后递补，请留意通知。`
    case 'admitted':
      return saidAdmitted(one)
    case 'declined':
      return `${one.organisation}没有录取您${one.reason ? `，原因：${one.reason.replace(/。$/, '')}` : ''}。您可以报名其他班。`
    case 'withdrawn':
      return '您已退出本班。报名时间内可以重新报名。'
    case 'completed':
      return one.certificateNumber
        ? `您已结业，培训合格证书编号 ${one.certificateNumber}。`
        : '您已结业，培训合格证书由培训机构颁发，请稍候。'
    case 'failed':
      return '您没有通过结业。补课或补考请与培训机构联系。'
  }
}
function saidAdmitted(one: CourseRow): string {
  if (one.classState === 'cancelled') return '本班已取消。请与培训机构联系退费或改报其他班。'
  if (one.classState === 'announced') return `您已被录取，${one.startsOn} 开班，请按时到课。`
  return one.nextLessonAt && one.nextLessonTitle
    ? `下一节面授课：${instant(one.nextLessonAt)}，${one.nextLessonTitle}。`
    : '培训正在进行，面授课已全部结束。'
}

export function minutesWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const seconds = Math.floor((ms % 60_000) / 1000)
  if (minutes === 0) return `${seconds} 秒`
  return seconds === 0 ? `${minutes} 分钟` : `${minutes} 分 ${seconds} 秒`
}
