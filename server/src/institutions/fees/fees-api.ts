import { z } from 'zod'
import { findOrganisations } from '../../people/index.ts'
import { type Api, command, done, level, listInput, listOf, nothing, query } from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { feeShape, shownFees } from '../catalogues/catalogue-shapes.ts'
import { may } from '../permissions.ts'
import { entriesOf } from '../store/entries.ts'
import { searchFees } from '../store/fees.ts'
import { occupationNames } from '../store/occupations.ts'
import { feeInput, publishFee } from './publish-fee.ts'

/** An institution's own fees; everybody reads the published ones through `institutions.list-fees`. */
export const feesApi = {
  'institutions.list-own-fees': query({
    summary: '本机构收费标准',
    permission: may['fee.read-own'],
    clause: 'HB-6.3',
    input: listInput.extend({ occupationId: z.string().max(40).optional(), level: level.optional() }),
    example: {},
    output: listOf(feeShape),
    handle: async ({ app, actor }, input) => {
      const found = await searchFees(app.db, {
        ...input,
        organisationId: actor.organisation?.id,
        on: null,
        limit: input.size,
        offset: (input.page - 1) * input.size,
      })
      const rows = await shownFees(app.db, found.rows, app.clock.today())
      return ok({ rows, total: found.total, page: input.page, size: input.size })
    },
  }),
  'institutions.fee-options': query({
    summary: '可公布收费的职业和等级',
    permission: may['fee.publish'],
    clause: 'HB-6.2',
    input: nothing,
    example: {},
    output: z.object({
      kind: z.enum(['training', 'assessment']),
      occupations: z.array(z.object({ id: z.string(), name: z.string(), levels: z.array(level) })),
    }),
    handle: async ({ app, actor }) => {
      const catalogue = actor.organisation?.kind === 'evaluation_institution' ? 'evaluation' : 'training'
      const own = (
        await findOrganisations(app.db, { ids: actor.organisation ? [actor.organisation.id] : [] })
      )[0]
      const entries = own
        ? await entriesOf(app.db, {
            catalogue,
            organisationId: own.id,
            creditCode: own.creditCode,
            on: app.clock.today(),
          })
        : []
      const names = await occupationNames(app.db)
      const levelsOf = (id: string) => [
        ...new Set(entries.filter((one) => one.occupationIds.includes(id)).flatMap((one) => one.levels)),
      ]
      return ok({
        kind: catalogue === 'evaluation' ? ('assessment' as const) : ('training' as const),
        occupations: [...new Set(entries.flatMap((one) => one.occupationIds))].map((id) => ({
          id,
          name: names.get(id) ?? id,
          levels: levelsOf(id),
        })),
      })
    },
  }),
  'institutions.publish-fee': command({
    summary: '公布收费标准',
    permission: may['fee.publish'],
    clause: 'HB-6.3',
    input: feeInput,
    example: {
      occupationId: 'ai',
      level: '初级',
      amountCents: 280_000,
      basis: '教师课酬、场地和教材成本测算',
      fromOn: '2026-03-10',
    },
    output: done,
    handle: ({ app, actor }, input) => publishFee(app, actor, input),
  }),
} satisfies Api
