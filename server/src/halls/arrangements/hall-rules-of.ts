import { type ParameterValue, parameter } from '../../../../policy/src/index.ts'
import { isVerified, jurisdictionOf, policySettings } from '../../institutions/index.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { EVENTS, HallRules, RoomEvent } from './hall-rules.ts'

interface Ask {
  provinceCode: string
  on: Day
}

type EventRuleName = HallRules['events'][string]
const EVENT_RULES: EventRuleName[] = ['record', 'warn', 'block']

/** Which figure says what the room does about an event; the others are recorded. */
const EVENT_FIGURES: Partial<Record<keyof typeof EVENTS, string>> = {
  copy: 'hall.event-copy',
  paste: 'hall.event-copy',
  cut: 'hall.event-copy',
  blur: 'hall.event-left',
  hidden: 'hall.event-left',
  full_screen_left: 'hall.event-full-screen',
  second_screen: 'hall.event-second-screen',
  developer_tools: 'hall.event-developer-tools',
  printed: 'hall.event-print',
  context_menu: 'hall.event-print',
}
const RECORDED: RoomEvent[] = ['focus', 'offline', 'online', 'camera_lost', 'camera_back', 'reloaded']

/** The figures that bind a sitting on a day in a province: what its two people confirmed, else the packs' own. */
export async function hallRulesOf(app: App, tx: Tx, ask: Ask): Promise<HallRules> {
  const settings = await policySettings(tx, ask.provinceCode)
  const jurisdiction = jurisdictionOf(ask.provinceCode)
  const unverified: string[] = []
  const find = (id: string) => parameter(app.policy, id, { jurisdiction, on: ask.on, settings })
  const read = (key: string, ...ids: string[]): ParameterValue => {
    const figure = ids.map(find).find((one) => one !== undefined && one.value !== null)
    assert(figure, `the packs hold a figure for ${ids.join(' or ')}`)
    if (!isVerified(figure.sourceStatus)) unverified.push(key)
    return figure
  }
  const number = (key: string, ...ids: string[]) => Number(read(key, ...ids).value)
  const yes = (key: string, id: string) => read(key, id).value === true
  const events: HallRules['events'] = Object.fromEntries(RECORDED.map((event) => [event, 'record']))
  for (const [event, id] of Object.entries(EVENT_FIGURES)) {
    events[event] = EVENT_RULES[number(`events.${event}`, id) - 1] ?? 'record'
  }
  return {
    graceSeconds: number('graceSeconds', 'hall.grace-seconds'),
    lateMinutes: number('lateMinutes', 'hall.late-minutes'),
    earliestHandInMinutes: number('earliestHandInMinutes', 'hall.earliest-hand-in-minutes'),
    captureSeconds: {
      from: number('captureSeconds', 'hall.capture-from-seconds'),
      to: Math.max(
        number('captureSeconds', 'hall.capture-to-seconds'),
        Number(find('hall.capture-from-seconds')?.value),
      ),
    },
    captureRequired: yes('captureRequired', 'hall.capture-required'),
    videoRequired: yes('videoRequired', 'hall.video-required'),
    faceThreshold: {
      same: number('faceThreshold', 'hall.face-same-permille') / 1000,
      other: number('faceThreshold', 'hall.face-other-permille') / 1000,
    },
    livenessRequired: yes('livenessRequired', 'hall.liveness-required'),
    fullScreenRequired: yes('fullScreenRequired', 'hall.full-screen-required'),
    events,
    // The engineers' own standard comes first as soon as somebody has confirmed its figure.
    invigilatorsPerHall: number(
      'invigilatorsPerHall',
      'engineer.invigilators-per-room',
      'hall.invigilators-per-hall',
    ),
    candidatesPerInvigilator: number(
      'candidatesPerInvigilator',
      'engineer.candidates-per-invigilator',
      'hall.candidates-per-invigilator',
    ),
    retention: {
      capturesDays: number('retention.capturesDays', 'hall.keep-captures-days'),
      videoDays: number('retention.videoDays', 'hall.keep-video-days'),
      templateDays: number('retention.templateDays', 'hall.keep-template-days'),
      archiveYears: number('retention.archiveYears', 'hall.keep-archive-years'),
    },
    unverified: [...new Set(unverified)],
  }
}
