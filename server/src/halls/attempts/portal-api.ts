import { z } from 'zod'
import { type Api, id, query } from '../../platform/api.ts'
import { checkReceipt } from './check-receipt.ts'
import { may } from './permissions.ts'

export const portalApi = {
  'halls.check-receipt': query({
    summary: '核对交卷回执',
    permission: may['halls.check-receipt'],
    clause: 'AH-10',
    limit: { max: 60, seconds: 60 },
    input: z.strictObject({
      attemptId: id,
      seq: z.coerce.number().int().min(1).max(1_000_000),
      hash: z.string().regex(/^[0-9a-fA-F]{64}$/, '请填写回执上的 64 位校验码'),
    }),
    example: { attemptId: '00000000-0000-4000-8000-000000000000', seq: 12, hash: 'a'.repeat(64) },
    output: z.object({
      number: z.string(),
      why: z.enum(['handed_in', 'timed_out', 'terminated']),
      at: z.string(),
      answered: z.number(),
    }),
    handle: ({ app }, input) => checkReceipt(app, input),
  }),
} satisfies Api
