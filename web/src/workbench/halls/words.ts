import type { StateWords } from '../../ui/desk/index.ts'

export const SITE_WORDS: StateWords = { active: ['启用', 'done'], closed: ['已停用', 'idle'] }
export const SEAT_WORDS: StateWords = {
  usable: ['可用', 'done'],
  spare: ['备用', 'running'],
  broken: ['损坏', 'refused'],
}
export const ARRANGEMENT_WORDS: StateWords = {
  none: ['未编排', 'idle'],
  preparing: ['编排中', 'waiting'],
  drawn: ['已抽签', 'running'],
  sealed: ['已封卷', 'running'],
  running: ['考试中', 'running'],
  closed: ['已结束', 'done'],
  archived: ['已归档', 'done'],
}
export const STEP_WORDS: StateWords = {
  done: ['已完成', 'done'],
  gap: ['待办', 'waiting'],
  waiting: ['未到', 'idle'],
  note: ['留意', 'running'],
}
export const PART_WORDS = { theory: '理论知识考试', ability: '专业能力考核' } as const
export const ROLE_WORDS = { chief: '主监考', invigilator: '监考员', patrol: '流动监考' } as const
export const FAMILY_WORDS: StateWords = {
  drafted: ['起草中', 'idle'],
  announced: ['已公布', 'waiting'],
  running: ['进行中', 'running'],
  closed: ['已结束', 'done'],
  cancelled: ['已取消', 'refused'],
}
export const MEMBER_WORDS: StateWords = {
  invited: ['待答复', 'waiting'],
  accepted: ['已接受', 'done'],
  declined: ['已谢绝', 'refused'],
}
export const UNIFICATION_WORDS = {
  standard: '统一标准',
  papers: '统一命题',
  marking: '统一阅卷',
  administration: '统一考务',
  mark: '统一证书标识',
} as const
