import { cancelDuty, type DutyHolder, fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { SubjectKey } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Declaration } from './declaration.ts'
import { lockBatches } from './store/batches.ts'
import { countInState } from './store/declarations.ts'

/**
 * Two desks owe something about a declaration: the evaluation institution its confirmation, the declarant what was
 * asked for. A batch is one duty, settled when none of its declarations waits any more. The texts set no day.
 */
const DESKS = {
  'exams.confirm-qualification': { state: 'submitted', act: '资格确认' },
  'exams.supplement-declaration': { state: 'returned', act: '补正等级申报' },
} as const
export type DeclarationDuty = keyof typeof DESKS

const CLAUSE = 'HB-4.4'

export const declarationLink = (id: string) => `/exams/declarations/${id}`
/** A learner's duty leads to the portal. */
const ownLink = (id: string) => `/mine/declarations/${id}`
export const batchLink = (id: string) => `/exams/batches/${id}`

/** Opens, keeps or settles the duties of these declarations after an act on them. */
export async function settleDeclarationDuties(
  tx: Tx,
  app: App,
  actor: Actor,
  declarations: Declaration[],
): Promise<void> {
  const batchIds = [...new Set(declarations.flatMap((one) => one.batchId ?? []))]
  const alone = declarations.filter((one) => one.batchId === null)
  const batches = await lockBatches(tx, batchIds)
  for (const kind of Object.keys(DESKS) as DeclarationDuty[]) {
    const desk = DESKS[kind]
    const waiting = await countInState(tx, batchIds, desk.state)
    for (const batch of batches) {
      const count = waiting.get(batch.id) ?? 0
      const subject = `declaration-batch:${batch.id}` as const
      if (count === 0) {
        await fulfilDuty(tx, app, { kind, subject, actor })
        continue
      }
      await open(tx, app, actor, kind, {
        subject,
        title: `${desk.act}：申报批次 ${batch.number}`,
        link: batchLink(batch.id),
        holder:
          kind === 'exams.confirm-qualification'
            ? { organisationId: batch.evaluationOrganisationId, role: 'evaluation_manager' }
            : { organisationId: batch.organisationId, role: 'training_manager' },
        region: batch,
      })
    }
    const settled = alone.filter((one) => one.state !== desk.state)
    await fulfilDuty(tx, app, {
      kind,
      subject: settled.map((one) => `declaration:${one.id}` as const),
      actor,
    })
    for (const one of alone) {
      if (one.state !== desk.state) continue
      await open(tx, app, actor, kind, {
        subject: `declaration:${one.id}`,
        title: `${desk.act}：${one.number}`,
        link: kind === 'exams.confirm-qualification' ? declarationLink(one.id) : ownLink(one.id),
        holder:
          kind === 'exams.confirm-qualification'
            ? { organisationId: one.evaluationOrganisationId, role: 'evaluation_manager' }
            : { personId: one.personId },
        region: one,
      })
    }
  }
}

interface Owed {
  subject: SubjectKey
  title: string
  link: string
  holder: DutyHolder
  region: { provinceCode: string; cityCode: string | null }
}

async function open(tx: Tx, app: App, actor: Actor, kind: string, owed: Owed): Promise<void> {
  await openDuty(tx, app, {
    kind,
    subject: owed.subject,
    title: owed.title,
    link: owed.link,
    holder: owed.holder,
    startedOn: app.clock.today(),
    clause: CLAUSE,
    provinceCode: owed.region.provinceCode,
    cityCode: owed.region.cityCode,
    actor,
  })
}

/** A second person of the same institution owes a decision on an override. */
export async function openOverrideDuty(tx: Tx, app: App, actor: Actor, one: Declaration): Promise<void> {
  await openDuty(tx, app, {
    kind: 'exams.decide-override',
    subject: `declaration:${one.id}`,
    title: `复核例外认定：${one.number}`,
    link: declarationLink(one.id),
    holder: { organisationId: one.evaluationOrganisationId, role: 'evaluation_manager' },
    startedOn: app.clock.today(),
    clause: CLAUSE,
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    actor,
  })
}

export async function settleOverrideDuty(
  tx: Tx,
  app: App,
  actor: Actor,
  declarationIds: string[],
  reason?: string,
): Promise<void> {
  const subject = declarationIds.map((id) => `declaration:${id}` as const)
  const key = { kind: 'exams.decide-override', subject, actor }
  if (reason) await cancelDuty(tx, app, { ...key, reason })
  else await fulfilDuty(tx, app, key)
}

/** The province is told of every override: it stands on its desk until somebody has taken note. */
export async function reportOverride(
  tx: Tx,
  app: App,
  actor: Actor,
  one: Declaration,
  provinceId: string,
): Promise<void> {
  await openDuty(tx, app, {
    kind: 'exams.note-override',
    subject: `declaration:${one.id}`,
    title: `查收例外认定报告：${one.number}`,
    link: declarationLink(one.id),
    holder: { organisationId: provinceId, role: 'provincial_officer' },
    startedOn: app.clock.today(),
    clause: 'HB-3.1',
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    actor,
  })
}
