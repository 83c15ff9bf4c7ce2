// Clocks of the notice. How a start day counts and whether a last day on a holiday moves on are legal
// readings: each is data of its deadline, with its own source status, not a habit of the engine.
import type { Policy } from '../packs/policy.ts'
import type { SourceStatus } from '../packs/schema.ts'
import { documentNumber, parameter, type Setting } from '../parameters/parameter.ts'
import { addDays, type Day, daysBetween, sayDay } from '../time/day.ts'
import {
  addWorkingDays,
  nextWorkingDay,
  UNPUBLISHED,
  workingDay,
  workingDaysBetween,
} from '../time/working-day.ts'

export interface Reading {
  holds: boolean
  status: SourceStatus
  source: string
}

export interface Deadline {
  id: string
  name: string
  clause: string
  documentNumber: string
  unit: '自然日' | '工作日'
  amount: number
  startEvent: string
  startEventStatus: SourceStatus
  startedOn: Day
  dueOn: Day
  /** The calendar of a day on the way is not yet published: the due date may still move. */
  provisional: boolean
  note: string
  countingSource: { startDayCounts: Reading; rollsForward: Reading }
}

/**
 * When it is due. Undefined when the text sets no clock for it (nothing is invented);
 * an id the packs do not know is a bug and throws.
 * A province may confirm another reading: of the figure the deadline names, or of this deadline alone, by settings
 * `deadline:<id>` with key '当日计入', '末日顺延' or '起算事件'.
 */
export function deadline(
  policy: Policy,
  id: string,
  startedOn: Day,
  settings: readonly Setting[] = [],
): Deadline | undefined {
  const entry = policy.deadlines.get(id)
  if (!entry) throw new Error(`unknown deadline: ${id}`)
  if (entry.数 === null) return undefined
  const confirmed = (key: string) =>
    settings.find(
      (s) =>
        s.id === `deadline:${id}` &&
        s.key === key &&
        s.from <= startedOn &&
        (s.to === undefined || startedOn <= s.to),
    )
  const reading = (key: '当日计入' | '末日顺延'): Reading => {
    const set = confirmed(key)
    if (set) return { holds: set.value === true, status: 'confirmed', source: `${set.confirmedBy}确认` }
    const stated = entry[key]
    if (!('参数' in stated)) return { holds: stated.读法, status: stated.来源状态, source: stated.来源 }
    const { jurisdiction } = entry
    const figure = parameter(policy, stated.参数, { jurisdiction, on: startedOn, settings })
    return {
      holds: figure?.value === true,
      status: figure?.sourceStatus ?? 'missing',
      source: figure?.source ?? '',
    }
  }
  const startDayCounts = reading('当日计入')
  const rollsForward = reading('末日顺延')
  const from = startDayCounts.holds ? addDays(startedOn, -1) : startedOn
  const counted =
    entry.单位 === '工作日'
      ? addWorkingDays(policy, from, entry.数)
      : naturalEnd(policy, addDays(from, entry.数), rollsForward.holds)
  const said = sayCount(policy, entry.单位, addDays(from, entry.数), counted)
  return {
    id,
    name: entry.名称,
    clause: entry.条款,
    documentNumber: documentNumber(policy, entry.条款),
    unit: entry.单位,
    amount: entry.数,
    startEvent: entry.起算事件,
    startEventStatus: confirmed('起算事件') ? 'confirmed' : entry.起算事件来源状态,
    startedOn,
    dueOn: counted.day,
    provisional: counted.provisional,
    note: [
      `自${entry.起算事件}（${sayDay(startedOn)}）起${entry.数}${entry.单位 === '工作日' ? '个工作日' : '日'}${startDayCounts.holds ? '，当日计入' : '，当日不计入'}，${said}`,
      entry.说明 ?? '',
    ]
      .filter(Boolean)
      .join('。'),
    countingSource: { startDayCounts, rollsForward },
  }
}

function naturalEnd(policy: Policy, last: Day, rolls: boolean): { day: Day; provisional: boolean } {
  if (!rolls) return { day: last, provisional: false }
  return nextWorkingDay(policy, last)
}

function sayCount(
  policy: Policy,
  unit: '自然日' | '工作日',
  last: Day,
  counted: { day: Day; provisional: boolean },
): string {
  const until = `至${sayDay(counted.day)}止`
  const open = counted.provisional
    ? '，其间有年度的节假日安排尚未公布，暂按周一至周五并扣除日期固定的法定节日推算，以公布后为准'
    : ''
  if (unit === '自然日' && counted.day !== last) {
    const why = workingDay(policy, last) === UNPUBLISHED ? '周末' : '休息日'
    return `期满日${sayDay(last)}是${why}，顺延${until}${open}`
  }
  return `${until}${open}`
}

export interface Remaining {
  /** Days left to the due date; 0 on the day itself, negative once it is past. */
  days: number
  unit: '自然日' | '工作日'
  overdue: boolean
}

export function remaining(policy: Policy, due: Pick<Deadline, 'unit' | 'dueOn'>, today: Day): Remaining {
  const days =
    due.unit === '工作日' ? workingDaysBetween(policy, today, due.dueOn).days : daysBetween(today, due.dueOn)
  // Not -0: it would read as overdue by nothing.
  return { days: days === 0 ? 0 : days, unit: due.unit, overdue: today > due.dueOn }
}
