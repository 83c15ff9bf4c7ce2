import type { Api } from '../platform/api.ts'

/** What the public and learners may call. One line a module. */
export const portal = {} satisfies Api

export type PortalApi = typeof portal
