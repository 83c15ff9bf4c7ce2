import type { Api } from '../platform/api.ts'
import { archivesApi } from './archives/workbench-api.ts'
import { familiesApi } from './arrangements/families-api.ts'
import { arrangementsApi } from './arrangements/workbench-api.ts'
import { attemptsApi } from './attempts/workbench-api.ts'
import { boardApi } from './board/workbench-api.ts'
import { evidenceApi } from './evidence/workbench-api.ts'
import { gatesApi } from './gates/workbench-api.ts'
import { nodesApi } from './nodes/workbench-api.ts'
import { jointPapersApi } from './papers/joint-api.ts'
import { papersApi } from './papers/workbench-api.ts'
import { seatingApi } from './seating/workbench-api.ts'
import { sitesApi } from './sites/workbench-api.ts'

/** What staff may call. One line a room: each folder's own `workbench-api.ts`. */
export const workbenchApi = {
  ...sitesApi,
  ...arrangementsApi,
  ...seatingApi,
  ...familiesApi,
  ...gatesApi,
  ...evidenceApi,
  ...attemptsApi,
  ...boardApi,
  ...papersApi,
  ...jointPapersApi,
  ...archivesApi,
  ...nodesApi,
} satisfies Api
