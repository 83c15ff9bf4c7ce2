import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { useApiQuery } from '../api.ts'

/** Who is signed in, for whom this person acts now, and what that role may do. */
export type Me = OutputOf<WorkbenchApi, 'people.me'>
export type Membership = Me['acting']

export const useMe = () => useApiQuery('people.me')
