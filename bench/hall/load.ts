// The load, in a process of its own: one keep-alive connection a candidate, over bare sockets so that it takes as
// little as it can of the machine it shares with what it measures.
import { connect, type Socket } from 'node:net'
import type { AnswerValue, PaperItem } from '../../server/src/halls/attempts/wire.ts'

export interface LoadOrder {
  host: string
  port: number
  candidates: { attempt: string; lease: string }[]
  items: Pick<PaperItem, 'id' | 'kind'>[]
  /**
   * saturate: each candidate saves again as soon as it is answered. offer: one save a second each, at its moment,
   * whether or not the one before was answered. state, start, hand-in: each candidate once, so many at a time.
   */
  shape: 'saturate' | 'offer' | 'state' | 'start' | 'hand-in'
  seconds: number
  /** Left out of the figures at the beginning. */
  warmUpSeconds: number
  /** Candidates under way at a time, where each does a thing once. */
  atOnce: number
  /** What an earlier load has acknowledged. */
  standing?: Acknowledged[]
}

/** By candidate: the revision of each item, and every save that was acknowledged. */
export interface Acknowledged {
  revisions: number[]
  nextSeq: number
  saves: { item: number; clientSeq: number; revision: number }[]
}

export interface LoadAnswer {
  done: number
  seconds: number
  latencies: { p50Ms: number; p95Ms: number; p99Ms: number; maxMs: number }
  statuses: Record<string, number>
  cpuSeconds: number
  acknowledged: Acknowledged[]
  /** The last body of anything that was not answered with 200. */
  complaint: string | null
}

const TEXT = '数据采集应当遵循先校验后入库的顺序并保留原始记录以便追溯来源同时控制权限'
  .repeat(9)
  .slice(0, 300)

class Line {
  readonly socket: Socket
  private text = ''
  private answered: ((status: number, body: string) => void) | undefined

  constructor(order: LoadOrder) {
    this.socket = connect(order.port, order.host)
    this.socket.setNoDelay(true)
    this.socket.setEncoding('utf8')
    this.socket.on('data', (chunk: string) => this.take(chunk))
    this.socket.on('error', () => this.fail())
    this.socket.on('close', () => this.fail())
  }

  ask(request: string, answered: (status: number, body: string) => void): void {
    this.answered = answered
    this.socket.write(request)
  }

  private take(chunk: string): void {
    this.text += chunk
    const end = this.text.indexOf('\r\n\r\n')
    if (end < 0) return
    const at = this.text.indexOf('ontent-length: ')
    const length = Number.parseInt(this.text.slice(at + 15, at + 24), 10)
    const body = this.text.slice(end + 4)
    // Latin letters only in what is read here, but for refusals: those are short of bytes, never of characters.
    if (body.length < length && Buffer.byteLength(body) < length) return
    const status = Number(this.text.slice(9, 12))
    this.text = ''
    const { answered } = this
    this.answered = undefined
    answered?.(status, body)
  }

  private fail(): void {
    const { answered } = this
    this.answered = undefined
    answered?.(0, '')
  }
}

function request(
  method: string,
  path: string,
  one: { attempt: string; lease: string },
  body: string,
): string {
  return (
    `${method} /api/exam/${path} HTTP/1.1\r\nhost: hall\r\nx-attempt: ${one.attempt}\r\nx-lease: ${one.lease}\r\n` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

function valueFor(kind: PaperItem['kind'], n: number): AnswerValue {
  switch (kind) {
    case 'multiple':
      return n % 2 ? ['a', 'c'] : ['b', 'c', 'd']
    case 'fill':
      return ['数据采集', `第${n}次`]
    case 'short':
    case 'long':
      return `${TEXT}${n}`
    default:
      return 'abcd'[n % 4] as string
  }
}

process.once('message', async (order: LoadOrder) => {
  const lines = order.candidates.map(() => new Line(order))
  await Promise.all(lines.map((line) => new Promise((resolve) => line.socket.once('connect', resolve))))
  const standing = order.standing ?? order.candidates.map(() => ({ revisions: [], nextSeq: 1, saves: [] }))
  const result =
    order.shape === 'saturate' || order.shape === 'offer'
      ? saving(order, lines, standing)
      : once(order, lines, standing)
  process.send?.(await result)
  for (const line of lines) line.socket.destroy()
})

/** Latencies in milliseconds, statuses, time: what every shape counts. */
class Tally {
  readonly latencies: number[] = []
  readonly statuses: Record<string, number> = {}
  complaint: string | null = null
  private readonly from: number
  private readonly cpu = process.cpuUsage()
  private last = 0

  constructor(warmUpSeconds: number) {
    this.from = performance.now() + warmUpSeconds * 1000
    this.last = this.from
  }

  count(status: number, since: number, body: string): void {
    const now = performance.now()
    this.statuses[status] = (this.statuses[status] ?? 0) + 1
    if (status !== 200) this.complaint = body
    if (now < this.from || status !== 200) return
    this.latencies.push(now - since)
    this.last = now
  }

  answer(acknowledged: Acknowledged[]): LoadAnswer {
    const sorted = this.latencies.sort((a, b) => a - b)
    const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
    const { user, system } = process.cpuUsage(this.cpu)
    return {
      done: sorted.length,
      seconds: (this.last - this.from) / 1000,
      latencies: { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: Math.round(sorted.at(-1) ?? 0) },
      statuses: this.statuses,
      cpuSeconds: (user + system) / 1e6,
      acknowledged,
      complaint: this.complaint,
    }
  }
}

function saving(order: LoadOrder, lines: Line[], standing: Acknowledged[]): Promise<LoadAnswer> {
  const tally = new Tally(order.warmUpSeconds)
  const begun = performance.now()
  const until = begun + (order.warmUpSeconds + order.seconds) * 1000
  let underWay = order.candidates.length

  return new Promise((resolve) => {
    const rest = () => {
      underWay -= 1
      if (underWay === 0) resolve(tally.answer(standing))
    }
    const save = (index: number, since: number, next: () => void) => {
      const line = lines[index] as Line
      const mine = standing[index] as Acknowledged
      const clientSeq = mine.nextSeq++
      const item = (clientSeq * 7 + index) % order.items.length
      const { id, kind } = order.items[item] as LoadOrder['items'][number]
      const baseRevision = mine.revisions[item] ?? 0
      const value = valueFor(kind, clientSeq)
      const clientAt = new Date().toISOString()
      const body = JSON.stringify({ saves: [{ item: id, clientSeq, baseRevision, value, clientAt }] })
      line.ask(
        request('POST', 'save', order.candidates[index] as LoadOrder['candidates'][number], body),
        (status, text) => {
          if (status === 200 && !text.includes('"status":"saved"')) {
            tally.count(299, since, text)
          } else {
            tally.count(status, since, text)
            if (status === 200) {
              mine.revisions[item] = baseRevision + 1
              mine.saves.push({ item, clientSeq, revision: baseRevision + 1 })
            }
          }
          next()
        },
      )
    }
    for (let index = 0; index < lines.length; index += 1) {
      if (order.shape === 'saturate') {
        const again = () => {
          const now = performance.now()
          if (now >= until) rest()
          else save(index, now, again)
        }
        again()
      } else {
        // Each has a moment of its own within the second. Late is counted from that moment, not from when we got to it.
        let due = begun + (index / lines.length) * 1000
        const again = () => {
          const now = performance.now()
          if (due >= until) return rest()
          const since = due
          due += 1000
          if (since <= now) save(index, since, again)
          else setTimeout(() => save(index, since, again), since - now)
        }
        again()
      }
    }
  })
}

function once(order: LoadOrder, lines: Line[], standing: Acknowledged[]): Promise<LoadAnswer> {
  const tally = new Tally(0)
  return new Promise((resolve) => {
    let next = 0
    let done = 0
    const go = () => {
      const index = next++
      const candidate = order.candidates[index]
      if (!candidate) return
      const since = performance.now()
      const { revisions } = standing[index] as Acknowledged
      const answers = Object.fromEntries(
        order.items.flatMap(({ id }, item) => (revisions[item] ? [[id, revisions[item]]] : [])),
      )
      const body = order.shape === 'hand-in' ? JSON.stringify({ answers }) : '{}'
      const method = order.shape === 'state' ? 'GET' : 'POST'
      ;(lines[index] as Line).ask(
        request(method, order.shape, candidate, method === 'GET' ? '' : body),
        (status, text) => {
          tally.count(status, since, text)
          done += 1
          if (done === lines.length) resolve(tally.answer(standing))
          else go()
        },
      )
    }
    for (let n = 0; n < order.atOnce; n += 1) go()
  })
}
