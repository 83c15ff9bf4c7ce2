import { beforeEach, describe, expect, it } from 'vitest'
import { ApiFailure } from '../../ui/api.ts'
import { createLessonPlayer, type Player } from './lesson-player.ts'

const LENGTH = 120_000
let at = 0
let player: Player
/** What the server would do: it credits reported reading, never more than its own clock saw. */
let server: {
  session: number
  watchedMs: number
  reportedMs: number
  beatAt: number
  beats: { positionMs: number; playing: boolean; ending?: boolean }[]
  line: 'good' | 'cut' | 'silent'
}

const lost = () => new ApiFailure({ kind: 'network', message: '网络不通' })
const elsewhere = () =>
  new ApiFailure({
    kind: 'refusal',
    message: '您已在另一个页面开始学习',
    clause: 'HB-4.3',
    refusal: { code: 'WATCHING_ELSEWHERE', clause: 'HB-4.3', message: '', facts: {} },
  })
const whenLineHolds = async () => {
  if (server.line === 'cut') throw lost()
  if (server.line === 'silent') await new Promise(() => {})
}

function aPlayer(creditedMs = 0): Player {
  return createLessonPlayer({
    lengthMs: LENGTH,
    pages: 2,
    creditedMs,
    beatSeconds: 15,
    now: () => at,
    calls: {
      start: async () => {
        await whenLineHolds()
        server.session += 1
        server.beatAt = at
        server.reportedMs = server.watchedMs
        return {
          sessionId: String(server.session),
          positionMs: server.watchedMs,
          creditedMs: server.watchedMs,
        }
      },
      beat: async ({ sessionId, ...beat }) => {
        await whenLineHolds()
        if (sessionId !== String(server.session)) throw elsewhere()
        server.beats.push(beat)
        if (beat.playing && beat.positionMs > server.reportedMs)
          server.watchedMs += Math.min(beat.positionMs - server.reportedMs, at - server.beatAt)
        server.reportedMs = beat.positionMs
        server.beatAt = at
        return {
          creditedMs: server.watchedMs,
          resumeMs: server.watchedMs,
          done: server.watchedMs >= LENGTH,
        }
      },
    },
  })
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
async function pass(seconds: number) {
  for (let half = 0; half < seconds * 2; half += 1) {
    at += 500
    player.tick()
    await settled()
  }
}
const standing = () => player.state().standing

beforeEach(() => {
  at = 1_000_000
  server = { session: 0, watchedMs: 0, reportedMs: 0, beatAt: 0, beats: [], line: 'good' }
  player = aPlayer()
})

describe('learning an online lesson', () => {
  it('nothing runs before the learner begins', async () => {
    await pass(30)
    expect(standing()).toBe('ready')
    expect(server.beats).toEqual([])
  })

  it('time in the background is not reported', async () => {
    player.begin()
    await settled()
    await pass(5)
    player.hide()
    await settled()
    await pass(60)
    expect(server.watchedMs).toBe(5000)
    expect(standing()).toBe('hidden')
    player.show()
    await settled()
    await pass(15)
    expect(server.watchedMs).toBe(20_000)
  })

  it('a lost line credits nothing and goes on by itself from what the server knows', async () => {
    player.begin()
    await settled()
    await pass(15)
    server.line = 'cut'
    await pass(40)
    expect(standing()).toBe('cut-off')
    expect(player.state().positionMs).toBe(15_000)
    server.line = 'good'
    await pass(6)
    expect(standing()).toBe('running')
    await pass(15)
    expect(server.watchedMs).toBeLessThanOrEqual(15_000 + 21_000)
    expect(server.watchedMs).toBeGreaterThan(15_000)
  })

  it('a server that does not answer is a lost line, and its late answer is forgotten', async () => {
    player.begin()
    await settled()
    server.line = 'silent'
    await pass(26)
    expect(standing()).toBe('cut-off')
    server.line = 'good'
    await pass(6)
    expect(standing()).toBe('running')
  })

  it('a line that comes back while the page is in the background waits for the learner', async () => {
    player.begin()
    await settled()
    server.line = 'cut'
    await pass(16)
    player.hide()
    server.line = 'good'
    await pass(6)
    expect(standing()).toBe('hidden')
    player.show()
    await settled()
    expect(standing()).toBe('running')
  })

  it('another tab stops this one until the learner takes it back', async () => {
    player.begin()
    await settled()
    server.session += 1
    await pass(16)
    expect(standing()).toBe('elsewhere')
    await pass(30)
    expect(server.beats).toEqual([])
    player.begin()
    await settled()
    expect(standing()).toBe('running')
  })

  it('a computer that slept does not learn', async () => {
    player.begin()
    await settled()
    await pass(3)
    at += 600_000
    player.tick()
    await settled()
    expect(standing()).toBe('paused')
    expect(server.watchedMs).toBe(3000)
  })

  it('a page that is over waits to be turned', async () => {
    player.begin()
    await settled()
    await pass(90)
    expect(standing()).toBe('page-over')
    expect(player.state().page).toBe(0)
    expect(server.watchedMs).toBe(60_000)
    player.turnPage()
    await settled()
    expect(player.state()).toMatchObject({ standing: 'running', page: 1 })
  })

  it('the last page ends the lesson, even when a moment of it was lost on the way', async () => {
    server.watchedMs = 100_000
    player = aPlayer(100_000)
    player.begin()
    await settled()
    server.beatAt += 40
    await pass(21)
    expect(standing()).toBe('done')
    expect(player.state().creditedMs).toBe(LENGTH)
  })

  it('leaving reports what was read and gives the place back', async () => {
    player.begin()
    await settled()
    await pass(7)
    player.leave()
    await settled()
    expect(server.beats.at(-1)).toEqual({ positionMs: 7000, playing: true, ending: true })
  })
})
