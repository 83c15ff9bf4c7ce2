import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import type { StateWords, Tone } from '../../../ui/desk/index.ts'
import { instant } from '../../../ui/format.ts'

export type Board = OutputOf<WorkbenchApi, 'halls.read-board'>
export type Tile = Board['tiles'][number]
export type Proposal = Board['proposals'][number]
export type Level = Tile['urgency']['level']
export type Seated = OutputOf<WorkbenchApi, 'halls.read-seated'>
export type Act = Seated['acts'][number]
export type Part = Board['part']
export type Allowed = Board['actions']['act']

/** Where a board is: part of every call. */
export interface Place {
  sittingId: string
  hallId: string
  part: Part
}

export const HALL_WORDS: StateWords = {
  waiting: ['等待入场', 'idle'],
  admitting: ['正在入场', 'waiting'],
  running: ['考试中', 'running'],
  paused: ['已暂停', 'refused'],
  ended: ['已结束', 'done'],
}
export const STANDING_WORDS: Record<Tile['standing'], string> = {
  expected: '未到',
  waiting: '在门口',
  turned_away: '未准入',
  admitted: '已入场',
  writing: '答题中',
  paused: '已暂停',
  handed_in: '已交卷',
  timed_out: '到时交卷',
  terminated: '已终止',
}
export const LEVEL_WORDS: Record<Level, string> = {
  calm: '正常',
  notice: '留意',
  warning: '警示',
  urgent: '紧急',
}
export const LEVEL_TONES: Record<Level, Tone> = {
  calm: 'idle',
  notice: 'running',
  warning: 'waiting',
  urgent: 'refused',
}
export const ACT_WORDS: Record<Act['kind'], string> = {
  confirm: '确认入场',
  turn_away: '拒绝入场',
  message: '发送提示',
  extend: '延长时间',
  pause: '暂停考场',
  resume: '恢复考场',
  release: '换机续考',
  misconduct: '认定违纪',
  terminate: '终止考试',
  unlock: '解除锁定',
  settle: '处理提醒',
  import: '导入密封答案',
  withdraw: '撤销违纪认定',
  annul: '认定终止有误',
}
export const PROPOSAL_WORDS: Record<Proposal['kind'], string> = {
  extend: '延长时间',
  terminate: '终止考试',
  misconduct: '认定违纪',
  withdraw: '撤销违纪认定',
  annul: '认定终止有误',
}
export const MESSAGES = [
  '请保持安静。',
  '请坐正，面向摄像头。',
  '请不要离开考试窗口。',
  '请举手，等待监考员到您座位前。',
  '请检查题目是否全部作答。',
]
export const REASONS = {
  extend: ['网络中断', '机器故障，已更换考位', '考场停电'],
  pause: ['考场停电', '网络中断', '突发情况，需要暂停'],
  resume: ['供电恢复', '网络恢复', '情况已处理完毕'],
  release: ['机器故障', '显示器或键盘故障', '误关考试窗口'],
  settle: ['已到座位前核实，属误报', '已提醒考生改正', '网络波动，已恢复'],
  terminate: ['考生突发疾病离场', '考生拒不服从管理'],
  misconduct: ['使用手机等电子设备', '夹带、抄袭', '由他人替考'],
  withdraw: ['复看画面，属误认', '经核实，物品与考试无关', '认错考生'],
  annul: ['误选考生', '机器故障被误作离场', '情况核实后不应终止'],
  import: ['机器断网至收卷，答案未送达', '机器故障，换机后取回原机答案'],
}

/** An act in one line: what stands in its data, in words. */
export function actText(act: { kind: Act['kind']; reason: string | null; data: Record<string, unknown> }) {
  const { data } = act
  const said = [act.reason]
  if (typeof data.text === 'string') said.unshift(data.text)
  if (typeof data.seconds === 'number') said.unshift(`${Math.round(data.seconds / 60)} 分钟`)
  if (typeof data.from === 'string' && typeof data.to === 'string') said.unshift(`${data.from} 到 ${data.to}`)
  if (data.compensation === 'extra_sitting') said.push('评价机构须为考生另行安排考试')
  if (typeof data.attempts === 'number') said.push(`涉及 ${data.attempts} 人`)
  return said.filter(Boolean).join('；')
}

export const seatName = (tile: Pick<Tile, 'seat' | 'name'>) => `${tile.seat} 号 ${tile.name}`
/** `09:41:07` */
export const monthDayOf = (at: string) => instant(at).slice(5, 10)
export const secondOf = (at: string) => instant(at, 'second').slice(11)
/** The browser's own clock, sent with every act; the server's stands beside it. */
export const clientAt = () => new Date().toISOString()
