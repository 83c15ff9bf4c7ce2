import { type StateWords, Unverified } from '../../ui/desk/index.ts'
import { useMe } from '../shell/me.ts'

export const FILING_STATES: StateWords = {
  drafted: ['草稿', 'idle'],
  proposed: ['待商定', 'waiting'],
  agreed: ['已商定', 'running'],
  submitted: ['待受理', 'waiting'],
  returned: ['已退回', 'refused'],
  revised: ['补正中', 'running'],
  filed: ['已备案', 'done'],
  withdrawn: ['已撤回', 'idle'],
}
export const OFFICE_STATES: StateWords = {
  received: ['已受理', 'done'],
  returned: ['退回补正', 'refused'],
}
export const IN_FORCE: StateWords = { yes: ['在册', 'done'], no: ['不在册', 'idle'] }
export const LEVELS = ['初级', '中级', '高级'].map((value) => ({ value, label: value }))
export const PARTS = { theory: '理论知识考试', ability: '专业能力考核' } as const

/** Clauses a plan is returned on, as reasons to choose. */
export const RETURN_REASONS = [
  { value: 'plan', label: '培训计划和方案不完整', clause: 'HB-4.1' },
  { value: 'hours', label: '学时、教师或教学安排不符合标准', clause: 'HB-4.3' },
  { value: 'assessment', label: '考核计划和方案不符合要求', clause: 'HB-4.4' },
  { value: 'catalogue', label: '超出目录范围或涉及跨省', clause: 'HB-6.2' },
  { value: 'fee', label: '收费标准或成本依据不清', clause: 'HB-6.3' },
]
export type ReturnClause = 'HB-4.1' | 'HB-4.3' | 'HB-4.4' | 'HB-6.2' | 'HB-6.3'

/** A source with its status: what is not verified says so. */
export function SourceText(props: { source: string | null; status: string; verified: boolean }) {
  const text = props.source ?? '来源未载'
  return props.verified ? (
    <>
      {text}（{props.status}）
    </>
  ) : (
    <Unverified>{text}</Unverified>
  )
}

export function useMay(): (permission: string) => boolean {
  const me = useMe()
  return (permission) => me.data?.permissions?.includes(permission) ?? false
}
