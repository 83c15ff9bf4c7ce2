import { Secret, TOTP } from 'otpauth'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type CastStaff, DEMO_PASSWORD } from '../db/seed/cast.ts'
import type { World } from './world.ts'

/** Debian's Chromium, without the calls home a fresh profile would make. `film`: what its camera sees. */
export function openBrowser({ film }: { film?: string } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    // Native controls (dates, files) speak the browser's own language.
    env: { ...process.env, LANGUAGE: 'zh_CN' } as Record<string, string>,
    args: [
      '--lang=zh-CN',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(film ? [`--use-file-for-fake-video-capture=${film}`] : []),
    ],
  })
}

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 800 }

/** A browser of somebody's own: cookies, storage and size. A page error or a failed asset fails the journey. */
export async function openContext(
  browser: Browser,
  world: Pick<World, 'address'>,
  size: 'phone' | 'desk',
): Promise<BrowserContext> {
  const phone = size === 'phone'
  const context = await browser.newContext({
    baseURL: world.address,
    viewport: phone ? PHONE : DESK,
    isMobile: phone,
    hasTouch: phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Nothing unfolds or fades: what is there can be pressed, looked at and photographed at once.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  return context
}

/** What the page threw or logged as an error; a journey ends by expecting none. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) errors.push(message.text())
  })
  return errors
}

/** Signs staff in over the API, for journeys whose subject is not the sign-in itself. */
export async function signInStaff(
  context: BrowserContext,
  world: Pick<World, 'address'>,
  staff: CastStaff,
): Promise<void> {
  const post = async (path: string, data: unknown) => {
    const answer = await context.request.post(`${world.address}/api/auth${path}`, {
      data,
      headers: { origin: world.address },
    })
    if (!answer.ok()) throw new Error(`signing in at ${path}: ${answer.status()} ${await answer.text()}`)
  }
  await post('/sign-in/username', { username: staff.key, password: DEMO_PASSWORD })
  await post('/two-factor/verify-totp', {
    code: new TOTP({ secret: Secret.fromUTF8(staff.totpSecret) }).generate(),
  })
}

/** Signs a learner in over the API; `code` says which code was sent. */
export async function signInLearner(
  context: BrowserContext,
  world: Pick<World, 'address'>,
  phone: string,
  code: () => string | undefined | Promise<string | undefined>,
): Promise<void> {
  const post = async (path: string, data: unknown) => {
    const answer = await context.request.post(`${world.address}/api/auth${path}`, {
      data,
      headers: { origin: world.address },
    })
    if (!answer.ok()) throw new Error(`signing in at ${path}: ${answer.status()} ${await answer.text()}`)
  }
  await post('/phone-number/send-otp', { phoneNumber: phone })
  await post('/phone-number/verify', { phoneNumber: phone, code: await code() })
}
