import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { checksSince, findByCode, findByNumber, insertVerification } from '../store/verifications.ts'
import { NOT_FOUND_ANSWER, type PublicAnswer, publicAnswer } from './public-answer.ts'

export type VerifyInput = { number: string; name: string } | { code: string }

const WINDOW_MINUTES = 10
/** Enough for a clerk with a pile of paper, too little to try numbers out. */
const MOST_CHECKS = 60
const MOST_MISSES = 10

/**
 * The public check (HB-4.4), by number and name or by the code of the QR, for training and level certificates. A wrong
 * name and a wrong number get the same answer; every check is recorded; an address that keeps guessing is stopped.
 */
export function verifyCertificate(
  app: App,
  asking: { actor: Actor; ip: string },
  input: VerifyInput,
): Promise<Result<PublicAnswer, RefusalOf<typeof no, 'VERIFY_TOO_OFTEN'>>> {
  return transact<PublicAnswer, RefusalOf<typeof no, 'VERIFY_TOO_OFTEN'>>(app.db, async (tx) => {
    const at = app.clock.now()
    const asker = app.crypto.blindIndex(asking.ip, 'verification-asker')
    const checks = await checksSince(tx, asker, new Date(at.getTime() - WINDOW_MINUTES * 60_000))
    if (checks.all >= MOST_CHECKS || checks.missed >= MOST_MISSES) {
      return refuse(no.VERIFY_TOO_OFTEN({ minutes: WINDOW_MINUTES }))
    }
    const method = 'code' in input ? 'code' : 'number'
    const certificate =
      'code' in input
        ? await findByCode(tx, input.code)
        : await findByNumber(tx, plainNumber(input.number), plainName(input.name))
    await insertVerification(tx, { method, certificate, asker, at })
    await record(tx, {
      name: events['certificate.checked'],
      at,
      actor: asking.actor,
      subjects: certificate ? [`${certificate.kind}-certificate:${certificate.id}`] : [],
      data: { method, found: certificate !== undefined, kind: certificate?.kind ?? null },
    })
    return ok(certificate ? publicAnswer(certificate) : NOT_FOUND_ANSWER)
  })
}

function plainNumber(number: string): string {
  return number.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .replace(/[•‧・．.]/g, '·')
    .replace(/\s+/g, ' ')
}
