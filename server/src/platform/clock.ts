/** A civil day in China, `YYYY-MM-DD`. Deadlines are counted in civil days, never in hours. */
export type Day = string

export interface Clock {
  now(): Date
  /** Today's civil day in Asia/Shanghai, whatever the machine's zone is. */
  today(): Day
}

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

export function dayOf(instant: Date): Day {
  return shanghai.format(instant)
}

/** The instant at which a civil day of China has reached `time` (`HH:MM`). China keeps one offset all year. */
export function instantAt(day: Day, time: string): Date {
  return new Date(`${day}T${time}:00+08:00`)
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => dayOf(new Date()),
}

/** A clock that tests and drills move; it also ticks, so that two events in one test are never simultaneous. */
export interface SettableClock extends Clock {
  set(instant: Date): void
  setDay(day: Day, time?: string): void
  advance(seconds: number): void
}

export function settableClock(start: Date): SettableClock {
  let at = start.getTime()
  return {
    now: () => {
      at += 1
      return new Date(at)
    },
    today: () => dayOf(new Date(at)),
    set: (instant) => {
      at = instant.getTime()
    },
    setDay: (day, time = '09:00') => {
      at = instantAt(day, time).getTime()
    },
    advance: (seconds) => {
      at += seconds * 1000
    },
  }
}
