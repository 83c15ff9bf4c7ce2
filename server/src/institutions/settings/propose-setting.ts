import { z } from 'zod'
import { openDuty } from '../../duties/index.ts'
import { type Actor, day } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertSetting, lockParameter, provinceSettings } from '../store/settings.ts'
import { openParameters, settingKey, valueProblem } from './parameters.ts'

export const settingProposal = z.strictObject({
  /** Key of the figure, as the list gives it. */
  key: z.string().max(120),
  value: z.union([z.number(), z.string().trim().max(100), z.boolean()]),
  fromOn: day,
  source: z.string().trim().min(4, '请写明来源文件和文号').max(300),
})
type ProposeRefusal = RefusalOf<
  typeof no,
  'SETTING_UNKNOWN' | 'SETTING_VALUE_INVALID' | 'SETTING_ALREADY_PROPOSED' | 'SETTING_DAY_PAST'
>

/** An officer proposes a figure the texts leave open, with its source. It counts only when a colleague confirms it. */
export function proposeSetting(
  app: App,
  actor: Actor,
  input: z.output<typeof settingProposal>,
): Promise<Result<{ id: string }, ProposeRefusal>> {
  return transact<{ id: string }, ProposeRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    const open = openParameters(app.policy, provinceCode, app.clock.today()).find(
      (one) => one.key === input.key,
    )
    if (!open) return refuse(no.SETTING_UNKNOWN({ parameter: input.key }))
    const problem = valueProblem(open, input.value)
    if (problem) return refuse(no.SETTING_VALUE_INVALID({ problem }))
    await lockParameter(tx, `${provinceCode}/${input.key}`)
    const standing = (await provinceSettings(tx, provinceCode)).filter((row) => settingKey(row) === input.key)
    if (standing.some((row) => row.confirmedAt === null)) return refuse(no.SETTING_ALREADY_PROPOSED())
    // A figure in force is followed, never rewritten: decisions made under it stand.
    const latest = standing[0]?.fromOn
    const earliest = latest === undefined ? undefined : [addDays(latest, 1), app.clock.today()].sort().at(-1)
    if (earliest !== undefined && input.fromOn < earliest) return refuse(no.SETTING_DAY_PAST({ earliest }))

    const at = app.clock.now()
    const id = await insertSetting(tx, {
      provinceCode,
      parameter: open.parameter,
      occupationId: open.occupationId,
      level: open.level,
      value: input.value,
      fromOn: input.fromOn,
      source: input.source,
      by: actor.name,
      accountId: actor.accountId,
      at,
    })
    await openDuty(tx, app, {
      kind: 'setting.confirm',
      subject: `setting:${id}`,
      title: `核对参数：${open.name}`,
      link: '/institutions/settings',
      holder: { organisationId: actor.organisation.id, role: 'provincial_officer' },
      startedOn: app.clock.today(),
      clause: open.clause,
      provinceCode,
      cityCode: null,
      actor,
    })
    await record(tx, {
      name: events['setting.proposed'],
      at,
      actor,
      subjects: [`setting:${id}`],
      clause: open.clause,
      data: { parameter: open.key, value: input.value, fromOn: input.fromOn, source: input.source },
    })
    return ok({ id })
  })
}
