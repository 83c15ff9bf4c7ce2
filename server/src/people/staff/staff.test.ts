import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { insertOrganisation } from '../fixtures.ts'
import { listStaffRows } from '../store/staff.ts'
import { createDemoStaff } from './create-demo-staff.ts'
import { disableStaff } from './disable-staff.ts'
import { endMembership } from './end-membership.ts'
import { inviteStaff } from './invite-staff.ts'
import { renewPasswordLink } from './renew-password-link.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { restoreStaff } from './restore-staff.ts'

let app: TestApp
let manager: Actor
let rival: Actor
let administrator: Actor
let serial = 0

beforeAll(async () => {
  app = await aTestApp()
  manager = await aManager('江城学院')
  rival = await aManager('楚云中心')
  administrator = anActor('administrator')
})
afterAll(() => app.close())

async function aManager(name: string): Promise<Actor> {
  const place = { kind: 'training_institution', name, provinceCode: '420000', cityCode: '420100' } as const
  const id = await insertOrganisation(app, place)
  const [accountId = ''] = await createDemoStaff(app, 'a-long-enough-password', [
    {
      name: '负责人',
      username: `m${++serial}`,
      totpSecret: 'SECRET-SECRET-SECRET',
      memberships: [{ organisationId: id, role: 'training_manager' }],
    },
  ])
  return anActor('training_manager', { ...place, id }, { accountId })
}

function invite(actor: Actor, input: Partial<Parameters<typeof inviteStaff>[2]> = {}) {
  serial += 1
  return inviteStaff(app, actor, {
    organisationId: actor.organisation?.id ?? '',
    role: 'teacher',
    name: '周明',
    username: `teacher.${serial}`,
    ...input,
  })
}
async function aTeacher(actor = manager) {
  const invited = await invite(actor)
  if (!invited.ok) throw new Error(invited.refusal.message)
  return invited.value
}
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code
const reason = '离职'

describe('inviting', () => {
  test('is refused into another organisation, in a role it does not have, and under a taken name', async () => {
    expect(code(await invite(rival, { organisationId: manager.organisation?.id ?? '' }))).toBe(
      'ORGANISATION_NOT_FOUND',
    )
    expect(code(await invite(manager, { role: 'examiner' }))).toBe('STAFF_ROLE_NOT_OFFERED')
    expect(code(await invite(manager, { role: 'administrator' }))).toBe('STAFF_ROLE_NOT_OFFERED')
    await invite(manager, { username: 'taken.name' })
    expect(code(await invite(rival, { username: 'Taken.Name' }))).toBe('STAFF_NAME_TAKEN')
  })

  test("gives an account of one's own a second role, but the same role only once", async () => {
    const teacher = await invite(manager, { username: 'two.roles' })
    const again = await invite(manager, { username: 'two.roles', role: 'training_manager' })
    expect(again).toMatchObject({ ok: true, value: { id: teacher.ok && teacher.value.id, link: null } })
    expect(code(await invite(manager, { username: 'two.roles' }))).toBe('STAFF_ALREADY_MEMBER')
  })

  test('makes one account of two invitations at once', async () => {
    const results = await Promise.all([
      invite(manager, { username: 'at.once' }),
      invite(rival, { username: 'at.once' }),
    ])
    expect(results.map(code).sort()).toEqual(['STAFF_NAME_TAKEN', 'ok'])
  })
})

describe('acting on an account', () => {
  test('is refused to another organisation, which is not told that it exists', async () => {
    const { id: accountId, membershipId } = await aTeacher()
    expect(code(await disableStaff(app, rival, { accountId, reason }))).toBe('STAFF_NOT_FOUND')
    expect(code(await restoreStaff(app, rival, { accountId }))).toBe('STAFF_NOT_FOUND')
    expect(code(await resetSecondFactor(app, rival, { accountId, reason }))).toBe('STAFF_NOT_FOUND')
    expect(code(await renewPasswordLink(app, rival, { accountId }))).toBe('STAFF_NOT_FOUND')
    expect(code(await endMembership(app, rival, { membershipId, reason }))).toBe('MEMBERSHIP_NOT_FOUND')
  })

  test('is refused on oneself', async () => {
    const accountId = manager.accountId ?? ''
    expect(code(await disableStaff(app, manager, { accountId, reason }))).toBe('STAFF_SELF')
    expect(code(await resetSecondFactor(app, manager, { accountId, reason }))).toBe('STAFF_SELF')
  })

  test('is refused to a manager when the account also acts elsewhere, and left to the administrator', async () => {
    const { id: accountId } = await aTeacher()
    const shared = await inviteStaff(app, administrator, {
      organisationId: rival.organisation?.id ?? '',
      role: 'teacher',
      name: '周明',
      username: `teacher.${serial}`,
    })
    expect(code(shared)).toBe('ok')
    expect(code(await renewPasswordLink(app, manager, { accountId }))).toBe('STAFF_ELSEWHERE')
    expect(code(await disableStaff(app, manager, { accountId, reason }))).toBe('STAFF_ELSEWHERE')
    expect(code(await disableStaff(app, administrator, { accountId, reason }))).toBe('ok')
  })

  test('is refused in the state it is already in', async () => {
    const { id: accountId } = await aTeacher()
    expect(code(await restoreStaff(app, manager, { accountId }))).toBe('STAFF_NOT_DISABLED')
    expect(code(await resetSecondFactor(app, manager, { accountId, reason }))).toBe('STAFF_NO_SECOND_FACTOR')
    await disableStaff(app, manager, { accountId, reason })
    expect(code(await disableStaff(app, manager, { accountId, reason }))).toBe('STAFF_DISABLED')
    expect(code(await renewPasswordLink(app, manager, { accountId }))).toBe('STAFF_DISABLED')
    expect(code(await restoreStaff(app, manager, { accountId }))).toBe('ok')
  })
})

test('the list shows a manager the own organisation only, with the state of each', async () => {
  const own = await aTeacher()
  await aTeacher(rival)
  const list = (organisationId: string | undefined) =>
    listStaffRows(app.db, { organisationId, page: 1, size: 200 }, app.clock.today())
  const { rows } = await list(manager.organisation?.id)
  expect(new Set(rows.map((row) => row.organisationName))).toEqual(new Set(['江城学院']))
  expect(rows.find((row) => row.membershipId === own.membershipId)?.state).toBe('invited')
  expect(rows.find((row) => row.accountId === manager.accountId)?.state).toBe('active')
})
