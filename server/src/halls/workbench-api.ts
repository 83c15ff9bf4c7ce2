import type { Api } from '../platform/api.ts'
import { sitesApi } from './sites/workbench-api.ts'

/** What staff may call. One line a room: each folder's own `workbench-api.ts`. */
export const workbenchApi = {
  ...sitesApi,
} satisfies Api
