import type { Api } from '../platform/api.ts'
import { certificateProcedures } from './certificate-procedures.ts'
import { exchangeProcedures } from './exchange-procedures.ts'
import { reportProcedures } from './report-procedures.ts'

export const workbenchApi = {
  ...reportProcedures,
  ...exchangeProcedures,
  ...certificateProcedures,
} satisfies Api
