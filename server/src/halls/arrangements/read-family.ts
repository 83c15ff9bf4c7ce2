import { occupationName } from '../../institutions/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type Refusal, refuse } from '../../platform/result.ts'
import { drawsOf } from '../seating/store.ts'
import { whyNotAnnounceable, whyNotIn } from './family.ts'
import { shownDraw } from './read-arrangement.ts'
import { no } from './refusals.ts'
import { listArrangements } from './store/arrangements.ts'
import { findFamilyInScope, memberSittings, membersOf, siteProgress } from './store/families.ts'

/** A joint examination with its members, sites and how far each is. An institution sees its own part of that. */
export async function readFamily(app: App, actor: Actor, input: { familyId: string }) {
  const scope = scopeOf(actor)
  const family = await findFamilyInScope(app.db, input.familyId, scope)
  if (!family) return refuse(no.FAMILY_NOT_FOUND())
  const own = (row: { organisationId: string }) =>
    scope.kind !== 'organisation' || row.organisationId === scope.organisationId
  const members = (await membersOf(app.db, family.id)).filter(own)
  const sittings = await memberSittings(app.db, family.id)
  const progress = (await siteProgress(app.db, family.id, app.clock.now())).filter(own)
  const names = new Map(
    (
      await findOrganisations(app.db, {
        ids: [...new Set([...members, ...sittings].map((one) => one.organisationId))],
      })
    ).map((one) => [one.id, one.name]),
  )
  const [draw] = await drawsOf(app.db, { familyId: family.id })
  const standing = draw && !draw.voidedAt ? draw : undefined
  const me = scope.kind === 'organisation' ? members.find(own) : undefined
  const province = actor.role === 'provincial_officer'
  const act = (is: boolean, refusal: Refusal | undefined) => (is ? allowedIf(refusal) : null)
  const announced = whyNotIn(family, 'announced')
  const institution = actor.role === 'evaluation_manager'
  const mine = institution ? await ownSittings(app, actor, family.id) : []
  return ok({
    ...family,
    occupationName: (await occupationName(app.db, family.occupationId)) ?? family.occupationId,
    members: members.map((one) => ({ ...one, organisation: names.get(one.organisationId) ?? '' })),
    sittings: sittings
      .filter(own)
      .map((one) => ({ ...one, organisation: names.get(one.organisationId) ?? '' })),
    progress: progress.map((one) => ({ ...one, organisation: names.get(one.organisationId) ?? '' })),
    draws: (await drawsOf(app.db, { familyId: family.id })).map(shownDraw),
    joinable: mine,
    actions: {
      settle: act(province, whyNotIn(family, 'drafted')),
      announce: act(province, family.state === 'announced' ? undefined : whyNotAnnounceable(family)),
      commit: act(province, announced ?? (standing ? no.DRAW_COMMITTED_ALREADY() : undefined)),
      draw: act(
        province,
        announced ??
          (standing ? undefined : no.DRAW_NOT_COMMITTED()) ??
          (sittings.length === 0 ? no.FAMILY_EMPTY() : undefined) ??
          (standing?.committedBy === actor.accountId ? no.PUBLIC_VALUE_SAME_PERSON() : undefined),
      ),
      voidDraw: act(
        province,
        whyNotIn(family, 'announced', 'running') ?? (standing ? undefined : no.DRAW_NOT_COMMITTED()),
      ),
      release: act(province, announced),
      end: act(province, whyNotIn(family, 'drafted', 'announced', 'running')),
      answer: act(institution, announced ?? (me?.state === 'invited' ? undefined : no.FAMILY_ANSWERED())),
      join: act(institution, announced ?? (me?.state === 'accepted' ? undefined : no.FAMILY_NOT_INVITED())),
    },
    timeline: await timeline(app.db, `exam-family:${family.id}`),
  })
}

const MOST_TO_CHOOSE = 200

/** The institution's own sittings in preparation that belong to no joint examination yet. */
async function ownSittings(app: App, actor: Actor, familyId: string) {
  const { rows } = await listArrangements(app.db, scopeOf(actor), {
    state: 'preparing',
    page: 1,
    size: MOST_TO_CHOOSE,
  })
  return rows
    .filter((row) => row.familyId !== familyId && row.familyId === null)
    .map(({ sittingId, number, title }) => ({ sittingId, number, title }))
}
