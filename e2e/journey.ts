import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { inProcess } from '../db/seed/caller.ts'
import { type CastStaff, STAFF } from '../db/seed/cast.ts'
import { type Cast, castActor, settleCast } from '../db/seed/settle-cast.ts'
import { must, type Way } from '../db/seed/way/way.ts'
import { openBrowser, openContext, signInStaff, watchErrors } from './browser.ts'
import { openWorld, type World } from './world.ts'

const SHOTS = join(import.meta.dirname, '../.tmp/e2e')

/** What a journey has at hand: a platform of its own, its cast, a browser, and the way to get everybody else along. */
export interface Journey {
  world: World
  cast: Cast
  /** The acts of everybody who is not the subject of the journey, within the process. */
  way: Way
  /** A page in a browser of its own, in the size of a phone or a desk. */
  visit(size: 'phone' | 'desk'): Promise<Page>
  /** A desk page of somebody of the cast, signed in over the API. */
  visitAs(key: string): Promise<Page>
  /** Another tab of the same visitor. */
  another(page: Page): Promise<Page>
  /** What all pages threw or logged so far; a journey ends by expecting none. */
  errors(): string[]
}

/** Sets a journey up before the tests of its file and takes it down after them; pictures of what failed go to .tmp/e2e. */
export function startJourney(startOn = '2026-03-02'): Journey {
  const browserPages: Page[] = []
  const watched: string[][] = []
  const contexts: BrowserContext[] = []
  let browser: Browser
  const known = {} as Pick<Journey, 'world' | 'cast' | 'way'>
  beforeAll(async () => {
    known.world = await openWorld({ startOn })
    known.cast = await settleCast(known.world.app)
    known.way = wayInProcess(known.world, known.cast)
    browser = await openBrowser()
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await known.world?.close()
  })
  let broken = false
  // Each test goes on where the one before it stopped.
  beforeEach(({ skip }) => skip(broken, 'the journey broke off before'))
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    broken = true
    mkdirSync(SHOTS, { recursive: true })
    for (const [index, page] of browserPages.entries()) {
      const journey = basename(task.file.name, '.e2e.ts')
      const name = `${journey}-${task.name.replaceAll(/[^\p{L}\d]+/gu, '-')}-${index + 1}.png`
      await page.screenshot({ path: join(SHOTS, name), fullPage: true }).catch(() => {})
    }
  })
  const watch = (page: Page) => {
    browserPages.push(page)
    watched.push(watchErrors(page))
    return page
  }
  const open = async (size: 'phone' | 'desk') => {
    const context = await openContext(browser, known.world, size)
    context.setDefaultTimeout(TIMEOUT_MS)
    contexts.push(context)
    return context
  }
  return Object.defineProperties(
    {
      visit: async (size: 'phone' | 'desk') => watch(await (await open(size)).newPage()),
      visitAs: async (key: string) => {
        const context = await open('desk')
        await signInStaff(context, known.world, staffOf(key))
        return watch(await context.newPage())
      },
      another: async (page: Page) => watch(await page.context().newPage()),
      errors: () => watched.flat(),
    } as Journey,
    {
      world: { get: () => known.world },
      cast: { get: () => known.cast },
      way: { get: () => known.way },
    },
  )
}

/** How long a page may take for one thing; machines that test much at once are slow. */
const TIMEOUT_MS = 30_000

export function staffOf(key: string): CastStaff {
  const found = STAFF.find((one) => one.key === key)
  if (!found) throw new Error(`nobody of the cast is called ${key}`)
  return found
}

function wayInProcess(world: World, cast: Cast): Way {
  return {
    clock: world.app.clock,
    staff: (key, role = 0) => inProcess(world.app, 'workbench', castActor(cast, key, role)),
    settle: world.settle,
    must,
  }
}

/**
 * No serious barrier on the page for people who use it otherwise than by eye and mouse (WCAG 2.1 A and AA). Looks
 * again when something was found: a list or dialog that is still folding away is no barrier.
 */
export async function expectAccessible(page: Page): Promise<void> {
  let grave: string[] = []
  for (let looks = 0; looks < 3; looks += 1) {
    await page.evaluate(MOTION_ENDED)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
      .analyze()
    grave = violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map(
        (one) =>
          `${one.id} at ${page.url()}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' ¦ ')}`,
      )
    if (grave.length === 0) return
  }
  expect(grave).toEqual([])
}

const MOTION_ENDED = `Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => {})))`

/** A heading says where one is; waits until the page has it. */
export async function expectHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Goes to a page of the workbench by its menu. */
export async function openMenu(page: Page, item: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '主菜单' })
  await menu.getByRole('link', { name: item, exact: true }).click()
}

/** Where a record says what is next, with the acts that are the reader's. */
export function nextOn(page: Page): Locator {
  return page.getByRole('region', { name: '下一步' })
}

/** Presses an act that asks first, and says yes. */
export async function confirmAct(
  page: Page,
  name: string,
  place: Page | Locator = nextOn(page),
): Promise<void> {
  await place.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Chooses from one of the desk's lists: opens it by its label, then takes the choice by its words. */
export async function choose(page: Page, label: string | RegExp, choice: string): Promise<void> {
  const list = (expanded: boolean) => page.getByRole('combobox', { name: label, expanded })
  // In the middle of the window and at rest: a list that unfolds or turns over lets the click through.
  await list(false).evaluate((one) => one.scrollIntoView({ block: 'center' }))
  await page.evaluate(MOTION_ENDED)
  await list(false).click()
  await list(true).waitFor()
  await page.evaluate(MOTION_ENDED)
  await page.getByText(choice, { exact: true }).filter({ visible: true }).last().click()
  await list(false).waitFor()
}

/** Types a day or an instant into the desk's calendar field and takes it. */
export async function enterDay(page: Page, label: string | RegExp, day: string): Promise<void> {
  const field = page.getByLabel(label)
  await field.fill(day)
  await field.press('Enter')
}

/** The first five bytes of the paper that a press opens in a tab beside the page. */
export async function openedBeside(page: Page, press: () => Promise<void>): Promise<string> {
  let start = ''
  // On its way from the server: the tab itself shows a blob, which the page's own policy does not let anybody fetch.
  await page.route(/-?pdf(\?|$)/, async (route) => {
    const answer = await route.fetch()
    start = (await answer.body()).subarray(0, 5).toString()
    await route.fulfill({ response: answer })
  })
  const beside = page.waitForEvent('popup')
  await press()
  const tab = await beside
  await tab.waitForURL(/^blob:/)
  await tab.close()
  await page.unrouteAll()
  return start
}
