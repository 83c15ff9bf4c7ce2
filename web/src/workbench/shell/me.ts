import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiFailure } from '../../ui/api.ts'
import { workbenchClient } from '../../ui/clients.ts'

export interface Membership {
  id: string
  role: string
  roleTitle: string
  organisationName: string
}
/** Who is signed in, for whom this person acts now, and what that role may do. */
export interface Me {
  name: string
  acting: Membership
  memberships: Membership[]
  permissions: string[]
}

const readMe = workbenchClient.read as unknown as (name: string) => Promise<Me>

export function useMe(): UseQueryResult<Me, ApiFailure> {
  return useQuery<Me, ApiFailure>({
    queryKey: ['workbench', 'people', 'people.me'],
    queryFn: () => readMe('people.me'),
    staleTime: 300_000,
  })
}
