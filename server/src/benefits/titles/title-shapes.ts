import { z } from 'zod'
import { level } from '../../platform/api.ts'
import { writeSheet } from '../../platform/sheets.ts'
import type { RecognitionRow } from './store/reading.ts'

export const titleFilter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  year: z.coerce.number().int().min(2023).max(2100).optional(),
  level: level.optional(),
  state: z.enum(['standing', 'revoked']).optional(),
})

export const titleRow = z.object({
  id: z.string(),
  number: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  certificateNumber: z.string(),
  organisationName: z.string(),
  cityName: z.string().nullable(),
  occupationName: z.string(),
  level,
  effect: z.enum(['direct', 'reference']),
  titleLevel: z.string(),
  specialty: z.string(),
  specialtyStatus: z.string(),
  recognisedOn: z.string(),
  revokedOn: z.string().nullable(),
  revokeReason: z.string().nullable(),
})

export function titlesSheet(rows: RecognitionRow[]): Promise<Buffer> {
  return writeSheet({
    title: '专业技术等级证书对应职称',
    note: '职称专业的名称未见公布，待核实',
    columns: [
      { key: 'number', title: '认定编号' },
      { key: 'holderName', title: '姓名' },
      { key: 'maskedIdNumber', title: '证件号码' },
      { key: 'occupationName', title: '职业' },
      { key: 'level', title: '等级' },
      { key: 'titleLevel', title: '认定结果' },
      { key: 'specialty', title: '专业（待核实）' },
      { key: 'organisationName', title: '评价机构' },
      { key: 'cityName', title: '市州' },
      { key: 'certificateNumber', title: '等级证书编号' },
      { key: 'recognisedOn', title: '认定日期' },
      { key: 'revokedOn', title: '撤销日期' },
      { key: 'revokeReason', title: '撤销原因' },
    ],
    rows,
  })
}
