// Why pictures and videos of a candidate stay although their period is over: an open case, the time after a closed
// one, or a hold that people put. Deletion, the pages and the acts ask here.
import { parameter } from '../../../../policy/src/index.ts'
import { isVerified, jurisdictionOf, policySettings } from '../../institutions/index.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { addDays, type Day, dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type CaseRow, casesOf, type Hold, standingHolds } from './store/holds.ts'

export const KEEPING = {
  misconduct: '违纪案件',
  correction: '成绩更正',
  proposal: '违纪处置的提出与答复',
  termination: '考试被终止',
  impostor: '疑似替考提醒',
  hold: '人工保全',
} as const
export type KeepingKind = keyof typeof KEEPING

export interface Keeping {
  kind: KeepingKind
  words: string
  since: Date
  /** Until which day after the case was closed; null while it is open, or a hold. */
  until: Day | null
}

export interface AfterCase {
  days: number
  verified: boolean
}

/** The pack's days after a case is closed (FACE-KEEP says no longer than needed; no text gives the figure). */
export async function afterCase(app: App, tx: Tx, provinceCode: string): Promise<AfterCase> {
  const figure = parameter(app.policy, 'hall.keep-after-case-days', {
    jurisdiction: jurisdictionOf(provinceCode),
    on: app.clock.today(),
    settings: await policySettings(tx, provinceCode),
  })
  assert(figure && typeof figure.value === 'number', 'the packs hold a figure for hall.keep-after-case-days')
  return { days: figure.value, verified: isVerified(figure.sourceStatus) }
}

/** Who of a sitting is kept on today, and why. */
export async function keepingOf(
  app: App,
  tx: Tx,
  of: { sittingId: string; provinceCode: string; candidateId?: string },
): Promise<Map<string, Keeping[]>> {
  const { days } = await afterCase(app, tx, of.provinceCode)
  const [cases, holds] = [await casesOf(tx, of), await standingHolds(tx, of)]
  return keepingBy(cases, holds, { days, today: app.clock.today() })
}

/** Pure: of each kind the one that keeps longest. */
export function keepingBy(
  cases: readonly CaseRow[],
  holds: readonly Pick<Hold, 'candidateId' | 'putAt'>[],
  { days, today }: { days: number; today: Day },
): Map<string, Keeping[]> {
  const found = new Map<string, Map<KeepingKind, Keeping>>()
  const keep = (candidateId: string, one: Keeping) => {
    const kinds = found.get(candidateId) ?? new Map<KeepingKind, Keeping>()
    found.set(candidateId, kinds)
    const known = kinds.get(one.kind)
    if (!known || (known.until !== null && (one.until === null || one.until > known.until)))
      kinds.set(one.kind, one)
  }
  for (const { candidateId, kind, openedAt, closedAt } of cases) {
    const until = closedAt ? addDays(dayOf(closedAt), days) : null
    if (until === null || until >= today)
      keep(candidateId, { kind, words: KEEPING[kind], since: openedAt, until })
  }
  for (const { candidateId, putAt } of holds)
    keep(candidateId, { kind: 'hold', words: KEEPING.hold, since: putAt, until: null })
  return new Map([...found].map(([candidateId, kinds]) => [candidateId, [...kinds.values()]]))
}
