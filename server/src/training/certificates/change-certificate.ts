import { fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals-of-papers.ts'
import { CERTIFICATE_STATES, type CorrectedFields, type TrainingCertificate } from './certificate.ts'
import { nextCertificateNumbers } from './issue-certificates.ts'
import * as store from './store.ts'

const DUTY = 'training.decide-certificate-change'

export type ProposeChangeInput = { certificateId: string; reason: string } & (
  | { kind: 'correction'; corrected: CorrectedFields }
  | { kind: 'withdrawal' }
)
export type ProposeChangeRefusal = RefusalOf<
  typeof no,
  | 'TRAINING_CERTIFICATE_NOT_FOUND'
  | 'CERTIFICATE_NOT_VALID'
  | 'CERTIFICATE_CHANGE_PENDING'
  | 'CERTIFICATE_CHANGE_EMPTY'
>

/** The issuer says what is wrong with a certificate; somebody else decides (HB-6.3 谁发证、谁负责). */
export async function proposeChange(
  app: App,
  actor: Actor,
  input: ProposeChangeInput,
): Promise<Result<{ id: string }, ProposeChangeRefusal>> {
  return transact<{ id: string }, ProposeChangeRefusal>(app.db, async (tx) => {
    const certificate = await store.lockCertificate(tx, actor, input.certificateId)
    if (!certificate) return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND())
    if (certificate.state !== 'issued') {
      return refuse(no.CERTIFICATE_NOT_VALID({ state: CERTIFICATE_STATES[certificate.state] }))
    }
    const corrected = input.kind === 'correction' ? differing(certificate, input.corrected) : null
    if (corrected && Object.keys(corrected).length === 0) return refuse(no.CERTIFICATE_CHANGE_EMPTY())
    assert(actor.accountId, 'staff have an account')
    const at = app.clock.now()
    const id = await store.insertChange(tx, {
      certificateId: certificate.id,
      kind: input.kind,
      reason: input.reason,
      corrected,
      proposedBy: actor.accountId,
      proposedByName: actor.name,
      proposedAt: at,
    })
    if (!id) return refuse(no.CERTIFICATE_CHANGE_PENDING())
    await record(tx, {
      name: events['training-certificate.change-proposed'],
      at,
      actor,
      subjects: [`training-certificate:${certificate.id}`, `person:${certificate.personId}`],
      data: { kind: input.kind, reason: input.reason, corrected: Object.keys(corrected ?? {}) },
    })
    await openDuty(tx, app, {
      kind: DUTY,
      subject: `training-certificate:${certificate.id}`,
      title: `复核培训证书${input.kind === 'correction' ? '更正' : '撤销'}：${certificate.number}`,
      link: `/training/certificates/${certificate.id}`,
      holder: { organisationId: certificate.organisationId, role: 'training_manager' },
      startedOn: app.clock.today(),
      clause: 'HB-6.3',
      provinceCode: certificate.provinceCode,
      cityCode: certificate.cityCode,
      actor,
    })
    return ok({ id })
  })
}

function differing(certificate: TrainingCertificate, corrected: CorrectedFields): CorrectedFields {
  const { holderName, direction } = corrected
  return {
    ...(holderName !== undefined && holderName !== certificate.holderName ? { holderName } : {}),
    ...(direction !== undefined && direction !== certificate.direction ? { direction } : {}),
  }
}

export type DecideChangeInput = { changeId: string } & (
  | { decision: 'approved' }
  | { decision: 'rejected'; reason: string }
)
export type DecideChangeRefusal = RefusalOf<
  typeof no,
  'CERTIFICATE_CHANGE_NOT_FOUND' | 'CERTIFICATE_CHANGE_SAME_PERSON' | 'CERTIFICATE_NOT_VALID'
>

/** The second person: approval ends the certificate, and for a correction issues its successor. */
export async function decideChange(
  app: App,
  actor: Actor,
  input: DecideChangeInput,
): Promise<Result<{ successorId: string | null }, DecideChangeRefusal>> {
  return transact<{ successorId: string | null }, DecideChangeRefusal>(app.db, async (tx) => {
    const change = await store.findOpenChange(tx, input.changeId)
    const certificate = change && (await store.lockCertificate(tx, actor, change.certificateId))
    if (!change || !certificate) return refuse(no.CERTIFICATE_CHANGE_NOT_FOUND())
    assert(actor.accountId, 'staff have an account')
    if (change.proposedBy === actor.accountId) return refuse(no.CERTIFICATE_CHANGE_SAME_PERSON())
    if (certificate.state !== 'issued') {
      return refuse(no.CERTIFICATE_NOT_VALID({ state: CERTIFICATE_STATES[certificate.state] }))
    }
    const approved = input.decision === 'approved'
    const successorId = approved ? await carryOut(tx, app, certificate, change) : null
    const at = app.clock.now()
    const settled = await store.setChangeDecided(tx, {
      changeId: change.id,
      decision: input.decision,
      by: actor.accountId,
      byName: actor.name,
      reason: input.decision === 'rejected' ? input.reason : null,
      successorId,
      at,
    })
    if (!settled) return refuse(no.CERTIFICATE_CHANGE_NOT_FOUND())
    const done =
      change.kind === 'correction' ? 'training-certificate.corrected' : 'training-certificate.withdrawn'
    await record(tx, {
      name: events[approved ? done : 'training-certificate.change-rejected'],
      at,
      actor,
      subjects: [
        `training-certificate:${certificate.id}`,
        ...(successorId ? [`training-certificate:${successorId}` as const] : []),
        `person:${certificate.personId}`,
        `class:${certificate.classId}`,
      ],
      data: {
        kind: change.kind,
        number: certificate.number,
        reason: input.decision === 'rejected' ? input.reason : change.reason,
      },
    })
    await fulfilDuty(tx, app, { kind: DUTY, subject: `training-certificate:${certificate.id}`, actor })
    return ok({ successorId })
  })
}

async function carryOut(
  tx: Tx,
  app: App,
  certificate: TrainingCertificate & { provinceCode: string },
  change: store.CertificateChange,
): Promise<string | null> {
  const on = app.clock.today()
  const state = change.kind === 'correction' ? 'corrected' : 'withdrawn'
  await store.endCertificate(tx, { id: certificate.id, state, reason: change.reason, on })
  if (!change.corrected) {
    await enqueue(tx, 'training.certificate-ended', { certificateId: certificate.id, successorId: null })
    return null
  }
  const id = crypto.randomUUID()
  const number = (await nextCertificateNumbers(tx, app, certificate.provinceCode, 1))(0)
  await store.insertSuccessor(tx, {
    id,
    number,
    code: app.crypto.randomCode(),
    supersedesId: certificate.id,
    corrected: change.corrected,
    issuedOn: on,
  })
  await enqueue(tx, 'training.certificate-ended', { certificateId: certificate.id, successorId: id })
  await enqueue(tx, 'training.certificate-issued', { certificateId: id })
  return id
}
