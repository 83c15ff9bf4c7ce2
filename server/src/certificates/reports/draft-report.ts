import { openDuty } from '../../duties/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { dueOn, dutyClock } from '../deadlines.ts'
import { addUnreported, findScoredSitting, insertReport, itemsOf } from '../store/reports.ts'

/**
 * Draws up the result report of a sitting whose results are out, with the passed candidates as they stand, and
 * opens the institution's duty: 30 days from the sitting's end (HB-4.4). Asked twice it does nothing twice.
 */
export function draftReport(app: App, input: { sittingId: string }): Promise<Result<{ id: string | null }>> {
  return transact<{ id: string | null }, Refusal>(app.db, async (tx) => {
    const sitting = await findScoredSitting(tx, input.sittingId)
    if (!sitting) return ok({ id: null })
    const due = await dueOn(tx, app, sitting.provinceCode, 'report', sitting.endedOn)
    const number = await reportNumber(tx, app)
    const id = await insertReport(tx, sitting, {
      number,
      supplementsId: null,
      submitDueOn: due,
      at: app.clock.now(),
    })
    if (!id) return ok({ id: null })
    await addUnreported(tx, id, sitting.sittingId)
    const items = await itemsOf(tx, id)
    await record(tx, {
      name: events['result-report.drafted'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [`result-report:${id}`, `sitting:${sitting.sittingId}`],
      data: { number, items: items.length, dueOn: due },
    })
    await openDuty(tx, app, {
      kind: 'certificates.submit-report',
      subject: `result-report:${id}`,
      title: `报送考核结果：${sitting.title}`,
      link: `/certificates/reports/${id}`,
      holder: { organisationId: sitting.organisationId, role: 'evaluation_manager' },
      startedOn: sitting.endedOn,
      ...dutyClock(sitting.provinceCode, 'report'),
      provinceCode: sitting.provinceCode,
      cityCode: sitting.cityCode,
      actor: SYSTEM_ACTOR,
    })
    return ok({ id })
  })
}

export async function reportNumber(tx: Tx, app: App): Promise<string> {
  const year = app.clock.today().slice(0, 4)
  const serial = await takeNumbers(tx, `certificates.result-report.${year}`)
  return `CJBS-${year}-${String(serial).padStart(4, '0')}`
}
