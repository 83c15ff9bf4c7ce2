import type { Api } from '../platform/api.ts'

/** What institutions and supervisors may call. One line a module. */
export const workbench = {} satisfies Api

export type WorkbenchApi = typeof workbench
