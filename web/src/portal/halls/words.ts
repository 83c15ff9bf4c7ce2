import type { StateWords } from '../../ui/plain/index.ts'

export const DRAW_WORDS: StateWords = {
  committed: ['已公布承诺', 'waiting'],
  closed: ['名单已锁定，待抽签', 'waiting'],
  drawn: ['已抽签', 'done'],
  voided: ['已作废', 'refused'],
}
export const PARTS = { theory: '理论知识考试', ability: '专业能力考核' } as const

export const ATTEMPT_WORDS: StateWords = {
  ready: ['未开始', 'idle'],
  started: ['作答中', 'running'],
  handed_in: ['已交卷', 'done'],
  timed_out: ['到时收卷', 'done'],
  terminated: ['被终止', 'refused'],
  absent: ['缺考', 'idle'],
}
