import type { Api } from '../platform/api.ts'

/** What the public and candidates may call at home. One line a room. */
export const portalApi = {} satisfies Api
