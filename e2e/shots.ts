// npm run shots: every page as each role at phone and desk size, into .shots/ with an index page.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { type CastStaff, learner, STAFF } from '../db/seed/cast.ts'
import { seedTown } from '../db/seed/town.ts'
import { dayOf } from '../server/src/platform/clock.ts'
import { openBrowser, openContext, signInLearner, signInStaff } from './browser.ts'
import { openWorld, type World } from './world.ts'

const folder = join(import.meta.dirname, '../.shots')
/** Records of one kind look alike: this many of each address pattern are taken. */
const PER_PATTERN = 2
const MOST_PAGES = 60
const PATIENCE_MS = 60_000

interface Visitor {
  key: string
  label: string
  start: string
  signIn(context: BrowserContext): Promise<void>
}

interface Shot {
  visitor: string
  size: 'phone' | 'desk'
  path: string
  title: string
  file: string
  errors: string[]
  /** Width by which the page overflows its window; a page must not scroll sideways. */
  overflow: number
}

function visitors(world: World): Visitor[] {
  const portalLearner = (n: number, label: string): Visitor => ({
    key: `learner-${n}`,
    label,
    start: '/mine',
    signIn: (context) =>
      signInLearner(context, world, learner(n).phone, () => world.codes.get(learner(n).phone)),
  })
  return [
    { key: 'public', label: '公众', start: '/', signIn: async () => {} },
    portalLearner(1, '学员(已取得等级证书)'),
    portalLearner(30, '学员(在读)'),
    ...onePerRole().map((staff) => ({
      key: staff.key,
      label: `${staff.name}(${staff.roles[0]?.role})`,
      start: '/workbench',
      signIn: (context: BrowserContext) => signInStaff(context, world, staff),
    })),
  ]
}

/** The first of the cast in each role: colleagues see the same pages. */
function onePerRole(): CastStaff[] {
  return [...new Map(STAFF.toReversed().map((staff) => [staff.roles[0]?.role, staff])).values()].reverse()
}

const patternOf = (path: string) =>
  path
    .split('?')[0]
    ?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\/v\/[^/]+/, '/v/:code') ?? path

async function crawl(page: Page, visitor: Visitor, size: 'phone' | 'desk'): Promise<Shot[]> {
  const shots: Shot[] = []
  const seen = new Set<string>()
  const taken = new Map<string, number>()
  const waiting = [visitor.start]
  const surface = visitor.start.startsWith('/workbench') ? '/workbench' : '/'
  let errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  while (waiting.length > 0 && shots.length < MOST_PAGES) {
    const path = waiting.shift() as string
    const pattern = patternOf(path)
    if (seen.has(path) || (taken.get(pattern) ?? 0) >= PER_PATTERN) continue
    seen.add(path)
    taken.set(pattern, (taken.get(pattern) ?? 0) + 1)
    errors = []
    await page.goto(path, { waitUntil: 'networkidle' }).catch(() => {})
    const file = `${visitor.key}-${size}-${String(shots.length + 1).padStart(2, '0')}.png`
    await page.screenshot({ path: join(folder, file), fullPage: true })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    shots.push({
      visitor: visitor.label,
      size,
      path,
      title: await page.title(),
      file,
      errors,
      overflow: Number(overflow),
    })
    const links = await page.evaluate(
      "[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))",
    )
    for (const href of links as string[]) {
      const local = href.startsWith('/') && !href.startsWith('/api/')
      const own = surface === '/workbench' ? href.startsWith('/workbench') : !href.startsWith('/workbench')
      if (local && own) waiting.push(href)
    }
  }
  return shots
}

function writeIndex(shots: Shot[]): void {
  const card = (shot: Shot) => `<figure><a href="${shot.file}"><img loading="lazy" src="${shot.file}"></a>
    <figcaption>${shot.path}<br>${shot.title}${shot.overflow > 0 ? ` <b>overflow ${shot.overflow}px</b>` : ''}${
      shot.errors.length > 0 ? ` <b>${shot.errors[0]}</b>` : ''
    }</figcaption></figure>`
  const groups = Map.groupBy(shots, (shot) => `${shot.visitor} · ${shot.size}`)
  const body = [...groups]
    .map(([name, list]) => `<h2>${name}</h2><div>${list.map(card).join('')}</div>`)
    .join('')
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Pages</title><style>body{font:14px sans-serif}div{display:flex;flex-wrap:wrap;gap:12px}
    figure{width:230px;margin:0}img{width:100%;height:300px;object-fit:cover;object-position:top;border:1px solid #ccc}b{color:#b3261e}</style>${body}`,
  )
}

const only = process.argv.slice(2)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const world = await openWorld({ startOn: dayOf(new Date()) })
const browser = await openBrowser()
const all: Shot[] = []
try {
  await seedTown(world.app)
  for (const visitor of visitors(world).filter((one) => only.length === 0 || only.includes(one.key))) {
    let cookies: Awaited<ReturnType<BrowserContext['cookies']>> | undefined
    for (const size of ['phone', 'desk'] as const) {
      const context = await openContext(browser, world, size)
      context.setDefaultTimeout(PATIENCE_MS)
      // Signed in once for both sizes: a phone gets one code a minute.
      if (cookies) await context.addCookies(cookies)
      else await visitor.signIn(context)
      cookies = await context.cookies()
      const shots = await crawl(await context.newPage(), visitor, size)
      all.push(...shots)
      await context.close()
      console.log(`${visitor.label} ${size}: ${shots.length} pages`)
    }
  }
  writeIndex(all)
} finally {
  await browser.close()
  await world.close()
}
const bad = all.filter((shot) => shot.errors.length > 0 || shot.overflow > 0)
for (const shot of bad)
  console.log(
    `✗ ${shot.visitor} ${shot.size} ${shot.path}: ${shot.errors[0] ?? `overflow ${shot.overflow}px`}`,
  )
console.log(
  `${all.length} screenshots in .shots/index.html; ${bad.length} with an error or sideways scrolling`,
)
process.exitCode = bad.length === 0 && all.length > 0 ? 0 : 1
