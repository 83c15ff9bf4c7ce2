import type { StateWords } from '../../../ui/desk/index.ts'

export const PARTIAL_WORDS = {
  none: '漏选不得分',
  half: '漏选得一半分',
  proportional: '漏选按选对的比例得分',
} as const
export const KIND_WORDS = {
  single: '单选题',
  multiple: '多选题',
  judgement: '判断题',
  fill: '填空题',
  short: '简答题',
  long: '论述题',
  file: '操作题',
  scenario: '情景题',
} as const
export const ATTEMPT_WORDS: StateWords = {
  ready: ['未开始', 'idle'],
  started: ['作答中', 'running'],
  handed_in: ['已交卷', 'done'],
  timed_out: ['到时收卷', 'done'],
  terminated: ['被终止', 'refused'],
  absent: ['缺考', 'idle'],
}
