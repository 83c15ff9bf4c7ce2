import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { Arrangement } from '../arrangements/arrangement.ts'
import { events } from '../arrangements/audit-events.ts'
import { type Family, whyNotIn } from '../arrangements/family.ts'
import { no } from '../arrangements/refusals.ts'
import { lockArrangement } from '../arrangements/store/arrangements.ts'
import { lockFamily, memberSittings, setFamily, setFamilyState } from '../arrangements/store/families.ts'
import { type Commitment, commitIn } from './commit-draw.ts'
import { drawIn, openDraw, type PublicValue, whyNotValue } from './draw-sitting.ts'
import { lockDraw, setDrawVoided } from './store.ts'
import { reopenList } from './void-draw.ts'

const provinceOf = (actor: Actor) => defined(actor.organisation, 'a department').provinceCode

type FamilyRefusal = RefusalOf<typeof no, 'FAMILY_NOT_FOUND' | 'FAMILY_STATE_WRONG'>
type CommitRefusal = FamilyRefusal | RefusalOf<typeof no, 'PUBLIC_VALUE_TOO_SOON' | 'DRAW_COMMITTED_ALREADY'>

/** One commitment for every sitting of the joint examination. */
export function commitFamilyDraw(
  app: App,
  actor: Actor,
  input: Commitment & { familyId: string },
): Promise<Result<{ commitment: string }, CommitRefusal>> {
  return transact<{ commitment: string }, CommitRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced')
    if (wrong) return refuse(wrong)
    return commitIn(tx, app, actor, { familyId: family.id }, input)
  })
}

type DrawRefusal =
  | FamilyRefusal
  | RefusalOf<
      typeof no,
      | 'DRAW_NOT_COMMITTED'
      | 'FAMILY_EMPTY'
      | 'FAMILY_MEMBERS_OPEN'
      | 'PUBLIC_VALUE_UNREADABLE'
      | 'PUBLIC_VALUE_EARLY'
      | 'PUBLIC_VALUE_SAME_PERSON'
    >

/**
 * Draws every member sitting in one transaction: once the seed is open, a list still open could be bent to it. Each
 * sitting has its own numbers from the one seed and its own proof.
 */
export function drawFamily(
  app: App,
  actor: Actor,
  input: PublicValue & { familyId: string },
): Promise<Result<{ sittings: number; candidates: number }, DrawRefusal>> {
  return transact<{ sittings: number; candidates: number }, DrawRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced')
    if (wrong) return refuse(wrong)
    const draw = await lockDraw(tx, { familyId: family.id })
    if (!draw) return refuse(no.DRAW_NOT_COMMITTED())
    const members = await lockMembers(tx, family)
    if (members.length === 0) return refuse(no.FAMILY_EMPTY())
    const open = members.filter(({ arrangement }) => !arrangement.registrationClosedAt)
    if (open.length > 0)
      return refuse(no.FAMILY_MEMBERS_OPEN({ sittings: open.map((one) => one.number).join('、') }))
    const arrangements = members.map((one) => one.arrangement)
    const value = whyNotValue(app, actor, draw, input, arrangements)
    if (value) return refuse(value)
    await openDraw(tx, app, actor, draw, input)
    let candidates = 0
    for (const arrangement of arrangements) {
      candidates += (await drawIn(tx, app, actor, { arrangement, draw, value: input })).candidates
    }
    await setFamilyState(tx, family.id, 'running', app.clock.now())
    await record(tx, {
      name: events['seats.drawn'],
      at: app.clock.now(),
      actor,
      subjects: [`exam-family:${family.id}`],
      clause: 'AH-10',
      data: { commitment: draw.commitment, sittings: arrangements.length, candidates },
    })
    return ok({ sittings: arrangements.length, candidates })
  })
}

async function lockMembers(tx: Tx, family: Family): Promise<{ number: string; arrangement: Arrangement }[]> {
  const members: { number: string; arrangement: Arrangement }[] = []
  for (const { sittingId, organisationId, number } of await memberSittings(tx, family.id)) {
    const arrangement = defined(await lockArrangement(tx, sittingId, organisationId), 'a member sitting')
    members.push({ number, arrangement })
  }
  return members
}

type VoidRefusal = FamilyRefusal | RefusalOf<typeof no, 'DRAW_NOT_COMMITTED' | 'ARRANGEMENT_SEALED'> | Refusal

/** Takes back the commitment, and what was drawn with it, of every member sitting; not once one of them is sealed. */
export function voidFamilyDraw(
  app: App,
  actor: Actor,
  input: { familyId: string; reason: string },
): Promise<Result<{ sittings: number }, VoidRefusal>> {
  return transact<{ sittings: number }, VoidRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced', 'running')
    if (wrong) return refuse(wrong)
    const draw = await lockDraw(tx, { familyId: family.id })
    if (!draw) return refuse(no.DRAW_NOT_COMMITTED())
    const members = await lockMembers(tx, family)
    for (const { arrangement } of members) {
      const reopened = await reopenList(tx, app, actor, arrangement, input.reason)
      if (!reopened.ok) return reopened
    }
    const at = app.clock.now()
    await setDrawVoided(tx, draw.id, input.reason, at)
    if (family.state === 'running') await setFamilyState(tx, family.id, 'announced', at)
    await record(tx, {
      name: events['draw.voided'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      clause: 'AH-10',
      data: { commitment: draw.commitment, reason: input.reason, drawn: draw.drawnAt !== null },
    })
    return ok({ sittings: members.length })
  })
}

type ReleaseRefusal =
  | FamilyRefusal
  | RefusalOf<typeof no, 'ARRANGEMENT_NOT_FOUND' | 'FAMILY_STATE_WRONG' | 'ARRANGEMENT_SEALED'>
  | Refusal

/** Takes a member sitting out before the draw, so that one institution's delay does not hold up the others. */
export function releaseFromFamily(
  app: App,
  actor: Actor,
  input: { familyId: string; sittingId: string; reason: string },
): Promise<Result<{ id: string }, ReleaseRefusal>> {
  return transact<{ id: string }, ReleaseRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced')
    if (wrong) return refuse(wrong)
    const member = (await lockMembers(tx, family)).find(
      ({ arrangement }) => arrangement.sittingId === input.sittingId,
    )
    if (!member) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const reopened = await reopenList(tx, app, actor, member.arrangement, input.reason)
    if (!reopened.ok) return reopened
    await setFamily(tx, input.sittingId, null)
    await record(tx, {
      name: events['family.left'],
      at: app.clock.now(),
      actor,
      subjects: [`exam-family:${family.id}`, `sitting:${input.sittingId}`],
      data: { sitting: member.number, reason: input.reason },
    })
    return ok({ id: input.sittingId })
  })
}
