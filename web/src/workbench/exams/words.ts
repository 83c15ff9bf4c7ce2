import type { StateWords } from '../../ui/desk/index.ts'

export { OUTCOME_WORDS } from '../../ui/verdict/verdict-words.ts'

export const DECLARATION_WORDS: StateWords = {
  drafted: ['草稿', 'idle'],
  submitted: ['待资格确认', 'waiting'],
  qualified: ['资格已确认', 'done'],
  returned: ['退回补正', 'refused'],
  refused: ['不予确认', 'refused'],
  withdrawn: ['已撤回', 'idle'],
}
export const BATCH_WORDS: StateWords = {
  drafted: ['草稿', 'idle'],
  submitted: ['已提交', 'running'],
  withdrawn: ['已放弃', 'idle'],
}
export const SITTING_WORDS: StateWords = {
  planned: ['已安排', 'idle'],
  open: ['考核中', 'running'],
  ended: ['待录成绩', 'waiting'],
  scored: ['已公布成绩', 'done'],
  reported: ['已确认上报', 'done'],
  cancelled: ['已取消', 'idle'],
}
export const RESULT_WORDS: StateWords = {
  passed: ['合格', 'done'],
  failed: ['不合格', 'refused'],
  absent: ['缺考', 'idle'],
  misconduct: ['违纪', 'refused'],
}
export const PART_WORDS = { theory: '理论知识考试', ability: '专业能力考核' } as const
export const MARK_WORDS: StateWords = {
  present: ['正常', 'done'],
  absent: ['缺考', 'idle'],
  misconduct: ['违纪', 'refused'],
}
export const SOURCES = [
  { value: 'batch', label: '培训机构组织' },
  { value: 'self', label: '本人申报' },
]
export const LEVELS = ['初级', '中级', '高级'].map((level) => ({ value: level, label: level }))

export const CONFIRMATION_ACTS: Record<string, string> = {
  confirmed: '确认资格',
  overridden: '例外认定',
  refused: '不予确认',
  returned: '退回补正',
  revoked: '撤销资格确认',
}

export const RETURN_REASONS = [
  { value: 'papers', label: '证明材料不全或不清晰', clause: 'HB-4.4' },
  { value: 'identity', label: '材料与本人信息不一致', clause: 'HB-5.4' },
  { value: 'facts', label: '工作年限、学历或职称需要补充说明', clause: 'HB-4.4' },
  { value: 'other', label: '其他', clause: 'HB-4.4' },
]
export const REFUSE_REASONS = [
  { value: 'conditions', label: '不符合国家职业标准规定的申报条件', clause: 'HB-4.4' },
  { value: 'certificate', label: '没有有效的培训合格证书', clause: 'HB-4.4' },
  { value: 'false', label: '材料不实', clause: 'HB-6.2' },
  { value: 'other', label: '其他', clause: 'HB-4.4' },
]
export const OVERRIDE_REASONS = [
  { value: 'seen', label: '现场核验原件，条件实际具备', clause: 'HB-4.4' },
  { value: 'province', label: '省人力资源和社会保障厅书面指导意见', clause: 'HB-4.4' },
  { value: 'skilled', label: '在聘高技能人才对应层级', clause: 'HB-5.8' },
  { value: 'other', label: '其他', clause: 'HB-4.4' },
]
