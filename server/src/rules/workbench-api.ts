import type { Api } from '../platform/api.ts'
import { affectedApi } from './affected-api.ts'
import { revisionsApi } from './revisions-api.ts'
import { rulesApi } from './rules-api.ts'

export const workbenchApi = { ...rulesApi, ...revisionsApi, ...affectedApi } satisfies Api
