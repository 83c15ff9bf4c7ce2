import { z } from 'zod'
import { RESULTS, type SittingResult } from './sitting.ts'

/** Shapes that both files of the sittings' API share. */
export const ID = '00000000-0000-4000-8000-000000000000'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const EXPORT_ROWS = 20_000
export const reason = z.string().trim().min(2, '请写明理由').max(1000)
export const part = z.enum(['theory', 'ability'])
export const mark = z.enum(['present', 'absent', 'misconduct'])
export const result = z.enum(Object.keys(RESULTS) as [SittingResult, ...SittingResult[]])
export const instant = z.date().transform((at) => at.toISOString())
export const record = { kind: 'sitting', from: 'sittingId' }
export const progressShape = z.object({
  parts: z.number(),
  done: z.number(),
  differing: z.number(),
  once: z.number(),
  missing: z.number(),
})
