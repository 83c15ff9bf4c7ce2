import { z } from 'zod'
import { cancelDuty } from '../../duties/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockSetting, removeProposal } from '../store/settings.ts'
import { settingKey } from './parameters.ts'

export const settingRejection = z.strictObject({
  id,
  reason: z.string().trim().min(2, '请填写理由').max(300),
})
type RejectRefusal = RefusalOf<typeof no, 'SETTING_NOT_FOUND' | 'SETTING_ALREADY_CONFIRMED'>

/** Turns a proposal down, or takes back one's own. A confirmed figure is only followed by a later one. */
export function rejectSetting(
  app: App,
  actor: Actor,
  input: z.output<typeof settingRejection>,
): Promise<Result<{ id: string }, RejectRefusal>> {
  return transact<{ id: string }, RejectRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const setting = await lockSetting(tx, actor.organisation.provinceCode, input.id)
    if (!setting) return refuse(no.SETTING_NOT_FOUND())
    if (setting.confirmedAt !== null) return refuse(no.SETTING_ALREADY_CONFIRMED())

    await removeProposal(tx, setting.id)
    const subject = `setting:${setting.id}` as const
    await cancelDuty(tx, app, { kind: 'setting.confirm', subject, reason: '提议未被确认', actor })
    await record(tx, {
      name: events['setting.rejected'],
      at: app.clock.now(),
      actor,
      subjects: [subject],
      data: { parameter: settingKey(setting), value: setting.value, reason: input.reason },
    })
    return ok({ id: setting.id })
  })
}
