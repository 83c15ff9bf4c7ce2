import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type Allowed, allowedIf } from '../../platform/result.ts'
import { type ChangeKind, type LevelCertificate, whoAnswers } from '../level-certificate.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { findCertificate, type RegisterEntry, registerEntriesOf } from '../store/certificates.ts'
import { type CertificateChange, changesOf } from '../store/changes.ts'
import { certificateRelations } from '../store/verifications.ts'
import { type PublicAnswer, publicAnswer } from '../verification/public-answer.ts'
import { stateForbids } from './propose-change.ts'

interface CertificatePage extends LevelCertificate {
  answers: string
  reportId: string
  supersedesNumber: string | null
  successorId: string | null
  successorNumber: string | null
  signature: string
}

export type CertificateView = Omit<CertificatePage, 'signature'> & {
  signature: { keyId: string; algorithm: string; holds: boolean }
  register: RegisterEntry[]
  checks: number
  publicNow: PublicAnswer
  publicAfter: Record<ChangeKind, PublicAnswer>
  changes: CertificateChange[]
  actions: Partial<Record<ChangeKind | 'decide', Allowed>>
}

/** A certificate as its page shows it: its words, its trail, what the public reads, and what the viewer may do. */
export async function readCertificate(
  app: App,
  actor: Actor,
  certificateId: string,
): Promise<CertificateView | undefined> {
  const certificate = await findCertificate(app.db, actor, certificateId)
  if (!certificate) return undefined
  const relations = await certificateRelations(app.db, certificateId)
  const changes = await changesOf(app.db, certificateId)
  const open = changes.find((one) => one.decision === null)
  const { statement, signature, keyId } = certificate
  const registered = {
    ...certificate,
    kind: 'level' as const,
    hours: null,
    startsOn: null,
    endsOn: null,
    supersedesNumber: relations.supersedesNumber,
    successorNumber: relations.successorNumber,
  }
  const today = app.clock.today()
  const after = (state: LevelCertificate['state'], successorNumber: string | null) =>
    publicAnswer({ ...registered, state, changedOn: today, successorNumber })
  const actions: CertificateView['actions'] = {}
  if (may['level-certificates.change'].roles.includes(actor.role)) {
    const waiting = open && no.CHANGE_ALREADY_OPEN({ by: open.proposedByName })
    for (const kind of ['correction', 'withdrawal', 'reinstatement'] as const) {
      actions[kind] = allowedIf(stateForbids(certificate, kind) ?? waiting)
    }
    if (open) {
      actions.decide = allowedIf(open.proposedBy === actor.accountId ? no.CHANGE_SAME_PERSON() : undefined)
    }
  }
  return {
    ...certificate,
    ...relations,
    answers: whoAnswers('level', certificate.organisationName),
    signature: {
      keyId,
      algorithm: 'Ed25519',
      holds: app.crypto.verify(statement, { keyId, algorithm: 'Ed25519', value: signature }),
    },
    register: await registerEntriesOf(app.db, certificateId),
    publicNow: publicAnswer(registered),
    publicAfter: {
      correction: after('corrected', '（新证书编号）'),
      withdrawal: after('withdrawn', null),
      reinstatement: after('issued', null),
    },
    changes,
    actions,
  }
}
