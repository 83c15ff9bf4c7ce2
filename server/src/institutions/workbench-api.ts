import type { Api } from '../platform/api.ts'
import { catalogueApi } from './catalogues/catalogue-api.ts'
import { maintenanceApi } from './catalogues/maintenance-api.ts'
import { feesApi } from './fees/fees-api.ts'
import { filingsApi } from './filings/filings-api.ts'
import { settingsApi } from './settings/settings-api.ts'

export const workbenchApi = {
  ...catalogueApi,
  ...maintenanceApi,
  ...feesApi,
  ...filingsApi,
  ...settingsApi,
} satisfies Api
