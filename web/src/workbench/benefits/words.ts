import type { StateWords } from '../../ui/desk/index.ts'

export const HOURS_WORDS: StateWords = {
  standing: ['已计入', 'done'],
  revoked: ['已撤销', 'refused'],
}
export const TITLE_WORDS: StateWords = {
  standing: ['有效', 'done'],
  revoked: ['已撤销', 'refused'],
}
export const stateOf = (row: { revokedOn: string | null }) => (row.revokedOn ? 'revoked' : 'standing')

/** 初级、中级直接认定，高级只作评审参考 (HB-5.2). */
export const EFFECTS = { direct: '直接认定', reference: '评审参考' } as const

export const LEVELS = ['初级', '中级', '高级'].map((value) => ({ value, label: value }))

const FIRST_YEAR = 2023
/** From the notice's year on, newest first. */
export const YEARS = Array.from({ length: new Date().getFullYear() - FIRST_YEAR + 1 }, (_, back) => {
  const year = String(new Date().getFullYear() - back)
  return { value: year, label: `${year} 年度` }
})
