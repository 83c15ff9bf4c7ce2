import { portalApi as benefits } from '../benefits/portal-api.ts'
import { portalApi as certificates } from '../certificates/portal-api.ts'
import { portalApi as duties } from '../duties/portal-api.ts'
import { portalApi as exams } from '../exams/portal-api.ts'
import { portalApi as halls } from '../halls/portal-api.ts'
import { portalApi as institutions } from '../institutions/portal-api.ts'
import { portalApi as people } from '../people/portal-api.ts'
import type { Api } from '../platform/api.ts'
import { portalApi as training } from '../training/portal-api.ts'
import { policyApi } from './policy-api.ts'

/** What the public and learners may call. One line a module. */
export const portal = {
  ...people,
  ...duties,
  ...institutions,
  ...training,
  ...exams,
  ...halls,
  ...certificates,
  ...benefits,
  ...policyApi,
} satisfies Api

/** At a hall node: how staff sign in, and the clauses that pages cite. Learners and the public have nothing there. */
export const portalAtNode: Api = {
  'people.sign-in-options': people['people.sign-in-options'],
  'people.demo-accounts': people['people.demo-accounts'],
  ...policyApi,
}

export type PortalApi = typeof portal
