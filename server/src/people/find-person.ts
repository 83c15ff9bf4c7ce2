import type { App } from '../platform/app.ts'
import type { Tx } from '../platform/db.ts'
import { checkDocument, type DocumentType } from './person.ts'
import { idNumberIndex } from './register-person.ts'
import { findPersonIdByIndex } from './store/persons.ts'

/** Finds a person by document without decrypting anything; undefined also when the number cannot be one. */
export async function findPersonByIdNumber(
  tx: Tx,
  app: App,
  input: { documentType: DocumentType; idNumber: string },
): Promise<string | undefined> {
  const check = checkDocument(input.documentType, input.idNumber, app.clock.today())
  if (!check.ok) return undefined
  return findPersonIdByIndex(
    tx,
    input.documentType,
    idNumberIndex(app, input.documentType, check.reading.number),
  )
}
