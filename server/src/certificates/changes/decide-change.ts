import { fulfilDuty } from '../../duties/index.ts'
import { replaceKnownFact } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { makeCertificates } from '../issuing/make-certificates.ts'
import { appendToRegister } from '../issuing/register.ts'
import type { LevelCertificate } from '../level-certificate.ts'
import { no } from '../refusals.ts'
import { lockCertificate, setCertificateState } from '../store/certificates.ts'
import { type CertificateChange, decideChangeRow, lockChange } from '../store/changes.ts'
import { stateForbids } from './propose-change.ts'

export interface DecideChangeInput {
  changeId: string
  decision: 'approved' | 'rejected'
  reason?: string | undefined
}

export type DecideChangeRefusal = RefusalOf<
  typeof no,
  'CHANGE_NOT_FOUND' | 'CHANGE_DECIDED' | 'CHANGE_SAME_PERSON' | 'LEVEL_CERTIFICATE_STATE'
>

/** The second person decides a correction, withdrawal or reinstatement; approved, it takes effect at once (HB-6.3). */
export function decideChange(
  app: App,
  actor: Actor,
  input: DecideChangeInput,
): Promise<Result<{ certificateId: string; successorId: string | null }, DecideChangeRefusal>> {
  return transact<{ certificateId: string; successorId: string | null }, DecideChangeRefusal>(
    app.db,
    async (tx) => {
      const change = await lockChange(tx, actor, input.changeId)
      if (!change) return refuse(no.CHANGE_NOT_FOUND())
      if (change.decision) return refuse(no.CHANGE_DECIDED())
      if (change.proposedBy === actor.accountId) return refuse(no.CHANGE_SAME_PERSON())
      const certificate = defined(
        await lockCertificate(tx, actor, change.certificateId),
        'the certificate of a change',
      )
      assert(actor.accountId, 'a change is decided by staff')

      let successorId: string | null = null
      if (input.decision === 'approved') {
        const forbidden = stateForbids(certificate, change.kind)
        if (forbidden) return refuse(forbidden)
        successorId = await takeEffect(tx, app, { actor, change, certificate })
      } else {
        await record(tx, {
          name: events['level-certificate.change-rejected'],
          at: app.clock.now(),
          actor,
          subjects: [`level-certificate:${certificate.id}`],
          clause: change.clause,
          data: { kind: change.kind, reason: input.reason ?? null },
        })
      }
      await decideChangeRow(tx, change.id, {
        decision: input.decision,
        by: actor.accountId,
        byName: actor.name,
        reason: input.reason ?? null,
        successorId,
        at: app.clock.now(),
      })
      await fulfilDuty(tx, app, {
        kind: 'certificates.decide-change',
        subject: `certificate-change:${change.id}`,
        actor,
      })
      return ok({ certificateId: certificate.id, successorId })
    },
  )
}

async function takeEffect(
  tx: Tx,
  app: App,
  act: { actor: Actor; change: CertificateChange; certificate: LevelCertificate },
): Promise<string | null> {
  const { actor, change, certificate } = act
  const on = app.clock.today()
  const at = app.clock.now()
  const subjects = [`level-certificate:${certificate.id}` as const, `person:${certificate.personId}` as const]
  const data = { number: certificate.number, reason: change.reason }
  const moved = { certificateId: certificate.id, statement: certificate.statement }
  const held = {
    actor,
    personId: certificate.personId,
    kind: 'levelCertificates' as const,
    number: certificate.number,
  }
  switch (change.kind) {
    case 'withdrawal':
      await setCertificateState(tx, certificate.id, {
        state: 'withdrawn',
        reason: change.reason,
        clause: change.clause,
        on,
      })
      await record(tx, {
        name: events['level-certificate.withdrawn'],
        at,
        actor,
        subjects,
        clause: change.clause,
        data,
      })
      await replaceKnownFact(tx, app, { ...held, change: (value) => ({ ...value, withdrawnOn: on }) })
      await enqueue(tx, 'certificates.level-ended', { certificateId: certificate.id, successorId: null })
      await appendToRegister(tx, [{ ...moved, kind: 'withdrawn' }], on)
      return null
    case 'reinstatement':
      await setCertificateState(tx, certificate.id, { state: 'issued', reason: null, clause: null, on })
      await record(tx, {
        name: events['level-certificate.reinstated'],
        at,
        actor,
        subjects,
        clause: change.clause,
        data,
      })
      await replaceKnownFact(tx, app, { ...held, change: ({ withdrawnOn: _, ...value }) => value })
      await enqueue(tx, 'certificates.level-issued', { certificateId: certificate.id })
      await appendToRegister(tx, [{ ...moved, kind: 'reinstated' }], on)
      return null
    case 'correction': {
      // The earlier one ends first: one item has one valid certificate.
      await setCertificateState(tx, certificate.id, {
        state: 'corrected',
        reason: change.reason,
        clause: change.clause,
        on,
      })
      const corrected = change.corrected ?? {}
      const [successor] = await makeCertificates(
        tx,
        app,
        [
          {
            personId: certificate.personId,
            holderName: corrected.holderName ?? certificate.holderName,
            maskedIdNumber: certificate.maskedIdNumber,
            occupationId: certificate.occupationId,
            occupationName: certificate.occupationName,
            direction: corrected.direction === undefined ? certificate.direction : corrected.direction,
            level: certificate.level,
            organisationId: certificate.organisationId,
            organisationName: certificate.organisationName,
            provinceCode: certificate.provinceCode,
            cityCode: certificate.cityCode,
            reportItemId: certificate.reportItemId,
            supersedesId: certificate.id,
          },
        ],
        {
          provinceCode: certificate.provinceCode,
          level: certificate.level,
          on,
          supersedes: certificate.number,
        },
      )
      assert(successor, 'a correction makes a successor')
      // The level has been held since the first certificate, whatever was corrected on it.
      await replaceKnownFact(tx, app, {
        ...held,
        change: (value) => ({ ...value, number: successor.number }),
      })
      await record(
        tx,
        {
          name: events['level-certificate.corrected'],
          at,
          actor,
          subjects,
          clause: change.clause,
          data: { ...data, successor: successor.number },
        },
        {
          name: events['level-certificate.issued'],
          at,
          actor,
          subjects: [`level-certificate:${successor.id}`, `person:${successor.personId}`],
          data: { number: successor.number, keyId: successor.keyId, supersedes: certificate.number },
        },
      )
      await enqueue(tx, 'certificates.level-ended', {
        certificateId: certificate.id,
        successorId: successor.id,
      })
      await enqueue(tx, 'certificates.level-issued', { certificateId: successor.id })
      await appendToRegister(
        tx,
        [
          { ...moved, kind: 'corrected' },
          { certificateId: successor.id, kind: 'issued', statement: successor.statement },
        ],
        on,
      )
      return successor.id
    }
  }
}
