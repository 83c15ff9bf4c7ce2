import { CellProblem, integerCell, readSheet, scoreCell, writeSheet } from '../../platform/sheets.ts'
import type { AssessmentRow } from './store.ts'

const columns = [
  {
    key: 'position',
    title: '报名号',
    required: true,
    parse: integerCell({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  },
  { key: 'name', title: '姓名', required: true },
  {
    key: 'score',
    title: '成绩',
    required: true,
    // A score, or the word 缺考.
    parse: (text: string): { absent: true } | { absent: false; tenths: number } | CellProblem => {
      if (text === '缺考') return { absent: true }
      const tenths = scoreCell(text)
      return tenths instanceof CellProblem ? tenths : { absent: false, tenths }
    },
  },
] as const

export const readScores = (bytes: Uint8Array) => readSheet(bytes, { columns, maxRows: 5000 })

/** The class's learners, ready to be filled in and sent back. */
export function scoreSheet(className: string, learners: AssessmentRow[]): Promise<Buffer> {
  return writeSheet({
    title: `${className}结业考核成绩`,
    note: '成绩为 0 至 100 分，至多一位小数；缺考填“缺考”。报名号和姓名请勿改动。',
    columns: [
      { key: 'position', title: '报名号', kind: 'number' },
      { key: 'name', title: '姓名', width: 14 },
      { key: 'score', title: '成绩', width: 10 },
    ],
    rows: learners.map((one) => ({
      position: one.position,
      name: one.name,
      score: one.mark === 'absent' ? '缺考' : one.scoreTenths === null ? '' : String(one.scoreTenths / 10),
    })),
  })
}
