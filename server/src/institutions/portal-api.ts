import { catalogueApi } from './catalogues/catalogue-api.ts'

/** The public reads the catalogues and the published fees. */
export const portalApi = catalogueApi
