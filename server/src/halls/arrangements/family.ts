import { no } from './refusals.ts'

/**
 * A unified joint examination 统考联考 over many sites and institutions (AH-10): one occupation and level, one set of
 * times, one draw.
 *
 *   drafted → announced → running → closed        drafted, announced → cancelled
 */
export const FAMILY_STATES = {
  drafted: '起草中',
  announced: '已公布',
  running: '进行中',
  closed: '已结束',
  cancelled: '已取消',
} as const
export type FamilyState = keyof typeof FAMILY_STATES

export const MEMBER_STATES = { invited: '待答复', accepted: '已接受', declined: '已谢绝' } as const
export type MemberState = keyof typeof MEMBER_STATES

/** The five unifications 五统一, in the order of the text. */
export const UNIFICATIONS = {
  standard: '统一标准',
  papers: '统一命题',
  marking: '统一阅卷',
  administration: '统一考务',
  mark: '统一证书标识',
} as const
export type UnificationKey = keyof typeof UNIFICATIONS

export interface Unified {
  key: UnificationKey
  /** What is unified and how, in our words. */
  text: string
  /** The document it rests on. */
  source: string
  clause: string
  state: 'open' | 'settled'
}

export interface Family {
  id: string
  number: string
  provinceCode: string
  title: string
  occupationId: string
  direction: string | null
  level: string
  unified: Unified[]
  theoryStartsAt: Date
  theoryEndsAt: Date
  abilityStartsAt: Date
  abilityEndsAt: Date
  state: FamilyState
  announcedAt: Date | null
}

export const OPEN_UNIFICATIONS: Unified[] = (Object.keys(UNIFICATIONS) as UnificationKey[]).map((key) => ({
  key,
  text: '',
  source: '',
  clause: 'AH-10',
  state: 'open',
}))

export function whyNotIn(family: Pick<Family, 'state'>, ...states: FamilyState[]) {
  return states.includes(family.state)
    ? undefined
    : no.FAMILY_STATE_WRONG({ state: FAMILY_STATES[family.state] })
}

export function whyNotAnnounceable(family: Family) {
  const wrong = whyNotIn(family, 'drafted')
  if (wrong) return wrong
  const open = family.unified.filter((one) => one.state === 'open')
  if (open.length === 0) return undefined
  return no.FAMILY_NOT_UNIFIED({ missing: open.map((one) => UNIFICATIONS[one.key]).join('、') })
}
