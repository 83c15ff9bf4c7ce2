import { minuteOf } from '../../exams/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { allowedIf, ok, type Refusal, refuse } from '../../platform/result.ts'
import type { Draw } from '../seating/store.ts'
import { invigilatorsNeeded, whyNotDrawable, whyNotPreparing, whyNotStaffable } from './arrangement.ts'
import { expectedIn, invigilatorChoices } from './assign-invigilators.ts'
import { checklist } from './checklist.ts'
import { type ArrangementFacts, factsOfArrangement } from './facts-of.ts'
import { whyNotPublishable } from './publish-tickets.ts'
import { no } from './refusals.ts'
import { findArrangement, hallChoices } from './store/arrangements.ts'
import { findFamily } from './store/families.ts'
import { accommodationsOf } from './store/staff.ts'

/** An arrangement with what is missing, who has which hall, the draw and what the viewer may do. */
export async function readArrangement(app: App, actor: Actor, input: { sittingId: string }) {
  const one = await findArrangement(app.db, input.sittingId, scopeOf(actor))
  if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
  const facts = await factsOfArrangement(app.db, app, one)
  const { sitting, halls, invigilators, readiness } = facts
  const [organisation] = await findOrganisations(app.db, { ids: [one.organisationId] })
  const family = one.familyId ? await findFamily(app.db, one.familyId) : undefined
  const needs = actor.role === 'evaluation_manager' ? await accommodationsOf(app.db, one.sittingId) : []
  const preparing = whyNotPreparing(one)
  return ok({
    sittingId: one.sittingId,
    number: sitting.number,
    title: sitting.title,
    organisation: organisation?.name ?? '',
    level: sitting.level,
    sittingState: sitting.state,
    state: one.state,
    family: family ? { id: family.id, number: family.number, title: family.title } : null,
    startsAt: sitting.startsAt,
    endsAt: sitting.endsAt,
    parts: sitting.parts,
    forms: one.forms,
    rules: one.rules,
    candidates: readiness.candidates,
    seated: readiness.seated,
    registrationClosedAt: one.registrationClosedAt,
    inputsSha256: one.drawInputsSha256,
    drawnAt: one.drawnAt,
    proofSha256: one.drawProofSha256,
    ticketsPublishedAt: one.ticketsPublishedAt,
    sealedAt: one.sealedAt,
    checklist: checklist(facts),
    halls: halls.map((hall) => {
      const expected = expectedIn(hall, halls, readiness.candidates)
      return {
        ...hall,
        expected,
        needed: invigilatorsNeeded(one.rules, expected),
        invigilators: invigilators
          .filter((each) => each.hallId === hall.hallId)
          .map(({ accountId, name, role }) => ({ accountId, name, role })),
      }
    }),
    accommodations: needs.map((need) => ({
      ...need,
      mayDecide:
        need.decision === null
          ? allowedIf(
              need.proposedBy === actor.accountId
                ? no.ACCOMMODATION_SAME_PERSON()
                : need.accessibleSeat && one.registrationClosedAt
                  ? no.ACCOMMODATION_TOO_LATE()
                  : undefined,
            )
          : null,
    })),
    draws: facts.draws.map(shownDraw),
    actions: actionsOf(actor, facts, preparing, family?.number),
    timeline: await timeline(app.db, `sitting:${one.sittingId}`),
  })
}

function actionsOf(
  actor: Actor,
  facts: ArrangementFacts,
  preparing: Refusal | undefined,
  family: string | undefined,
) {
  const { arrangement: one, readiness, sitting } = facts
  const manager = actor.role === 'evaluation_manager'
  const act = (refusal: Refusal | undefined) => (manager ? allowedIf(refusal) : null)
  const draw = facts.draws.find((each) => !each.voidedAt)
  const ofFamily = family ? no.FAMILY_DRAWS({ family }) : undefined
  const staffable = whyNotStaffable(one)
  return {
    chooseHalls: act(preparing),
    assign: act(staffable ?? (facts.halls.length === 0 ? no.HALLS_MISSING() : undefined)),
    accommodate: act(staffable ?? (one.sealedAt ? no.ARRANGEMENT_SEALED({ state: '已封卷' }) : undefined)),
    commit: act(ofFamily ?? preparing ?? (draw ? no.DRAW_COMMITTED_ALREADY() : undefined)),
    closeRegistration: act(
      preparing ??
        (draw ? undefined : no.DRAW_NOT_COMMITTED()) ??
        (facts.halls.length === 0 ? no.HALLS_MISSING() : undefined) ??
        (readiness.undecided > 0 ? no.ACCOMMODATIONS_UNDECIDED({ count: readiness.undecided }) : undefined),
    ),
    draw: act(
      ofFamily ??
        whyNotDrawable(one) ??
        (draw?.committedBy === actor.accountId ? no.PUBLIC_VALUE_SAME_PERSON() : undefined),
    ),
    voidDraw: act(
      ofFamily ??
        (draw ? undefined : no.DRAW_NOT_COMMITTED()) ??
        (one.sealedAt || sitting.state !== 'planned'
          ? no.ARRANGEMENT_SEALED({ state: '已封卷' })
          : undefined),
    ),
    publishTickets: act(whyNotPublishable(facts)),
    print:
      manager || actor.role === 'invigilator'
        ? allowedIf(one.drawnAt ? undefined : no.SEATS_NOT_DRAWN())
        : null,
  }
}

/** A draw as anybody may see it: never the seed, and the value only once it has decided. */
export function shownDraw(draw: Draw) {
  return {
    commitment: draw.commitment,
    committedAt: draw.committedAt,
    committedByName: draw.committedByName,
    publicSource: draw.publicSource,
    publicExpectedAt: draw.publicExpectedAt,
    publicValue: draw.publicValue,
    publicKnownAt: draw.publicKnownAt,
    publicByName: draw.publicByName,
    drawnAt: draw.drawnAt,
    voidedAt: draw.voidedAt,
    voidedReason: draw.voidedReason,
  }
}

/** What the manager chooses from: halls that are free, invigilators with what stands in their way. */
export async function arrangementChoices(app: App, actor: Actor, input: { sittingId: string }) {
  const one = await findArrangement(app.db, input.sittingId, scopeOf(actor))
  if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
  const { sitting } = await factsOfArrangement(app.db, app, one)
  return ok({
    halls: await hallChoices(app.db, one.sittingId, one.organisationId),
    invigilators: await invigilatorChoices(app.db, {
      sittingId: one.sittingId,
      organisationId: one.organisationId,
      on: dayOf(sitting.startsAt),
    }),
    startsAt: minuteOf(sitting.startsAt),
  })
}
