// Looks at this machine as the room will: line, clock, browser, disk, camera. Keeps nothing, here or on the server.
import { call } from '../api.ts'
import { type ServerClock, takeSample } from '../clock/server-clock.ts'
import type { Camera } from '../evidence/camera.ts'
import { dropLocal, putLocal, readLocal } from '../local-store.ts'
import {
  type Finding,
  judgeBrowser,
  judgeCamera,
  judgeClock,
  judgeFullScreen,
  judgeNetwork,
  judgeStorage,
} from './findings.ts'

const TRIPS = 20

export async function checkLine(
  onTrip: (done: number) => void,
): Promise<{ network: Finding; clock: Finding }> {
  const trips: (number | null)[] = []
  let clock: ServerClock | undefined
  for (let n = 0; n < TRIPS; n += 1) {
    const answer = await call('rehearsal/ping', {}, { timeoutMs: 3_000 })
    trips.push(answer.ok ? answer.sample.receivedAt - answer.sample.sentAt : null)
    if (answer.ok) clock = takeSample(clock, answer.sample)
    onTrip(n + 1)
    // Nobody is there at all: no need to wait for it twenty times.
    if (n === 2 && trips.every((one) => one === null)) break
  }
  const offset = clock ? clock.offsetMs - (Date.now() - performance.now()) : null
  return { network: judgeNetwork(trips), clock: judgeClock(offset) }
}

export function checkBrowser(): Finding {
  return judgeBrowser({
    secure: window.isSecureContext,
    crypto: Boolean(globalThis.crypto?.subtle),
    indexedDb: 'indexedDB' in window,
    worker: typeof OffscreenCanvas !== 'undefined' && typeof Worker !== 'undefined',
    locks: 'locks' in navigator,
    serviceWorker: 'serviceWorker' in navigator,
    fullScreen: document.fullscreenEnabled,
  })
}

export async function checkStorage(): Promise<Finding> {
  const mark = crypto.randomUUID?.() ?? `${Date.now()}`
  await putLocal('room', 'rehearsal', mark)
  const wrote = (await readLocal('room', 'rehearsal')) === mark
  await dropLocal('room', 'rehearsal')
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined)
  const freeBytes = estimate?.quota === undefined ? null : estimate.quota - (estimate.usage ?? 0)
  return judgeStorage({ wrote, freeBytes })
}

export async function checkCamera(camera: Camera): Promise<Finding> {
  const picture = await camera.grab()
  if (!picture) return judgeCamera({ words: '摄像头已打开，但没有画面。' })
  const answer = await call('rehearsal/picture', {}, { files: { picture } })
  const sentMs = answer.ok ? answer.sample.receivedAt - answer.sample.sentAt : null
  return judgeCamera({ bytes: picture.size, sentMs })
}

/** Only from a press on a button: browsers allow full screen no other way. */
export async function checkFullScreen(): Promise<Finding> {
  if (!document.fullscreenEnabled) return judgeFullScreen(false, null)
  const entered = await document.documentElement.requestFullscreen().then(
    () => true,
    () => false,
  )
  if (entered) await document.exitFullscreen().catch(() => undefined)
  return judgeFullScreen(true, entered)
}
