import type { Api } from '../platform/api.ts'
import { portalApi as attempts } from './attempts/portal-api.ts'

/** What the public and candidates may call at home. One line a room. */
export const portalApi = {
  ...attempts,
} satisfies Api
