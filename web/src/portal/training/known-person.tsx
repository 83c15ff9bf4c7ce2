import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import { Loaded, Loading } from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'

type Person = NonNullable<OutputOf<PortalApi, 'people.me'>['person']>

/** What is stored under a name (HB-5.4 实名制): signs in and registers first where needed, then comes back here. */
export function KnownPerson({ children }: { children: (person: Person) => ReactNode }) {
  const me = useApiQuery('people.me')
  if (me.isError && problemOf(me.error).kind === 'signed-out') return <GoFirst to="/sign-in" />
  return (
    <Loaded query={me}>
      {({ person }) => (person ? children(person) : <GoFirst to="/mine/register" />)}
    </Loaded>
  )
}

/** Leaves for another page once, remembering the way back. The address is read when leaving, not watched. */
function GoFirst({ to }: { to: string }) {
  const router = useRouter()
  useEffect(() => {
    const next = router.latestLocation.href
    void router.navigate({ to, search: { next } as never, replace: true })
  }, [router, to])
  return <Loading />
}
