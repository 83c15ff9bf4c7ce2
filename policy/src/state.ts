// Kleene's third value, told apart by what would settle it. The states form one order, so
// 全部满足 is the lowest and 任一满足 the highest of its parts: nothing is ever short-circuited.

/** 0 不符合 · 1 缺数据 (unknown) · 2 缺材料 (true as stated, unproven) · 3 需人工认定 · 4 符合 */
export type State = 0 | 1 | 2 | 3 | 4
export const NO: State = 0
export const DATA: State = 1
export const PAPER: State = 2
export const JUDGE: State = 3
export const YES: State = 4

export const STATE_NAMES = ['不符合', '缺数据', '缺材料', '需人工认定', '符合'] as const
export type StateName = (typeof STATE_NAMES)[number]

export const OUTCOMES = ['符合', '不符合', '尚未到期', '材料不足', '需人工认定'] as const
/** What a person is told about a path and about the whole rule. */
export type Outcome = (typeof OUTCOMES)[number]

/** Outcome of a state that time alone will not change. */
export function outcomeOf(state: State): Exclude<Outcome, '尚未到期'> {
  if (state === YES) return '符合'
  if (state === NO) return '不符合'
  return state === JUDGE ? '需人工认定' : '材料不足'
}
