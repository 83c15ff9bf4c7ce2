import type { StateWords } from '../../../ui/desk/index.ts'
import type { FactRows } from '../../../ui/desk/page.tsx'

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
/** Of a chain head's digest as much as two people compare by eye. */
const HEAD_LETTERS = 12

interface Proof {
  node?: { entries: number; attempts: number; headsSha256: string } | undefined
  province?: { entries: number; attempts: number; headsSha256: string } | undefined
  differing: readonly string[]
}

/** What the comparison of both sides came to. */
export function proofRows({ state, proof }: { state: string; proof: Proof | null }): FactRows {
  if (!proof) return []
  const { node, province, differing } = proof
  if (differing.length > 0) return [['与省平台核对', `不一致：${differing.map(placeWord).join('、')}`]]
  if (state !== 'returned' || !node || !province) return []
  return [
    ['与省平台核对', '一致'],
    ['答卷', sides(node.attempts, province.attempts)],
    ['作答记录', sides(node.entries, province.entries)],
    ['链头摘要', sides(node.headsSha256.slice(0, HEAD_LETTERS), province.headsSha256.slice(0, HEAD_LETTERS))],
  ]
}

const sides = (node: string | number, province: string | number) => `节点 ${node}，省平台 ${province}`

export const placeWord = (place: string) => PLACES[place] ?? place
