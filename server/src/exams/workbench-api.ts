import type { Api } from '../platform/api.ts'
import { batchesApi } from './declarations/batches-api.ts'
import { declarationsApi } from './declarations/workbench-api.ts'
import { scoresApi } from './sittings/scores-api.ts'
import { sittingsApi } from './sittings/workbench-api.ts'

export const workbenchApi = { ...batchesApi, ...declarationsApi, ...sittingsApi, ...scoresApi } satisfies Api
