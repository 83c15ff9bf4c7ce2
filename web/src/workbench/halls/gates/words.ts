import type { StateWords } from '../../../ui/desk/index.ts'

export const DOOR_WORDS: StateWords = {
  expected: ['未到', 'idle'],
  waiting: ['核对中', 'waiting'],
  admitted: ['已入场', 'done'],
  turned_away: ['未准入场', 'refused'],
}
export const HALL_WORDS: StateWords = {
  waiting: ['未开始入场', 'idle'],
  admitting: ['入场中', 'running'],
  running: ['考试中', 'running'],
  paused: ['暂停', 'waiting'],
  ended: ['已结束', 'done'],
}
export const GATE_WORDS: StateWords = {
  waiting: ['等待', 'idle'],
  passed: ['通过', 'done'],
  unsure: ['不确定', 'waiting'],
  failed: ['未通过', 'refused'],
  unavailable: ['不可用', 'waiting'],
}
export const GATES = { face: '身份', confirmation: '监考员确认', seat: '考位' } as const
export const WAYS = { face: '对照本人', document: '核对证件', late: '迟到放行' } as const
export const CONSENT_WORDS = {
  unasked: '未答复',
  given: '同意使用人脸',
  declined: '不用人脸，核对证件',
} as const
