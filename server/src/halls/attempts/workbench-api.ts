import { z } from 'zod'
import { type Api, command, id } from '../../platform/api.ts'
import { importSealedExport } from './import-sealed-export.ts'
import { may } from './permissions.ts'

const ID = '00000000-0000-4000-8000-000000000000'

export const attemptsApi = {
  'halls.import-sealed-export': command({
    summary: '导入密封答案',
    clause: 'AH-11',
    permission: may['halls.import-sealed-export'],
    record: { kind: 'arrangement', from: 'sittingId' },
    files: { max: 1, maxBytes: 8 * 1024 * 1024 },
    input: z.strictObject({
      sittingId: id,
      hallId: id,
      reason: z.string().trim().min(2, '请写明理由').max(500),
      clientAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    }),
    example: {
      sittingId: ID,
      hallId: ID,
      reason: '机器断网直至收卷',
      clientAt: '2026-11-22T09:00:00+08:00',
    },
    output: z.object({
      candidate: z.object({ name: z.string(), ticketNumber: z.string() }),
      counts: z.object({
        saved: z.number(),
        same: z.number(),
        conflict: z.number(),
        late: z.number(),
        refused: z.number(),
      }),
      conflicts: z.array(z.string()),
    }),
    handle: ({ app, actor, files }, input) => importSealedExport(app, actor, input, files[0]),
  }),
} satisfies Api
