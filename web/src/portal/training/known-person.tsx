import { Navigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import { Loaded } from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'

type Person = NonNullable<OutputOf<PortalApi, 'people.me'>['person']>

/** What is stored under a name (HB-5.4 实名制): signs in and registers first where needed, then comes back here. */
export function KnownPerson({ children }: { children: (person: Person) => ReactNode }) {
  const me = useApiQuery('people.me')
  const here = useRouterState({ select: (state) => state.location.href })
  if (me.isError && problemOf(me.error).kind === 'signed-out') return <Goes to="/sign-in" next={here} />
  return (
    <Loaded query={me}>
      {({ person }) => (person ? children(person) : <Goes to="/mine/register" next={here} />)}
    </Loaded>
  )
}

function Goes({ to, next }: { to: string; next: string }) {
  return <Navigate to={to} search={{ next } as never} replace />
}
