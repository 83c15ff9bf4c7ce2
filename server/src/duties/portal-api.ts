import { z } from 'zod'
import { type Api, nothing, query } from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { dutyShape, shownDuty } from './duty-shape.ts'
import { may } from './permissions.ts'
import { openDutiesOf } from './store.ts'

export const portalApi = {
  'duties.mine': query({
    summary: '我的待办',
    permission: may['duties.read-own'],
    input: nothing,
    example: {},
    output: z.object({ rows: z.array(dutyShape), total: z.number() }),
    handle: async ({ app, actor }) => {
      if (!actor.personId) return ok({ rows: [], total: 0 })
      const { rows, total } = await openDutiesOf(app.db, { personId: actor.personId }, 100)
      return ok({ rows: rows.map((duty) => shownDuty(app, duty)), total })
    },
  }),
} satisfies Api
