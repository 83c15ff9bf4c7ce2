import { deadline } from '../../../policy/src/index.ts'
import { policySettings } from '../institutions/index.ts'
import type { App } from '../platform/app.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'

/** Clocks of HB-4.4 by province. A province whose text sets none gets none: nothing is invented. */
const IDS: Record<string, { report: string; confirmation: string; issue: string }> = {
  '420000': {
    report: 'hubei.result-report',
    confirmation: 'hubei.province-confirmation',
    issue: 'hubei.certificate-issue',
  },
}
type Clock = 'report' | 'confirmation' | 'issue'

export function deadlineId(provinceCode: string, clock: Clock): string | undefined {
  return IDS[provinceCode]?.[clock]
}

/** What `openDuty` takes: the deadline where there is one, else only the clause. */
export function dutyClock(provinceCode: string, clock: Clock): { deadline: string } | { clause: string } {
  const id = deadlineId(provinceCode, clock)
  return id ? { deadline: id } : { clause: 'HB-4.4' }
}

export async function dueOn(
  tx: Tx,
  app: App,
  provinceCode: string,
  clock: Clock,
  startedOn: Day,
): Promise<Day | null> {
  const id = deadlineId(provinceCode, clock)
  if (!id) return null
  return deadline(app.policy, id, startedOn, await policySettings(tx, provinceCode))?.dueOn ?? null
}
