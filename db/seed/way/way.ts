import type { SettableClock } from '../../../server/src/platform/clock.ts'
import type { Answer, Caller } from '../caller.ts'

/**
 * One way from the plan to the certificate, written once: the chain walks it over HTTP and tries what must be refused,
 * the bench walks it with a thousand learners, the town walks it to different ends.
 */
export interface Way {
  clock: SettableClock
  /** Staff by the cast's key, in the role of that position. */
  staff(key: string, role?: number): Caller
  /** Runs the waiting jobs, as the worker would within seconds. */
  settle(): Promise<void>
  /** A call that must succeed; returns its body. */
  // biome-ignore lint/suspicious/noExplicitAny: a script reads answers as an outside system would, by field name
  must(call: Promise<Answer>): Promise<any>
}

/** Who does the institutions' part of a way. */
export interface Parties {
  training: string
  teacher: string
  evaluation: string
  /** A colleague at the evaluation institution, where two people must agree. */
  evaluationSecond: string
  examiners: [string, string]
  city: string
  province: string
  provinceSecond: string
  national: string
  trainingOrganisation: string
  evaluationOrganisation: string
  provinceCode: string
  cityCode: string
}

export const WUHAN: Parties = {
  training: 'lin-qiao',
  teacher: 'zhou-ming',
  evaluation: 'xu-heng',
  evaluationSecond: 'song-lan',
  examiners: ['tang-yi', 'lu-fang'],
  city: 'wu-tong',
  province: 'fang-zheng',
  provinceSecond: 'jiang-shu',
  national: 'luo-cheng',
  trainingOrganisation: 'jiangcheng',
  evaluationOrganisation: 'huazhong',
  provinceCode: '420000',
  cityCode: '420100',
}

export interface Subject {
  occupationId: string
  direction: string | null
  level: '初级' | '中级' | '高级'
}

export const AI_JUNIOR: Subject = { occupationId: 'ai', direction: '人工智能应用产品集成实现', level: '初级' }

export function must(call: Promise<Answer>): ReturnType<Way['must']> {
  return call.then((answer) => {
    if (answer.status !== 200)
      throw new Error(`expected success, got ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  })
}
