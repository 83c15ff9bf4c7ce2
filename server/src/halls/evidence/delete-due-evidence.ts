import { createHash } from 'node:crypto'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type HallRules, hallRules } from '../arrangements/hall-rules.ts'
import { events } from './audit-events.ts'
import { afterCase, keepingOf } from './keeping.ts'
import { subjectsOf } from './put-hold.ts'
import {
  type DeletedObject,
  destroyCaptures,
  destroySegments,
  sittingsWithEvidence,
} from './store/captures.ts'
import { lockEvidence, upsertKeptOn } from './store/holds.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 2000

/**
 * Daily: destroys the keys of pictures and videos whose period is over, with one deletion record a sitting and kind.
 * What an open case, one closed lately or a hold rests on stays, and the log says why (AH-11, FACE-KEEP).
 */
export async function deleteDueEvidence(
  app: App,
): Promise<{ captures: number; segments: number; keptOn: number }> {
  const done = { captures: 0, segments: 0, keptOn: 0 }
  for (const { sittingId, rules, provinceCode } of await sittingsWithEvidence(app.db)) {
    const { retention, unverified } = hallRules.parse(rules)
    done.keptOn += await tellKeptOn(app, { sittingId, provinceCode, retention })
    done.captures += await destroyAll(app, { sittingId, provinceCode }, 'captures', {
      days: retention.capturesDays,
      verified: !unverified.includes('retention.capturesDays'),
    })
    done.segments += await destroyAll(app, { sittingId, provinceCode }, 'video', {
      days: retention.videoDays,
      verified: !unverified.includes('retention.videoDays'),
    })
  }
  return done
}

interface SittingOf {
  sittingId: string
  provinceCode: string
}

/** Of whom something would go today but for a reason; told once, and again when the reasons are others. */
async function tellKeptOn(app: App, of: SittingOf & { retention: HallRules['retention'] }): Promise<number> {
  const result = await transact(app.db, async (tx) => {
    const keeping = await keepingOf(app, tx, of)
    if (keeping.size === 0) return ok(0)
    const at = app.clock.now()
    const news = await upsertKeptOn(
      tx,
      of.sittingId,
      [...keeping].map(([candidateId, all]) => ({
        candidateId,
        reasons: all.map((one) => `${one.kind}${one.until ? `:${one.until}` : ''}`).sort(),
      })),
      {
        capturesBefore: before(at, of.retention.capturesDays),
        videoBefore: before(at, of.retention.videoDays),
        at,
      },
    )
    const { days, verified } = await afterCase(app, tx, of.provinceCode)
    await record(
      tx,
      ...news.map(({ candidateId, reasons }) => ({
        name: events['evidence.kept-on'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: subjectsOf({ sittingId: of.sittingId, candidateId }),
        data: { reasons, days, verified },
      })),
    )
    return ok(keeping.size)
  })
  return result.ok ? result.value : 0
}

const before = (at: Date, days: number) => new Date(at.getTime() - days * DAY_MS)

async function destroyAll(
  app: App,
  of: SittingOf,
  kind: 'captures' | 'video',
  { days, verified }: { days: number; verified: boolean },
): Promise<number> {
  for (let done = 0; ; ) {
    const result = await transact(app.db, async (tx) => {
      // A hold that is put meanwhile waits, and finds what is still there.
      await lockEvidence(tx, of.sittingId)
      const at = app.clock.now()
      const keeping = [...(await keepingOf(app, tx, of)).keys()]
      const due = { sittingId: of.sittingId, before: before(at, days), limit: AT_ONCE, keeping }
      const destroy = kind === 'captures' ? destroyCaptures : destroySegments
      const gone = await destroy(tx, due, at)
      if (gone.length === 0) return ok(0)
      await enqueue(tx, 'halls.remove-objects', { keys: gone.map((one) => one.key) })
      await record(tx, {
        name: events['evidence.deleted'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: [`sitting:${of.sittingId}`],
        data: {
          kind,
          count: gone.length,
          days,
          verified,
          before: due.before.toISOString(),
          sha256: hashOf(gone),
        },
      })
      return ok(gone.length)
    })
    const count = result.ok ? result.value : 0
    done += count
    if (count < AT_ONCE) return done
  }
}

/** Over the hashes of what was deleted, in their own order: whoever still has a list can check it. */
function hashOf(gone: DeletedObject[]): string {
  const hash = createHash('sha256')
  for (const sha256 of gone.map((one) => one.sha256).sort()) hash.update(`${sha256}\n`)
  return hash.digest('hex')
}
