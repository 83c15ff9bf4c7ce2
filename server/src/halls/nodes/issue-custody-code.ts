import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { aCode, openPartKeys, wrapForCustody } from './part-keys.ts'
import { no } from './refusals.ts'
import { changePackage, lockPackage, type NodePackage } from './store.ts'
import { subjectsOf, whyNotHeld } from './take-back-hall.ts'

type IssueRefusal = RefusalOf<
  typeof no,
  'NODE_PACKAGE_NOT_FOUND' | 'NODE_PACKAGE_STATE' | 'CUSTODY_SAME_OFFICER' | 'CUSTODY_ISSUED'
>

/**
 * One of the two codes that open a hall's papers at the node together, shown to one officer and never again. Each of the
 * two is worth nothing alone. Once the second one is out, nothing of either stays here.
 */
export function issueCustodyCode(
  app: App,
  actor: Actor,
  input: { packageId: string },
): Promise<Result<{ which: 'first' | 'second'; code: string }, IssueRefusal>> {
  return transact<{ which: 'first' | 'second'; code: string }, IssueRefusal>(app.db, async (tx) => {
    const pack = await lockPackage(tx, input.packageId, scopeOf(actor))
    if (!pack) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = whyNoCode(pack, actor)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    const by = defined(actor.accountId, 'staff has an account')
    const code = aCode()
    const context = `halls.node-custody:${pack.id}`
    const which = pack.firstCustodian === null ? 'first' : 'second'
    if (which === 'first') {
      await changePackage(tx, pack.id, {
        firstCodeSealed: app.crypto.encryptField(code, context),
        firstCustodian: by,
        firstCustodianName: actor.name,
      })
    } else {
      const first = app.crypto.decryptField(defined(pack.firstCodeSealed, 'the first code'), context)
      const keys = openPartKeys(app.crypto, pack.id, defined(pack.keysSealed, 'the keys of the parts'))
      await changePackage(tx, pack.id, {
        custody: wrapForCustody(pack.id, [first, code], keys),
        firstCodeSealed: null,
        secondCustodian: by,
        secondCustodianName: actor.name,
        custodyAt: at,
      })
    }
    await record(tx, {
      name: events['hall-node.custody-issued'],
      at,
      actor,
      subjects: subjectsOf(pack),
      data: { which },
    })
    return ok({ which, code })
  })
}

export function whyNoCode(
  pack: Pick<NodePackage, 'state' | 'firstCustodian' | 'secondCustodian'>,
  actor: Actor,
) {
  const refusal = whyNotHeld(pack)
  if (refusal) return refusal
  if (pack.secondCustodian) return no.CUSTODY_ISSUED()
  return pack.firstCustodian === actor.accountId ? no.CUSTODY_SAME_OFFICER() : undefined
}
