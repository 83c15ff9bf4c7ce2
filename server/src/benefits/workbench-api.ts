import type { Api } from '../platform/api.ts'
import { hoursProcedures } from './hours-procedures.ts'
import { titleProcedures } from './title-procedures.ts'

export const workbenchApi = { ...hoursProcedures, ...titleProcedures } satisfies Api
