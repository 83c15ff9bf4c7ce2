import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import type { StateWords } from '../../ui/desk/index.ts'

export type RevisionRecord = OutputOf<WorkbenchApi, 'rules.revision'>
export type Content = RevisionRecord['content']
export type Trial = OutputOf<WorkbenchApi, 'rules.try-revision'>
export type Wording = RevisionRecord['before']
export type RuleRecord = OutputOf<WorkbenchApi, 'rules.rule'>

export const REVISION_STATES: StateWords = {
  drafted: ['起草中', 'idle'],
  proposed: ['待确认', 'waiting'],
  returned: ['已退回', 'refused'],
  withdrawn: ['已撤回', 'idle'],
  confirmed: ['已确认待施行', 'running'],
  in_force: ['已施行', 'done'],
}
export const KINDS = { version: '规则版本', filling: '落实国家规则', parameter: '参数取值' } as const
export const PLACES = [
  { value: 'national', label: '国家' },
  { value: 'hubei', label: '湖北省' },
  { value: 'anhui', label: '安徽省' },
]
export const TOPICS = ['申报与评价', '培训', '机构', '待遇'].map((value) => ({ value, label: value }))
export const OUTCOMES = ['符合', '不符合', '尚未到期', '材料不足', '需人工认定'] as const
export const OUTCOME_CHOICES = OUTCOMES.map((value) => ({ value, label: value }))
