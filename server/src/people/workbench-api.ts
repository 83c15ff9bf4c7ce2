import { z } from 'zod'
import { type Api, nothing, permissionCatalogue, query, ROLES } from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { auditApi } from './audit-api.ts'
import { organisationsApi } from './organisations/organisations-api.ts'
import { may } from './permissions.ts'
import { personsApi } from './persons-api.ts'
import { staffApi } from './staff/staff-api.ts'
import { membershipsOf } from './store/staff.ts'

const membership = z.object({
  id: z.string(),
  role: z.string(),
  roleTitle: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
})

export const workbenchApi = {
  'people.me': query({
    summary: '当前身份',
    permission: may['people.work'],
    input: nothing,
    example: {},
    output: z.object({
      name: z.string(),
      acting: membership,
      memberships: z.array(membership),
      permissions: z.array(z.string()),
      /** This program is a hall node, not the province's platform. */
      isNode: z.boolean(),
    }),
    handle: async ({ app, actor }) => {
      const held = actor.accountId ? await membershipsOf(app.db, actor.accountId, app.clock.today()) : []
      const memberships = held.flatMap((one) =>
        one.organisationId && one.organisationName
          ? [
              {
                id: one.id,
                role: one.role,
                roleTitle: ROLES[one.role],
                organisationId: one.organisationId,
                organisationName: one.organisationName,
              },
            ]
          : [],
      )
      const own = {
        organisationId: actor.organisation?.id ?? '',
        organisationName: actor.organisation?.name ?? '',
      }
      const acting = memberships.find(
        (one) => one.role === actor.role && one.organisationId === actor.organisation?.id,
      ) ?? { id: '', role: actor.role, roleTitle: ROLES[actor.role], ...own }
      const permissions = permissionCatalogue()
        .filter((one) => one.roles.includes(actor.role))
        .map((one) => one.name)
      return ok({
        name: actor.name,
        acting,
        memberships,
        permissions,
        isNode: app.config.node !== undefined,
      })
    },
  }),
  ...staffApi,
  ...organisationsApi,
  ...personsApi,
  ...auditApi,
} satisfies Api
