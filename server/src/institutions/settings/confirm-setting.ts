import { z } from 'zod'
import { fulfilDuty } from '../../duties/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockSetting, type SettingRow, setConfirmed } from '../store/settings.ts'
import { settingKey } from './parameters.ts'

export const settingConfirmation = z.strictObject({ id })
type ConfirmRefusal = RefusalOf<
  typeof no,
  'SETTING_NOT_FOUND' | 'SETTING_SAME_PERSON' | 'SETTING_ALREADY_CONFIRMED'
>

/** Why an officer cannot confirm a proposal; the list's actions ask the same. */
export function confirmRefusal(
  setting: SettingRow,
  actor: Actor,
): Refusal<'SETTING_SAME_PERSON' | 'SETTING_ALREADY_CONFIRMED'> | undefined {
  if (setting.confirmedAt !== null) return no.SETTING_ALREADY_CONFIRMED()
  return setting.proposerAccountId === actor.accountId ? no.SETTING_SAME_PERSON() : undefined
}

/** The second person confirms a figure against its source; from its day on it counts and is no longer 待核实. */
export function confirmSetting(
  app: App,
  actor: Actor,
  input: z.output<typeof settingConfirmation>,
): Promise<Result<{ id: string }, ConfirmRefusal>> {
  return transact<{ id: string }, ConfirmRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const setting = await lockSetting(tx, actor.organisation.provinceCode, input.id)
    if (!setting) return refuse(no.SETTING_NOT_FOUND())
    const refusal = confirmRefusal(setting, actor)
    if (refusal) return refuse(refusal as ConfirmRefusal)

    const at = app.clock.now()
    // Two people may bear the same name; the department's name tells the confirmation from the proposal.
    await setConfirmed(tx, setting.id, `${actor.organisation.name} ${actor.name}`, at)
    await fulfilDuty(tx, app, { kind: 'setting.confirm', subject: `setting:${setting.id}`, actor })
    await record(tx, {
      name: events['setting.confirmed'],
      at,
      actor,
      subjects: [`setting:${setting.id}`],
      data: { parameter: settingKey(setting), value: setting.value, fromOn: setting.fromOn },
    })
    return ok({ id: setting.id })
  })
}
