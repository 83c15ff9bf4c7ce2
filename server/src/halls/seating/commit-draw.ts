import { randomBytes, randomUUID } from 'node:crypto'
import { minuteOf } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { whyNotPreparing } from '../arrangements/arrangement.ts'
import { events } from '../arrangements/audit-events.ts'
import { no } from '../arrangements/refusals.ts'
import { lockArrangement } from '../arrangements/store/arrangements.ts'
import { findFamilyNumber } from '../arrangements/store/families.ts'
import { type DrawOf, insertDraw } from './store.ts'
import { sha256 } from './stream.ts'

const SEED_BYTES = 32
/** The list must still be closed before the value is known, and that takes people a while. */
const LEAST_HOURS_AHEAD = 1

export interface Commitment {
  publicSource: string
  publicExpectedAt: Date
}
type CommitInRefusal = RefusalOf<typeof no, 'PUBLIC_VALUE_TOO_SOON' | 'DRAW_COMMITTED_ALREADY'>
type CommitRefusal =
  | CommitInRefusal
  | RefusalOf<
      typeof no,
      'ARRANGEMENT_NOT_FOUND' | 'ARRANGEMENT_NOT_PREPARING' | 'REGISTRATION_CLOSED' | 'FAMILY_DRAWS'
    >

/**
 * Makes a seed and publishes its hash, with the public value that will be mixed in. Nobody can choose the seats any
 * more: not the seed's keeper, who does not know the value, and not the value's source, which does not know the seed.
 */
export function commitDraw(
  app: App,
  actor: Actor,
  input: Commitment & { sittingId: string },
): Promise<Result<{ commitment: string }, CommitRefusal>> {
  return transact<{ commitment: string }, CommitRefusal>(app.db, async (tx) => {
    const one = await lockArrangement(tx, input.sittingId, defined(actor.organisation, 'an institution').id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const refusal = whyNotPreparing(one)
    if (refusal) return refuse(refusal)
    if (one.familyId) return refuse(no.FAMILY_DRAWS({ family: await findFamilyNumber(tx, one.familyId) }))
    return commitIn(tx, app, actor, { sittingId: one.sittingId }, input)
  })
}

/** The same for a joint examination, whose one seed serves every member sitting. */
export async function commitIn(
  tx: Tx,
  app: App,
  actor: Actor,
  of: DrawOf,
  input: Commitment,
): Promise<Result<{ commitment: string }, CommitInRefusal>> {
  const at = app.clock.now()
  if (input.publicExpectedAt.getTime() < at.getTime() + LEAST_HOURS_AHEAD * 3_600_000)
    return refuse(no.PUBLIC_VALUE_TOO_SOON())
  const id = randomUUID()
  const seed = randomBytes(SEED_BYTES)
  const commitment = sha256(seed)
  const made = await insertDraw(tx, of, {
    id,
    commitment,
    seedSealed: app.crypto.encryptField(seed.toString('hex'), seedContext(id)),
    publicSource: input.publicSource,
    publicExpectedAt: input.publicExpectedAt,
    committedBy: defined(actor.accountId, 'an account'),
    committedByName: actor.name,
    committedAt: at,
  })
  if (!made) return refuse(no.DRAW_COMMITTED_ALREADY())
  await record(tx, {
    name: events['draw.committed'],
    at,
    actor,
    subjects: ['sittingId' in of ? `sitting:${of.sittingId}` : `exam-family:${of.familyId}`],
    data: {
      commitment,
      publicSource: input.publicSource,
      publicExpectedAt: minuteOf(input.publicExpectedAt),
    },
  })
  return ok({ commitment })
}

export const seedContext = (drawId: string) => `halls.draw-seed:${drawId}`
