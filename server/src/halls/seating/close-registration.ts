import { cancelDuty, openDuty } from '../../duties/index.ts'
import { fixCandidates, lockSittingForHall, minuteOf, type SittingInHall } from '../../exams/index.ts'
import { employersOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { saveFile } from '../../platform/files.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { arrangementLink } from '../arrangements/arrange-sitting.ts'
import { type Arrangement, whyNotPreparing } from '../arrangements/arrangement.ts'
import { events } from '../arrangements/audit-events.ts'
import { no } from '../arrangements/refusals.ts'
import { lockArrangement, readinessOf } from '../arrangements/store/arrangements.ts'
import { findFamilyNumber } from '../arrangements/store/families.ts'
import { type DrawInputs, inOrder, whyNotDrawable } from './draw.ts'
import { type BeforeDraw, inputsHash, PROOF_FORMAT } from './proof.ts'
import { candidatesToSeat, type Draw, lockDraw, seatsToDraw, setRegistrationClosed } from './store.ts'

/** What is kept from the moment the list is closed: the draw is over this and nothing else. */
export interface FrozenDraw {
  before: BeforeDraw
  inputs: DrawInputs
}

type CloseRefusal =
  | RefusalOf<
      typeof no,
      | 'ARRANGEMENT_NOT_FOUND'
      | 'ARRANGEMENT_NOT_PREPARING'
      | 'REGISTRATION_CLOSED'
      | 'DRAW_NOT_COMMITTED'
      | 'PUBLIC_VALUE_KNOWN'
      | 'HALLS_MISSING'
      | 'HALLS_TOO_SMALL'
      | 'ACCESSIBLE_SEATS_SHORT'
      | 'ACCOMMODATIONS_UNDECIDED'
    >
  | Refusal

/**
 * Closes the list of candidates. From now on nobody comes in or goes out, and candidates, halls and needs are put on
 * record under codes that name nobody; the hash of that record is published before the public value can be known.
 */
export function closeRegistration(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ candidates: number; inputsSha256: string }, CloseRefusal>> {
  return transact<{ candidates: number; inputsSha256: string }, CloseRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    // The sitting first: assigning candidates locks it too, so the list cannot change under the record.
    const sitting = await lockSittingForHall(tx, input.sittingId, institution.id)
    const one = sitting && (await lockArrangement(tx, sitting.id, institution.id))
    if (!sitting || !one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const refusal = whyNotPreparing(one)
    if (refusal) return refuse(refusal)
    const draw = await lockDraw(tx, one.familyId ? { familyId: one.familyId } : { sittingId: one.sittingId })
    if (!draw) return refuse(no.DRAW_NOT_COMMITTED())
    const at = app.clock.now()
    if (at >= draw.publicExpectedAt)
      return refuse(no.PUBLIC_VALUE_KNOWN({ at: minuteOf(draw.publicExpectedAt) }))
    const { undecided } = await readinessOf(tx, one.sittingId)
    if (undecided > 0) return refuse(no.ACCOMMODATIONS_UNDECIDED({ count: undecided }))
    const fixed = await fixCandidates(tx, app, sitting, actor)
    if (!fixed.ok) return fixed

    const inputs = await gatherInputs(tx, app, one, dayOf(sitting.startsAt))
    const short = whyNotSeatable(inputs)
    if (short) return refuse(short)
    const frozen = await freeze(tx, { sitting, arrangement: one, draw, inputs, at })
    const fileId = await saveFile(app, tx, {
      name: `${sitting.number}-抽签名单.json`,
      bytes: jsonFile(frozen),
      purpose: 'draw',
      ownerOrganisationId: institution.id,
    })
    const sha256 = frozen.before.inputsSha256
    await setRegistrationClosed(tx, one.sittingId, { fileId, sha256, at })
    if (!one.familyId) await openDrawDuty(tx, app, actor, sitting)
    await record(tx, {
      name: events['registration.closed'],
      at,
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: { candidates: inputs.candidates.length, halls: inputs.halls.length, inputsSha256: sha256 },
    })
    return ok({ candidates: inputs.candidates.length, inputsSha256: sha256 })
  })
}

const DRAW_DUTY = 'halls.draw-seats'

async function openDrawDuty(tx: Tx, app: App, actor: Actor, sitting: SittingInHall): Promise<void> {
  await openDuty(tx, app, {
    kind: DRAW_DUTY,
    subject: `sitting:${sitting.id}`,
    title: `填写公开值并抽签：${sitting.title}`,
    link: arrangementLink(sitting.id),
    holder: { organisationId: sitting.organisationId, role: 'evaluation_manager' },
    startedOn: app.clock.today(),
    clause: 'AH-11',
    provinceCode: sitting.provinceCode,
    cityCode: sitting.cityCode,
    actor,
  })
}

export async function cancelDrawDuty(tx: Tx, app: App, actor: Actor, sittingId: string, reason: string) {
  await cancelDuty(tx, app, { kind: DRAW_DUTY, subject: `sitting:${sittingId}`, reason, actor })
}

/** Who and where, under codes: a candidate's own code stands on the ticket, nobody can tell another's. */
export async function gatherInputs(tx: Tx, app: App, one: Arrangement, on: string): Promise<DrawInputs> {
  const candidates = await candidatesToSeat(tx, one.sittingId)
  const employers = await employersOf(
    tx,
    candidates.map((each) => each.personId),
    on,
  )
  const seats = await seatsToDraw(tx, one.sittingId)
  const groupCode = (key: string) =>
    app.crypto.tag(`${one.sittingId}:${key}`, 'halls.draw-group').slice(0, 12)
  return inOrder({
    forms: one.forms,
    candidates: candidates.map((each) => ({
      code: candidateCode(app, one.sittingId, each.candidateId),
      groups: [each.trainingOrganisationId, ...(employers.get(each.personId) ?? [])].map(groupCode),
      accessible: each.accessible,
    })),
    halls: [...Map.groupBy(seats, (seat) => seat.hallCode)].map(([code, ofHall]) => ({
      code,
      seats: ofHall.map(({ label, row, column, accessible }) => ({ label, row, column, accessible })),
    })),
  })
}

export function candidateCode(app: App, sittingId: string, candidateId: string): string {
  return app.crypto.tag(`${sittingId}:${candidateId}`, 'halls.draw-candidate')
}

function whyNotSeatable(inputs: DrawInputs) {
  const seats = inputs.halls.flatMap((hall) => hall.seats)
  if (inputs.halls.length === 0) return no.HALLS_MISSING()
  const why = whyNotDrawable(inputs)
  if (why === 'seats')
    return no.HALLS_TOO_SMALL({ seats: seats.length, candidates: inputs.candidates.length })
  if (why === 'accessible')
    return no.ACCESSIBLE_SEATS_SHORT({
      seats: seats.filter((seat) => seat.accessible).length,
      needed: inputs.candidates.filter((one) => one.accessible).length,
    })
  return undefined
}

async function freeze(
  tx: Tx,
  of: { sitting: SittingInHall; arrangement: Arrangement; draw: Draw; inputs: DrawInputs; at: Date },
): Promise<FrozenDraw> {
  const { sitting, draw, inputs } = of
  const familyId = of.arrangement.familyId
  return {
    before: {
      format: PROOF_FORMAT,
      sitting: { number: sitting.number, title: sitting.title, startsAt: sitting.startsAt.toISOString() },
      family: familyId ? await findFamilyNumber(tx, familyId) : null,
      commitment: draw.commitment,
      committedAt: draw.committedAt.toISOString(),
      publicSource: draw.publicSource,
      publicExpectedAt: draw.publicExpectedAt.toISOString(),
      registrationClosedAt: of.at.toISOString(),
      inputsSha256: inputsHash(inputs),
    },
    inputs,
  }
}

/** Text that no browser and no check of uploads takes for a page. */
export function jsonFile(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value).replaceAll('<', '\\u003c'))
}
