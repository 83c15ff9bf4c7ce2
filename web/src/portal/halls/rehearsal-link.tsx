import type { ReactNode } from 'react'

/** The candidate's room is a page of its own, with no sign-in: not a route of the portal. */
export const REHEARSAL = '/exam/rehearsal'

export function Rehearsal({ children }: { children: ReactNode }) {
  return <a href={REHEARSAL}>{children}</a>
}
