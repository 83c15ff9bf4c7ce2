import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { fulfilDuty } from '../../duties/index.ts'
import { minuteOf } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { readFile, saveFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type Arrangement, whyNotDrawable } from '../arrangements/arrangement.ts'
import { events } from '../arrangements/audit-events.ts'
import { no } from '../arrangements/refusals.ts'
import { lockArrangement } from '../arrangements/store/arrangements.ts'
import { findFamilyNumber } from '../arrangements/store/families.ts'
import { candidateCode, type FrozenDraw, jsonFile } from './close-registration.ts'
import { seedContext } from './commit-draw.ts'
import { type DrawProof, inputsHash, type makeProof, plainValue } from './proof.ts'
import {
  candidatesToSeat,
  type Draw,
  insertSeats,
  lockDraw,
  seatsToDraw,
  setDrawn,
  setSeatsDrawn,
} from './store.ts'

const LEAST_CHARACTERS = 3

export interface PublicValue {
  publicValue: string
  publicKnownAt: Date
}

type ValueRefusal = RefusalOf<
  typeof no,
  'PUBLIC_VALUE_UNREADABLE' | 'PUBLIC_VALUE_EARLY' | 'PUBLIC_VALUE_SAME_PERSON'
>
type DrawRefusal =
  | ValueRefusal
  | RefusalOf<
      typeof no,
      | 'ARRANGEMENT_NOT_FOUND'
      | 'ARRANGEMENT_NOT_PREPARING'
      | 'REGISTRATION_STILL_OPEN'
      | 'DRAW_NOT_COMMITTED'
      | 'FAMILY_DRAWS'
    >

export interface DrawnSitting {
  candidates: number
  proofSha256: string
}

/**
 * The second person enters the public value, and with it everything is decided: seats are drawn at once and the proof
 * goes on show. Whoever committed to the seed cannot enter the value.
 */
export function drawSitting(
  app: App,
  actor: Actor,
  input: PublicValue & { sittingId: string },
): Promise<Result<DrawnSitting, DrawRefusal>> {
  return transact<DrawnSitting, DrawRefusal>(app.db, async (tx) => {
    const one = await lockArrangement(tx, input.sittingId, defined(actor.organisation, 'an institution').id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    if (one.familyId) return refuse(no.FAMILY_DRAWS({ family: await findFamilyNumber(tx, one.familyId) }))
    const refusal = whyNotDrawable(one)
    if (refusal) return refuse(refusal)
    const draw = await lockDraw(tx, { sittingId: one.sittingId })
    if (!draw) return refuse(no.DRAW_NOT_COMMITTED())
    const wrong = whyNotValue(app, actor, draw, input, [one])
    if (wrong) return refuse(wrong)
    await openDraw(tx, app, actor, draw, input)
    return ok(await drawIn(tx, app, actor, { arrangement: one, draw, value: input }))
  })
}

/** Why this value cannot decide the seats of these sittings. */
export function whyNotValue(app: App, actor: Actor, draw: Draw, input: PublicValue, over: Arrangement[]) {
  if (plainValue(input.publicValue).length < LEAST_CHARACTERS) return no.PUBLIC_VALUE_UNREADABLE()
  const closed = over.map((one) => defined(one.registrationClosedAt, 'a closed list').getTime())
  const latest = new Date(Math.max(...closed))
  if (input.publicKnownAt <= latest || input.publicKnownAt >= app.clock.now())
    return no.PUBLIC_VALUE_EARLY({ at: minuteOf(latest) })
  if (draw.committedBy === actor.accountId) return no.PUBLIC_VALUE_SAME_PERSON()
  return undefined
}

export async function openDraw(
  tx: Tx,
  app: App,
  actor: Actor,
  draw: Draw,
  input: PublicValue,
): Promise<void> {
  await setDrawn(tx, draw.id, {
    publicValue: plainValue(input.publicValue),
    publicKnownAt: input.publicKnownAt,
    by: defined(actor.accountId, 'an account'),
    byName: actor.name,
    at: app.clock.now(),
  })
}

/** Draws one sitting over the record made when its list was closed, gives the seats and publishes the proof. */
export async function drawIn(
  tx: Tx,
  app: App,
  actor: Actor,
  of: { arrangement: Arrangement; draw: Draw; value: PublicValue },
): Promise<DrawnSitting> {
  const { sittingId, organisationId } = of.arrangement
  const frozen = await readFrozen(tx, app, of.arrangement)
  const at = app.clock.now()
  const proof = await proofAside({
    ...frozen,
    seed: app.crypto.decryptField(of.draw.seedSealed, seedContext(of.draw.id)),
    publicValue: of.value.publicValue,
    publicKnownAt: of.value.publicKnownAt.toISOString(),
    drawnAt: at.toISOString(),
  })
  await giveSeats(tx, app, sittingId, proof, at)
  const fileId = await saveFile(app, tx, {
    name: `${frozen.before.sitting.number}-抽签证明.json`,
    bytes: jsonFile(proof),
    purpose: 'draw',
    ownerOrganisationId: organisationId,
  })
  await setSeatsDrawn(tx, sittingId, { fileId, sha256: proof.sha256, at })
  await fulfilDuty(tx, app, { kind: 'halls.draw-seats', subject: `sitting:${sittingId}`, actor })
  await record(tx, {
    name: events['seats.drawn'],
    at,
    actor,
    subjects: [`sitting:${sittingId}`],
    data: {
      commitment: proof.before.commitment,
      publicValue: proof.publicValue,
      proofSha256: proof.sha256,
      candidates: proof.report.candidates,
      sameForm: proof.report.sameForm,
      sameGroup: proof.report.sameGroup,
    },
  })
  return { candidates: proof.places.length, proofSha256: proof.sha256 }
}

async function readFrozen(tx: Tx, app: App, one: Arrangement): Promise<FrozenDraw> {
  const file = await readFile(app, defined(one.drawInputsFileId, 'the record of the closed list'), tx)
  const frozen = JSON.parse(new TextDecoder().decode(defined(file, 'its file').bytes)) as FrozenDraw
  assert(
    inputsHash(frozen.inputs) === one.drawInputsSha256,
    'the record of the closed list is what was published',
  )
  return frozen
}

async function proofAside(ask: Parameters<typeof makeProof>[0]): Promise<DrawProof> {
  const thread = new Worker(new URL('./draw-thread.ts', import.meta.url))
  try {
    thread.postMessage(ask)
    const [proof] = (await once(thread, 'message')) as [DrawProof]
    return proof
  } finally {
    await thread.terminate()
  }
}

async function giveSeats(tx: Tx, app: App, sittingId: string, proof: DrawProof, at: Date): Promise<void> {
  const candidates = new Map(
    (await candidatesToSeat(tx, sittingId)).map((one) => [
      candidateCode(app, sittingId, one.candidateId),
      one.candidateId,
    ]),
  )
  const seats = new Map(
    (await seatsToDraw(tx, sittingId)).map((seat) => [`${seat.hallCode}/${seat.label}`, seat]),
  )
  const given = proof.places.map(([code, hall, label, form]) => {
    const seat = defined(seats.get(`${hall}/${label}`), `seat ${label} of ${hall}`)
    return {
      candidateId: defined(candidates.get(code), `the candidate ${code}`),
      hallId: seat.hallId,
      seatId: seat.seatId,
      form,
    }
  })
  await insertSeats(tx, sittingId, given, at)
}
