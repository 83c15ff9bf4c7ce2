import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { creditsOfPerson, findSameProof, insertProof } from './store.ts'

export type IssueProofRefusal = RefusalOf<typeof no, 'HOURS_NONE_IN_YEAR'>

/** A person's own proof of the hours of one year (HB-5.1). While nothing has changed it is the same paper again. */
export function issueProof(
  app: App,
  actor: Actor,
  input: { year: number },
): Promise<Result<{ id: string; number: string }, IssueProofRefusal>> {
  return transact<{ id: string; number: string }, IssueProofRefusal>(app.db, async (tx) => {
    const { personId } = actor
    const credits = personId ? await creditsOfPerson(tx, personId) : []
    const standing = credits.filter((one) => one.year === input.year && one.revokedOn === null)
    if (!personId || standing.length === 0) return refuse(no.HOURS_NONE_IN_YEAR({ year: input.year }))
    const creditIds = standing.map((one) => one.id).sort()
    const same = await findSameProof(tx, personId, input.year, creditIds)
    if (same) return ok({ id: same.id, number: same.number })

    const at = app.clock.now()
    const totalTenths = standing.reduce((sum, one) => sum + one.hoursTenths, 0)
    const serial = await takeNumbers(tx, `benefits.hours-proof.${input.year}`)
    const number = `XSZM-${input.year}-${String(serial).padStart(6, '0')}`
    const id = await insertProof(tx, {
      number,
      code: app.crypto.randomCode(),
      personId,
      year: input.year,
      totalTenths,
      creditIds,
      issuedOn: app.clock.today(),
      at,
    })
    await record(tx, {
      name: events['hours-proof.issued'],
      at,
      actor,
      subjects: [`person:${personId}`],
      data: { number, year: input.year, hours: totalTenths / 10 },
    })
    return ok({ id, number })
  })
}
