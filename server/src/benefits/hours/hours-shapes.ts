import { z } from 'zod'
import { level } from '../../platform/api.ts'
import { writeSheet } from '../../platform/sheets.ts'
import type { CreditRow, YearRow } from './store/reading.ts'

export const hoursFilter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  year: z.coerce.number().int().min(2023).max(2100).optional(),
  level: level.optional(),
  state: z.enum(['standing', 'revoked']).optional(),
})

export const creditRow = z.object({
  id: z.string(),
  number: z.string(),
  personId: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  certificateNumber: z.string(),
  organisationName: z.string(),
  cityName: z.string().nullable(),
  occupationName: z.string(),
  level,
  year: z.number(),
  hoursTenths: z.number(),
  /** 公需 or 专业; null: not known, 待核实. */
  subjectKind: z.string().nullable(),
  creditedOn: z.string(),
  revokedOn: z.string().nullable(),
  revokeReason: z.string().nullable(),
})

export const yearRow = z.object({
  personId: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  year: z.number(),
  credits: z.number(),
  hoursTenths: z.number(),
  organisations: z.string(),
  lastCreditedOn: z.string(),
})

export function creditsSheet(rows: CreditRow[]): Promise<Buffer> {
  return writeSheet({
    title: '专业技术人员继续教育学时',
    note: '公需科目、专业科目的划分通知没有写明，未知的写“待核实”',
    columns: [
      { key: 'number', title: '登记编号' },
      { key: 'holderName', title: '姓名' },
      { key: 'maskedIdNumber', title: '证件号码' },
      { key: 'year', title: '计入年度', kind: 'number' },
      { key: 'hoursTenths', title: '学时', kind: 'score' },
      { key: 'subject', title: '科目' },
      { key: 'occupationName', title: '职业' },
      { key: 'level', title: '等级' },
      { key: 'organisationName', title: '培训机构' },
      { key: 'cityName', title: '市州' },
      { key: 'certificateNumber', title: '培训合格证书编号' },
      { key: 'creditedOn', title: '登记日期' },
      { key: 'revokedOn', title: '撤销日期' },
      { key: 'revokeReason', title: '撤销原因' },
    ],
    rows: rows.map((row) => ({ ...row, subject: row.subjectKind ? `${row.subjectKind}科目` : '待核实' })),
  })
}

export function yearsSheet(rows: YearRow[]): Promise<Buffer> {
  return writeSheet({
    title: '个人年度继续教育学时',
    note: '只计现行有效的学时',
    columns: [
      { key: 'holderName', title: '姓名' },
      { key: 'maskedIdNumber', title: '证件号码' },
      { key: 'year', title: '计入年度', kind: 'number' },
      { key: 'hoursTenths', title: '学时合计', kind: 'score' },
      { key: 'credits', title: '证书数', kind: 'number' },
      { key: 'organisations', title: '培训机构' },
      { key: 'lastCreditedOn', title: '最近登记日期' },
    ],
    rows,
  })
}
