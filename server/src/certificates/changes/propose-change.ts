import { openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import {
  CERTIFICATE_STATES,
  CHANGE_KINDS,
  CHANGES_FROM,
  type ChangeKind,
  type LevelCertificate,
} from '../level-certificate.ts'
import { no } from '../refusals.ts'
import { lockCertificate } from '../store/certificates.ts'
import { type Corrected, findOpenChange, insertChange } from '../store/changes.ts'

export interface ProposeChangeInput {
  certificateId: string
  kind: ChangeKind
  reason: string
  clause: string
  /** Of a correction: the words that are wrong, as they should read. */
  corrected?: Corrected | undefined
}

export type ProposeChangeRefusal = RefusalOf<
  typeof no,
  'LEVEL_CERTIFICATE_NOT_FOUND' | 'LEVEL_CERTIFICATE_STATE' | 'CHANGE_ALREADY_OPEN' | 'CHANGE_NOTHING'
>

/**
 * Proposes to correct, withdraw or reinstate a certificate (HB-6.3). Nothing changes yet: a second person decides.
 */
export function proposeChange(
  app: App,
  actor: Actor,
  input: ProposeChangeInput,
): Promise<Result<{ id: string }, ProposeChangeRefusal>> {
  return transact<{ id: string }, ProposeChangeRefusal>(app.db, async (tx) => {
    const certificate = await lockCertificate(tx, actor, input.certificateId)
    if (!certificate) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
    const forbidden = stateForbids(certificate, input.kind)
    if (forbidden) return refuse(forbidden)
    const open = await findOpenChange(tx, certificate.id)
    if (open) return refuse(no.CHANGE_ALREADY_OPEN({ by: open.proposedByName }))
    const corrected = input.kind === 'correction' ? differences(certificate, input.corrected ?? {}) : null
    if (corrected && Object.keys(corrected).length === 0) return refuse(no.CHANGE_NOTHING())

    assert(actor.accountId && actor.organisation, 'a change is proposed by staff')
    const at = app.clock.now()
    const id = await insertChange(tx, {
      certificateId: certificate.id,
      kind: input.kind,
      reason: input.reason,
      clause: input.clause,
      corrected,
      proposedBy: actor.accountId,
      proposedByName: actor.name,
      at,
    })
    assert(id, 'the certificate is locked and has no open change')
    await record(tx, {
      name: events['level-certificate.change-proposed'],
      at,
      actor,
      subjects: [`level-certificate:${certificate.id}`],
      clause: input.clause,
      data: { kind: input.kind, reason: input.reason, corrected: Object.keys(corrected ?? {}) },
    })
    await openDuty(tx, app, {
      kind: 'certificates.decide-change',
      subject: `certificate-change:${id}`,
      title: `复核证书${CHANGE_KINDS[input.kind]}：${certificate.number}`,
      link: `/certificates/issued/${certificate.id}`,
      holder: { organisationId: actor.organisation.id, role: actor.role },
      startedOn: app.clock.today(),
      clause: input.clause,
      provinceCode: certificate.provinceCode,
      cityCode: certificate.cityCode,
      actor,
    })
    return ok({ id })
  })
}

export function stateForbids(
  certificate: Pick<LevelCertificate, 'state'>,
  kind: ChangeKind,
): RefusalOf<typeof no, 'LEVEL_CERTIFICATE_STATE'> | undefined {
  if (certificate.state === CHANGES_FROM[kind]) return undefined
  return no.LEVEL_CERTIFICATE_STATE({ state: CERTIFICATE_STATES[certificate.state], act: CHANGE_KINDS[kind] })
}

function differences(certificate: LevelCertificate, corrected: Corrected): Corrected {
  const changed: Corrected = {}
  if (corrected.holderName !== undefined && corrected.holderName !== certificate.holderName) {
    changed.holderName = corrected.holderName
  }
  if (corrected.direction !== undefined && corrected.direction !== certificate.direction) {
    changed.direction = corrected.direction
  }
  return changed
}
