import { describe, expect, it } from 'vitest'
import type { Save, SaveResult } from '../../../../server/src/halls/attempts/wire.ts'
import { allSaveWords, saveWords } from '../paper/desk.ts'
import type { LocalAnswers } from './save-queue.ts'
import { openSaver, type SaverWorld, type SendFailure } from './saver.ts'

/** A line and a clock the test holds in its hand. */
function aWorld(local?: LocalAnswers) {
  let now = 0
  const waiting = new Set<{ at: number; run: () => void }>()
  const sent: Save[][] = []
  const stored: LocalAnswers[] = []
  const line: { answer: (saves: Save[]) => { results: SaveResult[] } | { failure: SendFailure } } = {
    answer: (saves) => ({
      results: saves.map((save) => ({
        item: save.item,
        clientSeq: save.clientSeq,
        status: 'saved' as const,
        revision: save.baseRevision + 1,
      })),
    }),
  }
  const disk = { works: true }
  const world: SaverWorld = {
    send: async (saves) => {
      sent.push(structuredClone(saves))
      return line.answer(saves)
    },
    store: async (answers) => {
      if (disk.works) stored.push(structuredClone(answers))
      return disk.works
    },
    monotonicMs: () => now,
    instant: () => new Date(Date.parse('2026-11-22T01:00:00.000Z') + now).toISOString(),
    after: (ms, run) => {
      const one = { at: now + ms, run }
      waiting.add(one)
      return () => waiting.delete(one)
    },
    random: () => 1,
  }
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve))
  const pass = async (ms: number) => {
    const until = now + ms
    for (;;) {
      await rest()
      const next = [...waiting].filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      now = Math.max(now, next.at)
      waiting.delete(next)
      next.run()
    }
    now = until
    await rest()
  }
  return { saver: openSaver(world, local, undefined), sent, stored, line, disk, pass, world }
}
const values = (saves: Save[][]) =>
  saves.map((batch) => batch.map((one) => `${one.item}=${one.value}`).join(' '))

describe('sending saves', () => {
  it('sends a choice at once and a text a second after the last keystroke', async () => {
    const { saver, sent, pass } = aWorld()
    saver.type('q1', 'a', 'at once')
    await pass(10)
    expect(values(sent)).toEqual(['q1=a'])
    saver.type('q2', 'x', 'when quiet')
    await pass(900)
    saver.type('q2', 'xy', 'when quiet')
    await pass(900)
    expect(sent).toHaveLength(1)
    await pass(200)
    expect(values(sent)).toEqual(['q1=a', 'q2=xy'])
  })

  it('saves somebody who types without a pause every five seconds', async () => {
    const { saver, sent, pass } = aWorld()
    for (let n = 0; n < 12; n += 1) {
      saver.type('q1', 'x'.repeat(n + 1), 'when quiet')
      await pass(500)
    }
    expect(sent.length).toBeGreaterThanOrEqual(1)
  })

  it('says saved only after the answer, and offline while nothing is heard', async () => {
    const { saver, line, sent, pass } = aWorld()
    const good = line.answer
    line.answer = () => ({ failure: 'unreachable' })
    saver.type('q1', 'a', 'at once')
    expect(saver.stateOf('q1')).toBe('saving')
    await pass(60_000)
    expect(saver.stateOf('q1')).toBe('offline')
    expect(new Set(sent.map((batch) => JSON.stringify(batch))).size).toBe(1)
    // 1 + 2 + 4 + 8 + 15 + 15 + 15 seconds: a hall without a line is not asked for every second.
    expect(sent.length).toBeLessThanOrEqual(8)
    line.answer = good
    await pass(16_000)
    expect(saver.stateOf('q1')).toBe('saved')
  })

  it('tells a server that is busy from a line that is down, and tries again all the same', async () => {
    const { saver, line, sent, pass } = aWorld()
    const good = line.answer
    line.answer = () => ({ failure: 'busy' })
    saver.type('q1', 'a', 'at once')
    await pass(2_500)
    expect(saver.stateOf('q1')).toBe('busy')
    expect(saveWords(saver.get(), 'q1').words).toBe('服务器忙，正在重试，答案已存在本机')
    expect(allSaveWords(saver.get()).words).toBe('服务器忙，正在重试，答案已存在本机')
    line.answer = () => ({ failure: 'unreachable' })
    await pass(5_000)
    expect(allSaveWords(saver.get()).words).toBe('网络中断，答案已存在本机')
    expect(sent.length).toBeGreaterThan(2)
    line.answer = good
    await pass(16_000)
    expect(saver.stateOf('q1')).toBe('saved')
  })

  it('has the number on the disk before it is on the line', async () => {
    const { saver, stored, line, pass } = aWorld()
    const good = line.answer
    line.answer = (saves) => {
      expect(stored.at(-1)?.items.q1?.sent?.clientSeq).toBe(saves[0]!.clientSeq)
      return good(saves)
    }
    saver.type('q1', 'a', 'at once')
    await pass(10)
    expect(saver.stateOf('q1')).toBe('saved')
  })

  it('goes on and says so where this machine cannot store anything', async () => {
    const { saver, disk, pass } = aWorld()
    disk.works = false
    saver.type('q1', 'a', 'at once')
    await pass(10)
    expect(saver.get().stored).toBe(false)
    expect(saver.stateOf('q1')).toBe('saved')
  })

  it('finds the one answer the server cannot read and saves the others', async () => {
    const { saver, line, pass } = aWorld()
    const good = line.answer
    line.answer = (saves) =>
      saves.some((one) => one.item === 'bad') ? { failure: 'unreadable' } : good(saves)
    saver.type('bad', '?', 'when quiet')
    saver.type('q1', 'a', 'when quiet')
    saver.type('q2', 'b', 'when quiet')
    await pass(5_000)
    expect(['bad', 'q1', 'q2'].map((item) => saver.stateOf(item))).toEqual(['refused', 'saved', 'saved'])
  })

  it('keeps still while the hall is paused and sends what was kept when it goes on', async () => {
    const { saver, line, sent, pass } = aWorld()
    const good = line.answer
    line.answer = () => ({ failure: 'paused' })
    saver.type('q1', 'a', 'at once')
    await pass(30_000)
    expect(sent).toHaveLength(1)
    line.answer = good
    saver.goOn()
    await pass(100)
    expect(saver.stateOf('q1')).toBe('saved')
  })

  it('sends everything unanswered first after a reload', async () => {
    const before = aWorld()
    before.line.answer = () => ({ failure: 'unreachable' })
    before.saver.type('q1', 'a', 'at once')
    await before.pass(10)
    const after = aWorld(before.stored.at(-1))
    await after.pass(10)
    expect(after.sent[0]).toEqual(before.sent[0])
    expect(after.saver.stateOf('q1')).toBe('saved')
  })

  it('flushes all before the hand-in and says when it could not', async () => {
    const { saver, line, pass } = aWorld()
    saver.type('q1', 'a', 'when quiet')
    const done = saver.flushAll(5_000)
    await pass(10)
    expect(await done).toBe(true)
    line.answer = () => ({ failure: 'unreachable' })
    saver.type('q1', 'b', 'when quiet')
    const failed = saver.flushAll(3_000)
    await pass(4_000)
    expect(await failed).toBe(false)
  })
})
