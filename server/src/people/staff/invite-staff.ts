import { randomUUID } from 'node:crypto'
import { type Actor, ROLES } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import {
  ORGANISATION_KINDS,
  type Organisation,
  ROLES_OF_KIND,
  type StaffRole,
} from '../organisations/organisation.ts'
import { no } from '../refusals.ts'
import { findOrganisation } from '../store/organisations.ts'
import {
  findStaffIdByUsername,
  insertMembership,
  insertPasswordLink,
  insertStaffAccount,
  lockStaff,
} from '../store/staff.ts'
import { managedOrganisation, staffSubjects } from './staff-scope.ts'

export interface InviteStaffInput {
  organisationId: string
  role: StaffRole
  name: string
  username: string
}

export type InviteStaffRefusal = RefusalOf<
  typeof no,
  'ORGANISATION_NOT_FOUND' | 'STAFF_ROLE_NOT_OFFERED' | 'STAFF_NAME_TAKEN' | 'STAFF_ALREADY_MEMBER'
>

/**
 * Gives somebody a role in an organisation: a new account with a link to set the password (shown once, handed over
 * by the manager), or one more membership for an account the manager may already see.
 */
export function inviteStaff(
  app: App,
  actor: Actor,
  input: InviteStaffInput,
): Promise<Result<{ id: string; membershipId: string; link: string | null }, InviteStaffRefusal>> {
  return transact(app.db, async (tx) => {
    const managed = managedOrganisation(actor)
    const organisation = await findOrganisation(tx, input.organisationId)
    if (!organisation || (managed !== undefined && organisation.id !== managed)) {
      return refuse(no.ORGANISATION_NOT_FOUND())
    }
    if (!ROLES_OF_KIND[organisation.kind].includes(input.role)) {
      return refuse(
        no.STAFF_ROLE_NOT_OFFERED({ kind: ORGANISATION_KINDS[organisation.kind], role: ROLES[input.role] }),
      )
    }
    const existing = await findStaffIdByUsername(tx, input.username)
    return existing
      ? addMembership(tx, app, actor, input, existing, managed)
      : newAccount(tx, app, actor, input, organisation)
  })
}

async function newAccount(
  tx: Tx,
  app: App,
  actor: Actor,
  input: InviteStaffInput,
  organisation: Organisation,
): Promise<Result<{ id: string; membershipId: string; link: string | null }, InviteStaffRefusal>> {
  const id = randomUUID()
  const username = input.username
  // The library wants an address; a province's sign-on finds the account by it, so it carries the account name.
  const made = await insertStaffAccount(tx, {
    id,
    name: input.name,
    username,
    email: `${username.toLowerCase()}@staff.invalid`,
  })
  if (!made) return refuse(no.STAFF_NAME_TAKEN({ username }))
  const token = app.crypto.randomCode(24)
  await insertPasswordLink(tx, id, token)
  const membershipId = await joined(tx, app, actor, {
    accountId: id,
    organisationId: organisation.id,
    role: input.role,
  })
  if (!membershipId) return refuse(no.STAFF_ALREADY_MEMBER())
  return ok({ id, membershipId, link: passwordLink(app, token) })
}

async function addMembership(
  tx: Tx,
  app: App,
  actor: Actor,
  input: InviteStaffInput,
  accountId: string,
  managed: string | undefined,
): Promise<Result<{ id: string; membershipId: string; link: string | null }, InviteStaffRefusal>> {
  const staff = await lockStaff(tx, accountId, app.clock.today())
  if (!staff || (managed !== undefined && !staff.organisationIds.includes(managed))) {
    return refuse(no.STAFF_NAME_TAKEN({ username: input.username }))
  }
  const membershipId = await joined(tx, app, actor, {
    accountId,
    organisationId: input.organisationId,
    role: input.role,
  })
  if (!membershipId) return refuse(no.STAFF_ALREADY_MEMBER())
  return ok({ id: accountId, membershipId, link: null })
}

async function joined(
  tx: Tx,
  app: App,
  actor: Actor,
  membership: { accountId: string; organisationId: string; role: StaffRole },
): Promise<string | undefined> {
  const id = await insertMembership(tx, { ...membership, fromOn: app.clock.today() })
  await record(tx, {
    name: events['staff.invited'],
    at: app.clock.now(),
    actor,
    subjects: staffSubjects({
      accountId: membership.accountId,
      organisationIds: [membership.organisationId],
    }),
    data: { role: membership.role },
  })
  return id
}

export function passwordLink(app: App, token: string): string {
  return `${app.config.publicUrl}/workbench/invitation?token=${token}`
}
