import { z } from 'zod'
import { id } from '../../platform/api.ts'

/** Inputs that both declaration surfaces of the workbench take: single declarations and batches. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const ID = '00000000-0000-4000-8000-000000000000'
export const MANY = 2000
export const reason = z.string().trim().min(2, '请写明理由').max(1000)
export const ids = z.array(id).min(1, '请至少选择一项').max(MANY)
export const outcomes = z.record(z.string(), z.number())
