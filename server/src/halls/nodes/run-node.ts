import type { App } from '../../platform/app.ts'
import { noteLine } from './line.ts'
import { overHttp, provinceLink } from './province-link.ts'
import { packagesHere, partsOfHall } from './store.ts'
import { type SyncReport, syncOnce } from './sync.ts'

const SYNC_MS = 10_000
/** While papers of a part that has begun are not open yet. */
const HURRY_MS = 1_000

/** Speaks to the province every ten seconds until stopped. The hall goes on whether it answers or not. */
export function startHallNode(
  app: App,
  node: { provinceUrl: string; secret: string },
  everyMs = SYNC_MS,
): { stop(): Promise<void> } {
  const link = provinceLink(app, node.secret, overHttp(node.provinceUrl))
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let said = ''

  async function round(): Promise<void> {
    let wait = everyMs
    try {
      const report = await syncOnce(app, link)
      noteLine(app, report.reached)
      say(report)
      if (await waitsForKeys(app)) wait = Math.min(everyMs, HURRY_MS)
    } catch (error) {
      app.log.error({ err: error }, 'the round with the province failed')
    }
    if (!stopped) timer = setTimeout(() => (running = round()), wait)
  }

  /** A line when something has changed, not one every ten seconds. */
  function say(report: SyncReport): void {
    const { reached, taken, returned, differing, refusals } = report
    const words = JSON.stringify({
      reached,
      taken,
      returned,
      differing,
      refused: refusals.map((one) => one.code),
    })
    if (words === said) return
    said = words
    app.log[reached ? 'info' : 'warn'](
      { node: report },
      reached ? 'the province answers' : 'the province is away',
    )
  }

  running = round()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

async function waitsForKeys(app: App): Promise<boolean> {
  const now = app.clock.now()
  for (const pack of await packagesHere(app.db)) {
    if (pack.state !== 'taken') continue
    const parts = await partsOfHall(app.db, pack)
    if (parts.some((one) => one.open > 0 && one.opensAt <= now && !pack.releases[one.part])) return true
  }
  return false
}
