import { createHash } from 'node:crypto'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { events } from './audit-events.ts'
import {
  type DeletedObject,
  destroyCaptures,
  destroySegments,
  sittingsWithEvidence,
} from './store/captures.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 2000

/** Daily: destroys the keys of pictures and videos whose period is over, with one deletion record a sitting and kind. */
export async function deleteDueEvidence(app: App): Promise<{ captures: number; segments: number }> {
  const done = { captures: 0, segments: 0 }
  for (const { sittingId, rules } of await sittingsWithEvidence(app.db)) {
    const { retention, unverified } = hallRules.parse(rules)
    done.captures += await destroyAll(app, sittingId, 'captures', {
      days: retention.capturesDays,
      verified: !unverified.includes('retention.capturesDays'),
    })
    done.segments += await destroyAll(app, sittingId, 'video', {
      days: retention.videoDays,
      verified: !unverified.includes('retention.videoDays'),
    })
  }
  return done
}

async function destroyAll(
  app: App,
  sittingId: string,
  kind: 'captures' | 'video',
  { days, verified }: { days: number; verified: boolean },
): Promise<number> {
  for (let done = 0; ; ) {
    const result = await transact(app.db, async (tx) => {
      const at = app.clock.now()
      const before = new Date(at.getTime() - days * DAY_MS)
      const destroy = kind === 'captures' ? destroyCaptures : destroySegments
      const gone = await destroy(tx, { sittingId, before, limit: AT_ONCE }, at)
      if (gone.length === 0) return ok(0)
      await enqueue(tx, 'halls.remove-objects', { keys: gone.map((one) => one.key) })
      await record(tx, {
        name: events['evidence.deleted'],
        at,
        actor: SYSTEM_ACTOR,
        subjects: [`sitting:${sittingId}`],
        data: {
          kind,
          count: gone.length,
          days,
          verified,
          before: before.toISOString(),
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
