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

const { 'halls.register-candidate-photo': _photo, 'halls.face-register': _register, ...door } = gatesApi

/**
 * What staff may call at a hall node: the door, the board, the evidence of the day, the machines, and what the node
 * holds. Everything else is the province's; a photograph registered here would never get there.
 */
export const workbenchApiAtNode: Api = {
  ...door,
  ...attemptsApi,
  ...boardApi,
  'halls.list-evidence': evidenceApi['halls.list-evidence'],
  'halls.export-evidence': evidenceApi['halls.export-evidence'],
  'halls.read-evidence': evidenceApi['halls.read-evidence'],
  'halls.capture-picture': evidenceApi['halls.capture-picture'],
  'halls.video-segment': evidenceApi['halls.video-segment'],
  'halls.read-hall': sitesApi['halls.read-hall'],
  'halls.issue-bind-codes': sitesApi['halls.issue-bind-codes'],
  'halls.release-stations': sitesApi['halls.release-stations'],
  'halls.held-here': nodesApi['halls.held-here'],
  'halls.open-papers-by-codes': nodesApi['halls.open-papers-by-codes'],
}
