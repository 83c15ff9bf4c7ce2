import { CONSENTS } from '../../people/index.ts'

/** The wording a candidate agrees to, the same at home and at the door. */
export function consentText(): { version: string; text: string } {
  const { version, text } = CONSENTS.face
  return { version, text }
}
