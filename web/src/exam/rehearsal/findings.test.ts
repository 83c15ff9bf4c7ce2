import { describe, expect, it } from 'vitest'
import {
  judgeBrowser,
  judgeCamera,
  judgeClock,
  judgeFullScreen,
  judgeNetwork,
  judgeStorage,
  summary,
} from './findings.ts'

const all = {
  secure: true,
  crypto: true,
  indexedDb: true,
  worker: true,
  locks: true,
  serviceWorker: true,
  fullScreen: true,
}

describe('the self-check', () => {
  it('says what to do wherever something is amiss', () => {
    const amiss = [
      judgeNetwork([null, null]),
      judgeNetwork([20, 30, null, null]),
      judgeNetwork([20, 300, 350]),
      judgeClock(null),
      judgeClock(300_000),
      judgeBrowser({ ...all, secure: false }),
      judgeBrowser({ ...all, indexedDb: false }),
      judgeBrowser({ ...all, locks: false }),
      judgeStorage({ wrote: false, freeBytes: null }),
      judgeStorage({ wrote: true, freeBytes: 1_000_000 }),
      judgeFullScreen(false, null),
      judgeFullScreen(true, false),
      judgeCamera({ words: '没有找到摄像头。' }),
      judgeCamera({ bytes: 1000, sentMs: null }),
    ]
    for (const one of amiss) expect([one.verdict === 'good', one.todo === undefined]).toEqual([false, false])
  })

  it('calls a good machine good, and a wrong clock no obstacle', () => {
    const fine = [
      judgeNetwork([12, 15, 40]),
      judgeClock(-30_000),
      judgeBrowser(all),
      judgeStorage({ wrote: true, freeBytes: null }),
      judgeFullScreen(true, true),
      judgeCamera({ bytes: 40_000, sentMs: 30 }),
    ]
    expect(fine.map((one) => one.verdict)).toEqual(Array(6).fill('good'))
    expect(summary(fine)).toBe('全部正常，可以考试。')
    expect(judgeClock(-30_000).words).toContain('快 30 秒')
  })

  it('names what must be settled first', () => {
    const findings = [judgeNetwork([null]), judgeFullScreen(false, null)]
    expect(summary(findings)).toBe('有 1 项需要处理：网络。')
  })
})
