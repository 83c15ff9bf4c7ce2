import { workbenchClient } from '../ui/clients.ts'
import { hooksFor } from '../ui/hooks.ts'

/** The workbench's procedures, names and shapes checked against the server. */
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
} = hooksFor(workbenchClient)
