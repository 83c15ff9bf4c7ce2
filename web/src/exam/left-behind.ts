// What a machine still has of attempts that are over: nobody may have pressed 结束并离开, and what lies here is not
// encrypted. A day after the window's end it goes, at the next start of the room on this machine.
import type { ClockView, Entered } from '../../../server/src/halls/attempts/wire.ts'

const DAY_MS = 24 * 60 * 60_000
const MINUTE_MS = 60_000

/** When nobody can write this attempt any more, as far as this machine knows; added time moves it. */
export function endOf({ times }: Pick<Entered, 'times'>, clock: Pick<ClockView, 'deadline'>): number {
  const window = Date.parse(times.closesAt) + times.extraMinutes * MINUTE_MS
  return Math.max(window, clock.deadline ? Date.parse(clock.deadline) : 0)
}

export interface Disk {
  /** Ends of the attempts this machine has something of. */
  ends(): Promise<{ attempt: string; endMs: number }[]>
  forget(attempt: string): Promise<void>
}

/**
 * Returns what was forgotten. The server's time decides: a machine whose clock has run ahead must not lose what it has
 * not sent. It is asked only when by this machine's clock there is something to forget.
 */
export async function forgetOverdue(
  disk: Disk,
  wallMs: number,
  serverMs: () => Promise<number | undefined>,
): Promise<string[]> {
  const due = (await disk.ends()).filter((one) => one.endMs + DAY_MS < wallMs)
  if (due.length === 0) return []
  const now = await serverMs()
  const over = now === undefined ? [] : due.filter((one) => one.endMs + DAY_MS < now)
  for (const { attempt } of over) await disk.forget(attempt)
  return over.map((one) => one.attempt)
}
