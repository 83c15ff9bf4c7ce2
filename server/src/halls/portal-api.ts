import type { Api } from '../platform/api.ts'
import { archivesPortalApi } from './archives/portal-api.ts'
import { arrangementsPortalApi } from './arrangements/portal-api.ts'
import { portalApi as attempts } from './attempts/portal-api.ts'
import { gatesPortalApi } from './gates/portal-api.ts'

/** What the public and candidates may call at home. One line a room. */
export const portalApi = {
  ...arrangementsPortalApi,
  ...attempts,
  ...gatesPortalApi,
  ...archivesPortalApi,
} satisfies Api
