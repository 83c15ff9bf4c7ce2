import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { settleCast } from '../db/seed/settle-cast.ts'
import { openBrowser, openContext } from '../e2e/browser.ts'
import { openWorld } from '../e2e/world.ts'
import { dayOf } from '../server/src/platform/clock.ts'
import { type BenchReport, chromiumVersion, environment, type Spread, spread } from './report.ts'

const RUNS = 7
const CPU_SLOWDOWN = 4
/** The issue's floors for the portal home: bytes over the wire before images, and milliseconds until usable. */
const MOST_BYTES = 200 * 1024
const MOST_USABLE_MS = 2000
const LONG_TASK_MS = 50
const SETTLE_MS = 600
const PATIENCE_MS = 60_000
const PAGES = ['/', '/classes', '/verify', '/catalogues', '/sign-in', '/workbench/sign-in']

interface Visit {
  bytes: number
  /** The later of the largest paint and the end of the last long task: seen and answering to a touch. */
  usableMs: number
  paintMs: number
}

interface TraceEvent {
  name: string
  ts: number
  dur?: number
  tid: number
  args?: { data?: { documentLoaderURL?: string } }
}

/** Portal and workbench entries on a phone-sized screen with a four times slower processor, from an empty cache. */
export async function run(): Promise<BenchReport> {
  process.env.CHROMIUM_PATH = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../scripts/ensure-browser.mjs')],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const world = await openWorld({ startOn: dayOf(new Date()) })
  await settleCast(world.app)
  const browser = await openBrowser()
  const pages: Record<string, { bytes: Spread; usableMs: Spread; paintMs: Spread }> = {}
  try {
    for (const path of PAGES) {
      const visits: Visit[] = []
      for (let run = 0; run <= RUNS; run += 1) {
        const one = await visit(browser, world, path)
        // The first visit warms the server's own caches.
        if (run > 0) visits.push(one)
      }
      pages[path] = {
        bytes: spread(visits.map((one) => one.bytes)),
        usableMs: spread(visits.map((one) => one.usableMs)),
        paintMs: spread(visits.map((one) => one.paintMs)),
      }
      process.stderr.write(`${path} ${JSON.stringify(pages[path])}\n`)
    }
  } finally {
    await browser.close()
    await world.close()
  }
  const home = pages['/']
  const ok = home !== undefined && home.bytes.median <= MOST_BYTES && home.usableMs.median <= MOST_USABLE_MS
  return {
    name: 'pages',
    ok,
    metrics: {
      cpuSlowdown: CPU_SLOWDOWN,
      runs: RUNS,
      browser: chromiumVersion(process.env.CHROMIUM_PATH),
      floors: { homeBytes: MOST_BYTES, homeUsableMs: MOST_USABLE_MS },
      pages,
    },
    against: [],
    env: environment(null),
  }
}

async function visit(browser: Browser, world: { address: string }, path: string): Promise<Visit> {
  const context = await openContext(browser, world, 'phone')
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  await session.send('Network.enable')
  let bytes = 0
  const images = new Set<string>()
  session.on('Network.responseReceived', (event) => {
    if (event.type === 'Image') images.add(event.requestId)
  })
  session.on('Network.loadingFinished', (event) => {
    if (!images.has(event.requestId)) bytes += event.encodedDataLength
  })
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', (event) => {
    events.push(...(event.value as unknown as TraceEvent[]))
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['loading', 'blink.user_timing', 'devtools.timeline', 'toplevel'] },
  })
  await page.goto(path, { waitUntil: 'load', timeout: PATIENCE_MS })
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: PATIENCE_MS })
  // The browser reports the largest paint a moment after it has happened.
  await page.waitForTimeout(SETTLE_MS)
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await ended
  await context.close()
  return { bytes, ...readTrace(events, `${world.address}${path}`) }
}

function readTrace(events: TraceEvent[], address: string): { usableMs: number; paintMs: number } {
  const starts = events.filter(
    (one) => one.name === 'navigationStart' && one.args?.data?.documentLoaderURL === address,
  )
  const start = Math.max(...starts.map((one) => one.ts))
  const paints = events.filter(
    (one) =>
      (one.name === 'largestContentfulPaint::Candidate' || one.name === 'firstContentfulPaint') &&
      one.ts > start,
  )
  const paint = Math.max(...paints.map((one) => one.ts))
  if (!Number.isFinite(start) || !Number.isFinite(paint))
    throw new Error(
      `the trace of ${address} shows no paint: ${[...new Set(events.filter((one) => /Paint|navigationStart/.test(one.name)).map((one) => `${one.name} ${one.args?.data?.documentLoaderURL ?? ''}`))].join(', ')}`,
    )
  const main = paints.at(-1)?.tid
  const longTasks = events.filter(
    (one) =>
      one.name === 'RunTask' && one.tid === main && (one.dur ?? 0) > LONG_TASK_MS * 1000 && one.ts > start,
  )
  const lastTask = Math.max(paint, ...longTasks.map((one) => one.ts + (one.dur ?? 0)))
  const since = (at: number) => Math.round((at - start) / 1000)
  return { usableMs: since(lastTask), paintMs: since(paint) }
}
