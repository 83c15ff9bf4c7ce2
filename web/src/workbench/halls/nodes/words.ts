import type { StateWords } from '../../../ui/desk/index.ts'

export const PACKAGE_WORDS: StateWords = {
  assigned: ['待领取', 'waiting'],
  taken: ['节点承办中', 'running'],
  returned: ['已归还', 'done'],
  taken_back: ['已收回', 'idle'],
}
const PLACES: Record<string, string> = {
  journal: '作答记录',
  consents: '同意记录',
  seats: '座位',
  captures: '抓拍',
  gate_checks: '入场核验',
  admissions: '入场',
  acts: '监考处置',
  act_proposals: '处置提议',
  alerts: '提醒',
  late_answers: '迟到作答',
  files: '作答文件',
  videos: '录像',
}
export const placeWord = (place: string) => PLACES[place] ?? place
