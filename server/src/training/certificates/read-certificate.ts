import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-papers.ts'
import { CERTIFICATE_STATES } from './certificate.ts'
import { changesOfCertificate, findRegisteredCertificate } from './store.ts'

/** A training certificate with who answers for it, its changes, and what may be done now. */
export async function readCertificate(app: App, actor: Actor, input: { certificateId: string }) {
  const one = await findRegisteredCertificate(app.db, actor, input.certificateId)
  if (!one) {
    return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND()) as Result<
      never,
      RefusalOf<typeof no, 'TRAINING_CERTIFICATE_NOT_FOUND'>
    >
  }
  const names = await namesFor(app.db, [])
  const changes = await changesOfCertificate(app.db, one.id)
  const pending = changes.find((change) => change.decision === null)
  const ended =
    one.state === 'issued' ? undefined : no.CERTIFICATE_NOT_VALID({ state: CERTIFICATE_STATES[one.state] })
  const holds = (permission: keyof typeof may) => may[permission].roles.includes(actor.role)
  const { code: _, ...shown } = one
  return ok({
    ...shown,
    occupation: names.occupation(one.occupationId),
    changes: changes.map((change) => ({
      ...change,
      proposedAt: change.proposedAt.toISOString(),
      decidedAt: change.decidedAt?.toISOString() ?? null,
    })),
    actions: {
      ...(holds('training.propose-certificate-change')
        ? { propose: allowedIf(ended ?? (pending ? no.CERTIFICATE_CHANGE_PENDING() : undefined)) }
        : {}),
      ...(holds('training.decide-certificate-change') && pending
        ? {
            decide: allowedIf(
              pending.proposedBy === actor.accountId ? no.CERTIFICATE_CHANGE_SAME_PERSON() : undefined,
            ),
          }
        : {}),
    },
    timeline: await timeline(app.db, `training-certificate:${one.id}`),
  })
}
