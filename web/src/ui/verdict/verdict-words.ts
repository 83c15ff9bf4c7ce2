import type { StateWords } from '../marks.tsx'

export const OUTCOME_WORDS: StateWords = {
  符合: ['符合', 'done'],
  需人工认定: ['需人工认定', 'waiting'],
  材料不足: ['材料不足', 'waiting'],
  尚未到期: ['尚未到期', 'idle'],
  不符合: ['不符合', 'refused'],
}

export const STEP_WORDS: StateWords = {
  符合: ['满足', 'done'],
  缺数据: ['还不知道', 'idle'],
  缺材料: ['缺材料', 'waiting'],
  需人工认定: ['待认定', 'waiting'],
  不符合: ['不满足', 'refused'],
}

export function wordsOfNeed(need: { kind: string; what: string; on: string | null }): string {
  if (need.kind === '材料') return `证明材料：${need.what}`
  if (need.kind === '待发生事件') return need.on ? `${need.what}（${need.on}）` : need.what
  return need.what
}
