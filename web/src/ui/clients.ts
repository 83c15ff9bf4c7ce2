import { client, type PortalApi, type WorkbenchApi } from './api.ts'

/** Public procedures (clauses, catalogues) serve both surfaces. */
export const portalClient = client<PortalApi>('portal')
export const workbenchClient = client<WorkbenchApi>('workbench')
