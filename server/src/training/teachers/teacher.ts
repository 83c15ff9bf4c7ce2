import type { Level } from '../../platform/api.ts'
import type { TeacherThresholds } from '../settings.ts'

/** A teacher holds dated qualifications: a title 职称, or a level certificate 专业技术等级 of an occupation. */
export interface Qualification {
  id: string
  teacherId: string
  kind: 'title' | 'level_certificate'
  level: string
  occupationId: string | null
  specialty: string | null
  documentNumber: string | null
  obtainedOn: string
  withdrawnOn: string | null
}

export interface Teacher {
  id: string
  organisationId: string
  accountId: string | null
  name: string
  phone: string | null
  leftOn: string | null
}

export const TITLE_LEVELS = ['员级', '助理级', '中级', '副高级', '正高级'] as const
export const CERTIFICATE_LEVELS = ['初级', '中级', '高级'] as const

function reaches(levels: readonly string[], held: string, asked: string | null): boolean {
  if (asked === null) return false
  return levels.indexOf(held) >= levels.indexOf(asked) && levels.includes(held)
}

/**
 * Whether somebody may teach a class of this occupation and level on a day (HB-6.2 培训教师要求). The thresholds are
 * a setting: the standards' wording was not found. That a title's specialty is related is the institution's word.
 */
export function qualifiedToTeach(
  held: readonly Qualification[],
  ask: { occupationId: string; level: Level; on: string },
  thresholds: TeacherThresholds,
): boolean {
  const asked = thresholds[ask.level]
  if (asked.title === null && asked.certificate === null) return true
  return held.some((one) => {
    if (one.obtainedOn > ask.on || (one.withdrawnOn !== null && one.withdrawnOn <= ask.on)) return false
    if (one.kind === 'title') return reaches(TITLE_LEVELS, one.level, asked.title)
    return one.occupationId === ask.occupationId && reaches(CERTIFICATE_LEVELS, one.level, asked.certificate)
  })
}

export function sayThreshold(level: Level, thresholds: TeacherThresholds): string {
  const { title, certificate } = thresholds[level]
  const either = [
    certificate && `本职业${certificate}及以上专业技术等级`,
    title && `相关专业${title}及以上职称`,
  ].filter(Boolean)
  return either.length > 0 ? either.join('，或') : '不作要求'
}
