import type { Actor, OrganisationKind } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { subjectsOf } from './board.ts'
import { endVisits, type OverVisit } from './store/visits.ts'

/** A line that breaks and comes back is the same visit; a long one is told in pieces of an hour. */
const SILENT_MS = 5 * 60_000
const LONGEST_MS = 60 * 60_000
const AT_ONCE = 100

export const LIVE = '实时监考'

/** Each minute: one audit event for every visit that is over, with whose faces were shown and when. */
export async function recordVisits(app: App): Promise<number> {
  for (let done = 0; ; ) {
    const result = await transact(app.db, async (tx) => {
      const at = app.clock.now()
      const over = await endVisits(tx, {
        silentSince: new Date(at.getTime() - SILENT_MS),
        longSince: new Date(at.getTime() - LONGEST_MS),
        at,
        limit: AT_ONCE,
      })
      await record(tx, ...over.map((visit) => eventOf(visit)))
      return ok(over.length)
    })
    const count = result.ok ? result.value : 0
    done += count
    if (count < AT_ONCE) return done
  }
}

function eventOf(visit: OverVisit) {
  const pictures = visit.faces.reduce((sum, one) => sum + one.pictures, 0)
  return {
    name: events['board.faces-seen'],
    at: visit.lastAt,
    actor: watcherOf(visit),
    subjects: [...subjectsOf(visit), ...visit.faces.map((one) => `candidate:${one.candidateId}` as const)],
    data: {
      purpose: LIVE,
      hall: visit.hall,
      from: visit.fromAt.toISOString(),
      until: visit.lastAt.toISOString(),
      candidates: visit.faces.length,
      pictures,
      seen: Object.fromEntries(
        visit.faces.map((one) => [
          one.candidateId,
          [one.pictures, ...[one.firstAt, one.lastAt].map((text) => new Date(text).toISOString())],
        ]),
      ),
    },
  }
}

/** As who the watcher acted then; the log keeps the names of that moment. */
function watcherOf(visit: OverVisit): Actor {
  const { organisationId: id, organisationName: name } = visit
  return {
    accountId: visit.accountId,
    personId: null,
    name: visit.actorName,
    role: visit.actorRole,
    organisation:
      id && name
        ? { id, name, kind: 'operator' satisfies OrganisationKind, provinceCode: '', cityCode: null }
        : null,
  }
}
