import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import type { StateWords } from '../../ui/desk/index.ts'

export const CLASS_WORDS: StateWords = {
  planned: ['待招生', 'idle'],
  announced: ['招生中', 'waiting'],
  running: ['培训中', 'running'],
  completed: ['已结业', 'waiting'],
  reported: ['已报送', 'done'],
  cancelled: ['已取消', 'idle'],
}
export const ENROLMENT_WORDS: StateWords = {
  registered: ['已报名', 'waiting'],
  waiting: ['候补', 'idle'],
  admitted: ['已录取', 'running'],
  declined: ['未录取', 'idle'],
  withdrawn: ['已退出', 'idle'],
  completed: ['已结业', 'done'],
  failed: ['未结业', 'refused'],
}
export const REPORT_WORDS: StateWords = {
  drafted: ['待报送', 'waiting'],
  submitted: ['已报送', 'running'],
  returned: ['退回补正', 'refused'],
  received: ['已接收', 'done'],
}
export const CERTIFICATE_WORDS: StateWords = {
  issued: ['有效', 'done'],
  corrected: ['已更正', 'idle'],
  withdrawn: ['已撤销', 'refused'],
}
export const MODES: Record<string, string> = { online: '线上', offline: '线下' }
export const CONTENTS: Record<string, string> = { theory: '理论', practice: '实操' }
export const METHODS: Record<string, string> = { qr: '扫码签到', online: '在线学习', teacher: '教师登记' }
export const SOURCES: Record<string, string> = { self: '本人报名', roster: '名单导入' }
export const HOUR_KINDS = {
  theoryOnline: '线上理论',
  theoryOffline: '线下理论',
  practiceOnline: '线上实操',
  practiceOffline: '线下实操',
} as const
export const LEVELS = ['初级', '中级', '高级'].map((level) => ({ value: level, label: level }))

export type ClassRecord = OutputOf<WorkbenchApi, 'training.read-class'>

/** 职业 等级 方向 in one breath. */
export function subject(one: { occupation: string; level: string; direction: string | null }): string {
  return `${one.occupation} ${one.level}${one.direction ? ` ${one.direction}` : ''}`
}
