import { openDuty } from '../../duties/index.ts'
import { lockSittingForHall } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { whyNotPreparing } from './arrangement.ts'
import { events } from './audit-events.ts'
import { hallRulesOf } from './hall-rules-of.ts'
import { no } from './refusals.ts'
import { insertArrangement, lockArrangement, setForms } from './store/arrangements.ts'

/** With four forms all eight seats around a candidate have another one. */
const USUAL_FORMS = 4
export const arrangementLink = (sittingId: string) => `/halls/arrangements/${sittingId}`

type ArrangeRefusal = RefusalOf<
  typeof no,
  'SITTING_TO_ARRANGE_NOT_FOUND' | 'SITTING_NOT_ARRANGEABLE' | 'ARRANGED_ALREADY'
>

/** A planned sitting is to be held by computer: the figures in force on its day are taken down and stay. */
export function arrangeSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string; forms?: number | undefined },
): Promise<Result<{ sittingId: string }, ArrangeRefusal>> {
  return transact<{ sittingId: string }, ArrangeRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSittingForHall(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_TO_ARRANGE_NOT_FOUND())
    if (sitting.state !== 'planned') return refuse(no.SITTING_NOT_ARRANGEABLE({ state: sitting.state }))
    const { provinceCode, cityCode } = sitting
    const rules = await hallRulesOf(app, tx, { provinceCode, on: dayOf(sitting.startsAt) })
    const forms = input.forms ?? USUAL_FORMS
    const at = app.clock.now()
    const made = await insertArrangement(
      tx,
      { sittingId: sitting.id, organisationId: institution.id, provinceCode, cityCode, rules, forms },
      at,
    )
    if (!made) return refuse(no.ARRANGED_ALREADY())
    await openDuty(tx, app, {
      kind: 'halls.arrange',
      subject: `sitting:${sitting.id}`,
      title: `编排考场、抽签并发布准考证：${sitting.title}`,
      link: arrangementLink(sitting.id),
      holder: { organisationId: institution.id, role: 'evaluation_manager' },
      startedOn: app.clock.today(),
      clause: 'AH-11',
      provinceCode,
      cityCode,
      actor,
    })
    await record(tx, {
      name: events['arrangement.begun'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`],
      data: { forms, unverified: rules.unverified },
    })
    return ok({ sittingId: sitting.id })
  })
}

type FormsRefusal = RefusalOf<
  typeof no,
  'ARRANGEMENT_NOT_FOUND' | 'ARRANGEMENT_NOT_PREPARING' | 'REGISTRATION_CLOSED'
>

/** How many forms of the paper there will be; the draw gives neighbours different ones. */
export function chooseForms(
  app: App,
  actor: Actor,
  input: { sittingId: string; forms: number },
): Promise<Result<{ forms: number }, FormsRefusal>> {
  return transact<{ forms: number }, FormsRefusal>(app.db, async (tx) => {
    const one = await lockArrangement(tx, input.sittingId, defined(actor.organisation, 'an institution').id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const refusal = whyNotPreparing(one)
    if (refusal) return refuse(refusal)
    await setForms(tx, one.sittingId, input.forms)
    await record(tx, {
      name: events['arrangement.forms-set'],
      at: app.clock.now(),
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: { forms: input.forms },
    })
    return ok({ forms: input.forms })
  })
}
