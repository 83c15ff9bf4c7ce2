import type { App } from '../../platform/app.ts'
import { dueClose } from './attempt.ts'
import { type Journal, journalOf } from './journal.ts'
import { perhapsDue } from './store.ts'

const AT_ONCE = 500

/** Closes attempts whose time is over: what was acknowledged last counts. Returns how many were closed. */
export async function closeTimedOut(
  app: App,
  of: { sittingId?: string } = {},
  journal: Journal = journalOf(app),
): Promise<number> {
  let closed = 0
  for (let after: string | undefined; ; ) {
    const ids = await perhapsDue(app.db, app.clock.now(), { ...of, after }, AT_ONCE)
    const done = await Promise.all(
      ids.map((id) =>
        journal.write<boolean>(id, (attempt, now) => {
          const due = dueClose(attempt, now)
          return due ? { append: [due], answer: () => true, maxAgeMs: 0 } : { answer: false, maxAgeMs: 0 }
        }),
      ),
    )
    closed += done.filter(Boolean).length
    if (ids.length < AT_ONCE) return closed
    after = ids.at(-1)
  }
}
