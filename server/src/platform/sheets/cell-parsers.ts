import { type CellProblem, problem } from './read-sheet.ts'

/** Ready-made `parse` functions for the columns of an import. */
export function textCell(maxLength: number) {
  return (text: string): string | CellProblem =>
    text.length > maxLength ? problem(`超过 ${maxLength} 个字，请缩短。`) : text
}

/** 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302, or a cell formatted as a date; a day that exists. */
export function dayCell(text: string): string | CellProblem {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.replaceAll(' ', '')) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (match) {
    const [, year = '', month = '', date = ''] = match
    const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    const parsed = new Date(`${day}T00:00:00Z`)
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)) return day
  }
  return problem(`「${text}」不是有效日期，请按 2026-03-02 的样式填写。`)
}

export function integerCell({ min, max }: { min: number; max: number }) {
  return (text: string): number | CellProblem => {
    const number = Number(text.replace(/[,，]/g, ''))
    if (Number.isInteger(number) && number >= min && number <= max) return number
    return problem(`「${text}」不是 ${min} 到 ${max} 之间的整数，请更正。`)
  }
}

/** Yuan, at most two decimals, into 分. */
export function yuanCell(text: string): number | CellProblem {
  const match = /^(\d{1,9})(?:[.](\d{1,2}))?元?$/.exec(text.replace(/[,，\s¥￥]/g, ''))
  if (!match) return problem(`「${text}」不是有效金额，请以元为单位填写，如 1200 或 1200.50。`)
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** A score from 0 to 100 with at most one decimal, into tenths. */
export function scoreCell(text: string): number | CellProblem {
  const match = /^(\d{1,3})(?:[.](\d))?0*分?$/.exec(text)
  const tenths = match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : Number.NaN
  return tenths <= 1000 ? tenths : problem(`「${text}」不是 0 到 100 分的成绩（至多一位小数），请更正。`)
}

/** One of the words a column allows: `oneOfCell({ 线上: 'online', 线下: 'offline' })`. */
export function oneOfCell<const M extends Record<string, string>>(meanings: M) {
  return (text: string): M[keyof M] | CellProblem =>
    Object.hasOwn(meanings, text)
      ? (meanings[text] as M[keyof M])
      : problem(`「${text}」不在可选范围内，请填写：${Object.keys(meanings).join('、')}。`)
}
