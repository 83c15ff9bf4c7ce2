import { z } from 'zod'
import { scopeOf } from '../people/index.ts'
import { type Api, day, download, id, listInput, listOf, nothing, query, type Role } from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { DUTY_STATES, type DutyState } from './duty.ts'
import { dutyShape, shownDuty } from './duty-shape.ts'
import { may } from './permissions.ts'
import { listDuties, openDutiesOf, overdueDutiesWithin } from './store.ts'

const DESK_ROWS = 100
const EXPORT_ROWS = 10_000
const SUPERVISORS: readonly Role[] = ['city_officer', 'provincial_officer', 'national_officer', 'auditor']

const filter = listInput.extend({
  state: z.enum(Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]]).optional(),
  holderOrganisationId: id.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
})

export const workbenchApi = {
  'duties.desk': query({
    summary: '待办',
    permission: may['duties.read'],
    input: nothing,
    example: {},
    output: z.object({
      mine: z.object({ rows: z.array(dutyShape), total: z.number() }),
      /** Overdue at others in the region; null for who supervises nobody. */
      supervised: z.object({ rows: z.array(dutyShape), total: z.number() }).nullable(),
    }),
    handle: async ({ app, actor }) => {
      const { organisation, role } = actor
      const mine = organisation
        ? await openDutiesOf(app.db, { organisationId: organisation.id, role }, DESK_ROWS)
        : { rows: [], total: 0 }
      const supervised = SUPERVISORS.includes(role)
        ? await overdueDutiesWithin(app.db, scopeOf(actor), {
            today: app.clock.today(),
            exceptOrganisationId: organisation?.id ?? null,
            limit: DESK_ROWS,
          })
        : null
      const shown = (found: typeof mine) => ({
        ...found,
        rows: found.rows.map((duty) => shownDuty(app, duty)),
      })
      return ok({ mine: shown(mine), supervised: supervised && shown(supervised) })
    },
  }),
  'duties.list': query({
    summary: '全部待办',
    permission: may['duties.read'],
    input: filter,
    example: {},
    output: listOf(dutyShape),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listDuties(app.db, scopeOf(actor), input, app.clock.today())
      return ok({ rows: rows.map((duty) => shownDuty(app, duty)), total, page: input.page, size: input.size })
    },
  }),
  'duties.export': download({
    summary: '导出待办',
    permission: may['duties.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const found = await listDuties(
        app.db,
        scopeOf(actor),
        { ...input, page: 1, size: EXPORT_ROWS },
        app.clock.today(),
      )
      const bytes = await writeSheet({
        title: '待办清单',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'title', title: '事项', width: 40 },
          { key: 'holder', title: '责任单位', width: 28 },
          { key: 'holderRole', title: '责任身份' },
          { key: 'clause', title: '条款' },
          { key: 'startedOn', title: '起算日' },
          { key: 'dueOn', title: '期限' },
          { key: 'daysLeft', title: '剩余', kind: 'number' },
          { key: 'unit', title: '单位' },
          { key: 'stateTitle', title: '状态' },
          { key: 'fulfilledOn', title: '办结日' },
        ],
        rows: found.rows.map((duty) => {
          const row = shownDuty(app, duty)
          return { ...row, stateTitle: DUTY_STATES[row.state] }
        }),
      })
      return ok({
        fileName: `待办清单-${app.clock.today()}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes,
      })
    },
  }),
} satisfies Api
