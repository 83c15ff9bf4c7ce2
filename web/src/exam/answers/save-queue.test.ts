import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue, AnswerView, Save, SaveResult } from '../../../../server/src/halls/attempts/wire.ts'
import {
  chooseVersion,
  emptyQueue,
  isUnsaved,
  itemOf,
  type LocalAnswers,
  localAnswers,
  nextBatch,
  restoreQueue,
  revisionsOf,
  type SaveQueue,
  takeResults,
  typeAnswer,
  unsavedItems,
} from './save-queue.ts'

const AT = '2026-11-22T01:00:00.000Z'
const always = () => true
const typed = (item: string, value: AnswerValue, queue = emptyQueue) => typeAnswer(queue, item, value, AT)
const saved = (save: Save, revision: number): SaveResult => ({
  item: save.item,
  clientSeq: save.clientSeq,
  status: 'saved',
  revision,
})

describe('the queue of saves', () => {
  it('is not saved before the server has answered', () => {
    const { queue, saves } = nextBatch(typed('q1', 'a'), always)
    expect(saves).toEqual([{ item: 'q1', clientSeq: 1, baseRevision: 0, value: 'a', clientAt: AT }])
    expect(isUnsaved(itemOf(queue, 'q1'))).toBe(true)
    expect(itemOf(queue, 'q1').savedAt).toBeNull()
    const after = takeResults(queue, [saved(saves[0]!, 1)], AT)
    expect(isUnsaved(itemOf(after, 'q1'))).toBe(false)
    expect(revisionsOf(after)).toEqual({ q1: 1 })
  })

  it('sends the very same save again while nothing was heard, and what was typed since behind it', () => {
    const first = nextBatch(typed('q1', 'a'), always)
    const again = nextBatch(typed('q1', 'ab', first.queue), always)
    expect(again.saves).toEqual(first.saves)
    const acknowledged = takeResults(again.queue, [saved(first.saves[0]!, 1)], AT)
    expect(isUnsaved(itemOf(acknowledged, 'q1'))).toBe(true)
    const second = nextBatch(acknowledged, always)
    expect(second.saves).toMatchObject([{ clientSeq: 2, baseRevision: 1, value: 'ab' }])
  })

  it('ignores an answer to a save that is not the one on its way', () => {
    const { queue, saves } = nextBatch(typed('q1', 'a'), always)
    expect(takeResults(queue, [{ ...saved(saves[0]!, 1), clientSeq: 99 }], AT)).toEqual(queue)
  })

  it('keeps both versions of a conflict until the candidate chooses', () => {
    const { queue, saves } = nextBatch(typed('q1', 'mine'), always)
    const conflict: SaveResult = { ...saved(saves[0]!, 4), status: 'conflict', value: 'theirs' }
    const torn = takeResults(queue, [conflict], AT)
    expect(itemOf(torn, 'q1').conflict).toEqual({ revision: 4, value: 'theirs' })
    expect(nextBatch(torn, always).saves).toEqual([])

    const mine = nextBatch(chooseVersion(torn, 'q1', 'mine', AT), always)
    expect(mine.saves).toMatchObject([{ clientSeq: 2, baseRevision: 4, value: 'mine' }])

    const theirs = chooseVersion(torn, 'q1', 'theirs', AT)
    expect(itemOf(theirs, 'q1')).toMatchObject({ value: 'theirs', revision: 4 })
    expect(unsavedItems(theirs)).toEqual([])
  })

  it('sees no conflict where both sides wrote the same', () => {
    const { queue, saves } = nextBatch(typed('q1', ['a', 'c']), always)
    const result: SaveResult = { ...saved(saves[0]!, 2), status: 'conflict', value: ['a', 'c'] }
    expect(unsavedItems(takeResults(queue, [result], AT))).toEqual([])
  })

  it('lets no refused answer hold up the others, and takes the item up again when it is typed anew', () => {
    const both = nextBatch(typed('q2', 'b', typed('q1', 'a')), always)
    const refused: SaveResult = { ...saved(both.saves[0]!, 0), status: 'refused' }
    const after = takeResults(both.queue, [refused], AT)
    expect(itemOf(after, 'q1').rejected).toBe('refused')
    expect(nextBatch(after, always).saves.map((one) => one.item)).toEqual(['q2'])
    expect(nextBatch(typed('q1', 'again', after), always).saves.map((one) => one.item)).toEqual(['q2', 'q1'])
  })

  it('asks the candidate after a return when the server has a newer answer than this machine was typing over', () => {
    const local = localAnswers(typed('q1', 'old machine'))
    const server: AnswerView[] = [{ item: 'q1', revision: 3, clientSeq: 9, value: 'new machine', at: AT }]
    expect(itemOf(restoreQueue(local, server), 'q1').conflict).toEqual({ revision: 3, value: 'new machine' })
  })

  it('gives out no number again after a reload', () => {
    const { queue } = nextBatch(typed('q1', 'a'), always)
    const back = restoreQueue(localAnswers(queue), [])
    expect(nextBatch(typed('q2', 'b', back), always).saves.map((one) => one.clientSeq)).toEqual([1, 102])
  })
})

/** The server's rule of a save, as the journal keeps it. */
class ModelServer {
  readonly log: Save[] = []
  readonly standing = new Map<string, { revision: number; clientSeq: number; value: AnswerValue }>()
  save(save: Save): SaveResult {
    const now = this.standing.get(save.item)
    const base = { item: save.item, clientSeq: save.clientSeq }
    if (now?.clientSeq === save.clientSeq) return { ...base, status: 'same', revision: now.revision }
    const revision = now?.revision ?? 0
    if (save.baseRevision !== revision)
      return { ...base, status: 'conflict', revision, value: now?.value ?? null }
    this.log.push(save)
    this.standing.set(save.item, { revision: revision + 1, clientSeq: save.clientSeq, value: save.value })
    return { ...base, status: 'saved', revision: revision + 1 }
  }
  answers(): AnswerView[] {
    return [...this.standing].map(([item, one]) => ({ item, ...one, at: AT }))
  }
}

type Step =
  | { do: 'type'; item: string }
  | { do: 'send' | 'arrive' | 'arriveTwice' | 'loseRequest' | 'hear' | 'loseAnswer'; at: number }
  | { do: 'reload'; reachesServer: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('type' as const), item: fc.constantFrom('a', 'b', 'c') }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('send', 'arrive', 'arriveTwice', 'loseRequest', 'hear', 'loseAnswer'),
      at: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), reachesServer: fc.boolean() }) },
)

describe('over any line, however bad', () => {
  it('loses no answer, keeps their order and lets none count twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const server = new ModelServer()
        let queue: SaveQueue = emptyQueue
        let stored: LocalAnswers | undefined
        let requests: Save[][] = []
        let answers: SaveResult[][] = []
        const written: Record<string, string[]> = { a: [], b: [], c: [] }
        let count = 0
        const keep = (next: SaveQueue) => {
          queue = next
          stored = localAnswers(next)
        }
        const take = <T>(list: T[], at: number): T | undefined => list.splice(at % (list.length || 1), 1)[0]
        const pick = (one: Step) => {
          switch (one.do) {
            case 'type': {
              count += 1
              written[one.item]!.push(`${count}`)
              return keep(typeAnswer(queue, one.item, `${count}`, AT))
            }
            case 'send': {
              const batch = nextBatch(queue, (item) => (item.charCodeAt(0) + one.at) % 3 !== 0)
              keep(batch.queue)
              if (batch.saves.length > 0) requests.push(batch.saves)
              return
            }
            case 'arrive':
            case 'arriveTwice': {
              // Any request under way may come first, and any may come twice.
              const request = take(requests, one.at)
              if (!request) return
              answers.push(request.map((save) => server.save(save)))
              if (one.do === 'arriveTwice') requests.push(request)
              return
            }
            case 'loseRequest':
              take(requests, one.at)
              return
            case 'loseAnswer':
              take(answers, one.at)
              return
            case 'hear': {
              const answer = take(answers, one.at)
              if (answer) keep(takeResults(queue, answer, AT))
              return
            }
            case 'reload':
              answers = []
              return keep(restoreQueue(stored, one.reachesServer ? server.answers() : undefined))
          }
        }
        for (const one of steps) {
          pick(one)
          for (const [item, own] of Object.entries(queue.items)) {
            expect(own.conflict).toBeNull()
            // Whoever reads 已保存 can rely on it: the server has what stands on the screen.
            if (own.revision > 0 && !isUnsaved(own))
              expect(server.standing.get(item)).toMatchObject({ value: own.value })
          }
        }
        requests.reverse()
        for (const late of requests) for (const save of late) server.save(save)
        requests = []
        for (let rounds = 0; unsavedItems(queue).length > 0; rounds += 1) {
          expect(rounds).toBeLessThan(10)
          const batch = nextBatch(queue, always)
          keep(
            takeResults(
              batch.queue,
              batch.saves.map((save) => server.save(save)),
              AT,
            ),
          )
        }
        for (const [item, values] of Object.entries(written)) {
          expect(server.standing.get(item)?.value).toBe(values.at(-1))
          const inOrder = server.log.filter((save) => save.item === item).map((save) => save.value as string)
          expect(inOrder).toEqual([...new Set(inOrder)])
          expect(inOrder.map(Number)).toEqual(inOrder.map(Number).sort((a, b) => a - b))
        }
        const numbers = server.log.map((save) => `${save.item} ${save.clientSeq}`)
        expect(new Set(numbers).size).toBe(numbers.length)
      }),
      { numRuns: 2_000 },
    )
  })
})
