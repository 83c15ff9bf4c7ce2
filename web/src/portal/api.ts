import { portalClient } from '../ui/clients.ts'
import { hooksFor } from '../ui/hooks.ts'

/** The portal's procedures: `useApiQuery('training.list-classes')`, names and shapes checked against the server. */
export const {
  read,
  act,
  fileUrl,
  readFile,
  saveFile,
  openFile,
  useApiQuery,
  useApiQueryWhen,
  useList,
  useCommand,
} = hooksFor(portalClient)
