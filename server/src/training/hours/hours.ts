import { HOUR_KINDS, type HoursByKind } from '../classes/class.ts'

/** Seconds by kind → 学时 by kind, rounded down to tenths: nobody is credited what was not attended. */
export function hoursOf(secondsByKind: HoursByKind, hourMinutes: number): HoursByKind {
  return mapKinds((kind) => Math.floor((secondsByKind[kind] * 10) / (hourMinutes * 60)) / 10)
}

export function totalOf(hours: HoursByKind): number {
  const { theoryOnline, theoryOffline, practiceOnline, practiceOffline } = hours
  return Math.round((theoryOnline + theoryOffline + practiceOnline + practiceOffline) * 10) / 10
}

export interface MissingHours {
  kind: keyof HoursByKind
  asked: number
  held: number
}

/** Kinds in which `held` falls short of `asked`, each on its own: online time does not stand in for practice. */
export function missingHours(asked: HoursByKind, held: HoursByKind): MissingHours[] {
  return kinds
    .filter((kind) => held[kind] < asked[kind])
    .map((kind) => ({ kind, asked: asked[kind], held: held[kind] }))
}

export function sayMissing(missing: MissingHours[]): string {
  return missing
    .map(({ kind, asked, held }) => `${HOUR_KINDS[kind]}已排 ${held} 学时，计划 ${asked} 学时`)
    .join(';')
}

/** Sums as the policy's facts and the certificate name them. */
export function hoursForPolicy(hours: HoursByKind) {
  const tenths = (a: number, b: number) => Math.round((a + b) * 10) / 10
  return {
    theory: tenths(hours.theoryOnline, hours.theoryOffline),
    practice: tenths(hours.practiceOnline, hours.practiceOffline),
    online: tenths(hours.theoryOnline, hours.practiceOnline),
    offline: tenths(hours.theoryOffline, hours.practiceOffline),
  }
}

const kinds = Object.keys(HOUR_KINDS) as (keyof HoursByKind)[]

export function mapKinds(value: (kind: keyof HoursByKind) => number): HoursByKind {
  return {
    theoryOnline: value('theoryOnline'),
    theoryOffline: value('theoryOffline'),
    practiceOnline: value('practiceOnline'),
    practiceOffline: value('practiceOffline'),
  }
}
