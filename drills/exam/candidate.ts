// A candidate as a program: types without end, keeps what is not acknowledged, sends it over a line that fails in every
// way, and writes down each acknowledgement. What it holds at the end is what the journal must hold.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnswerValue, Receipt, Save, Saved, SaveResult } from '../../server/src/halls/attempts/wire.ts'

/** What came with `enter`. */
export interface Held {
  attempt: string
  lease: string
  items: readonly string[]
}

export interface Acknowledged {
  attempt: string
  item: string
  clientSeq: number
  revision: number
  value: AnswerValue
}

/** What the candidate's line does now; the round's faults turn these. Shares are of batches, 0–1. */
export interface Line {
  address: string
  cut: boolean
  duplicate: number
  reorder: number
  stale: number
}

export interface Witness {
  acknowledged: Acknowledged[]
  late: Acknowledged[]
  receipt: Receipt | undefined
  /** Acknowledgements that contradict an earlier one, saves over a stale revision, and saves by a lease that had ended. */
  contradictions: string[]
  sent: number
  refused: Record<string, number>
}

export interface Candidate {
  held: Held
  line: Line
  witness: Witness
  /** Not yet acknowledged, oldest first: the journal in the browser. */
  queue: Save[]
  clientSeq: number
  /** The revision each item stands on, as far as this browser knows. */
  revisions: Map<string, number>
  draw: () => number
  /** Ends typing; sending goes on until the queue is empty. */
  done: boolean
  /** The server said that this attempt is over, or belongs to another browser. */
  over: string | undefined
  /** How wrong this machine's own clock is. */
  clockOffMs: number
}

export function aCandidate(held: Held, line: Line, draw: () => number): Candidate {
  return {
    held,
    line,
    draw,
    witness: { acknowledged: [], late: [], receipt: undefined, contradictions: [], sent: 0, refused: {} },
    queue: [],
    clientSeq: 0,
    revisions: new Map(),
    done: false,
    over: undefined,
    clockOffMs: 0,
  }
}

const MOST_IN_A_BATCH = 20
const TIMEOUT_MS = 4_000

/** Types a choice every few milliseconds, faster than anybody. */
export async function type(candidate: Candidate, pauseMs: number): Promise<void> {
  const { draw, held } = candidate
  while (!candidate.done && candidate.over === undefined) {
    const item = held.items[Math.floor(draw() * held.items.length)] as string
    candidate.clientSeq += 1
    candidate.queue.push({
      item,
      clientSeq: candidate.clientSeq,
      baseRevision: candidate.revisions.get(item) ?? 0,
      value: `${'abcd'[Math.floor(draw() * 4)]}`,
      clientAt: new Date(Date.now() + candidate.clockOffMs).toISOString(),
    })
    await sleep(pauseMs * (0.5 + draw()))
  }
}

/** Sends until nothing is left, or the server has said that it is over. */
export async function send(candidate: Candidate): Promise<void> {
  let wait = 20
  while (candidate.over === undefined) {
    if (candidate.queue.length === 0) {
      if (candidate.done) return
      await sleep(5)
      continue
    }
    const batch = oneOfEach(candidate)
    const { duplicate, reorder, stale } = candidate.line
    const rest = candidate.draw() < reorder ? oneOfEach(candidate, batch) : []
    // The later batch leaves first; the earlier one follows before it is answered.
    const late = rest.length > 0 ? post(candidate, rest) : undefined
    const answer = await post(candidate, batch)
    if (candidate.draw() < duplicate) await post(candidate, batch)
    await late
    if (answer && candidate.draw() < stale) await sendStale(candidate, batch)
    wait = answer ? 20 : Math.min(wait * 2, 320)
    if (!answer) await sleep(wait * candidate.draw())
  }
}

/** The next saves, at most one an item: a later save of the same item waits for the earlier one's revision. */
function oneOfEach(candidate: Candidate, taken: readonly Save[] = []): Save[] {
  const batch: Save[] = []
  const items = new Set(taken.map((save) => save.item))
  for (const save of candidate.queue) {
    if (batch.length === MOST_IN_A_BATCH) break
    if (items.has(save.item)) continue
    items.add(save.item)
    save.baseRevision = candidate.revisions.get(save.item) ?? 0
    batch.push({ ...save })
  }
  return batch
}

/** An old revision under a new number: a tab left open. It must be told of the conflict, never "saved". */
async function sendStale(candidate: Candidate, batch: readonly Save[]): Promise<void> {
  const [first] = batch
  const known = first && candidate.revisions.get(first.item)
  if (!first || !known) return
  candidate.clientSeq += 1
  const answer = await call(candidate, 'save', {
    saves: [{ ...first, clientSeq: candidate.clientSeq, baseRevision: known - 1, value: 'stale' }],
  })
  for (const result of ((await answer?.json()) as Saved | undefined)?.results ?? [])
    if (result.status === 'saved')
      candidate.witness.contradictions.push(`stale save of ${first.item} accepted`)
}

async function post(candidate: Candidate, saves: readonly Save[]): Promise<boolean> {
  candidate.witness.sent += saves.length
  const answer = await call(candidate, 'save', { saves })
  if (!answer) return false
  if (answer.status === 200) {
    const { results, closed } = (await answer.json()) as Saved
    for (const result of results) take(candidate, saves, result)
    if (closed && candidate.queue.length === 0) candidate.over = closed.why
    return true
  }
  if (answer.status >= 500 || answer.status === 429) return false
  const { refusal } = (await answer.json()) as { refusal?: { code: string } }
  candidate.over = refusal?.code ?? `HTTP ${answer.status}`
  candidate.witness.refused[candidate.over] = (candidate.witness.refused[candidate.over] ?? 0) + 1
  return true
}

function take(candidate: Candidate, saves: readonly Save[], result: SaveResult): void {
  const { witness, held } = candidate
  const save = saves.find((one) => one.clientSeq === result.clientSeq)
  if (!save) {
    witness.contradictions.push(`an answer for ${result.item} #${result.clientSeq} that was not sent`)
    return
  }
  const { item, clientSeq, value } = save
  const acknowledged = { attempt: held.attempt, item, clientSeq, revision: result.revision, value }
  const drop = () => {
    candidate.queue = candidate.queue.filter((one) => one.clientSeq !== clientSeq)
  }
  switch (result.status) {
    case 'saved':
    case 'same': {
      const before = witness.acknowledged.find((one) => one.clientSeq === clientSeq && one.item === item)
      if (before && before.revision !== result.revision)
        witness.contradictions.push(
          `${item} #${clientSeq} acknowledged as ${before.revision} and ${result.revision}`,
        )
      if (before && result.status === 'saved')
        witness.contradictions.push(`${item} #${clientSeq} saved twice`)
      if (!before) witness.acknowledged.push(acknowledged)
      candidate.revisions.set(item, Math.max(result.revision, candidate.revisions.get(item) ?? 0))
      drop()
      return
    }
    case 'conflict':
      // The candidate looks at both and keeps their own: typed again over what stands.
      candidate.revisions.set(item, Math.max(result.revision, candidate.revisions.get(item) ?? 0))
      return
    case 'late':
      witness.late.push(acknowledged)
      drop()
      return
    case 'refused':
      witness.refused[item] = (witness.refused[item] ?? 0) + 1
      drop()
      return
  }
}

/** Hands in until the receipt is there; the same receipt each time. */
export async function handIn(candidate: Candidate): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answers = Object.fromEntries(candidate.revisions)
    const answer = await call(candidate, 'hand-in', { answers })
    if (answer?.status === 200) {
      const receipt = (await answer.json()) as Receipt
      const before = candidate.witness.receipt
      if (before && (before.hash !== receipt.hash || before.seq !== receipt.seq))
        candidate.witness.contradictions.push('two receipts that differ')
      candidate.witness.receipt = receipt
      return
    }
    if (answer && answer.status < 500 && answer.status !== 429) {
      const { refusal } = (await answer.json()) as { refusal?: { code: string } }
      candidate.over = refusal?.code ?? `HTTP ${answer.status}`
      return
    }
    await sleep(50 + 100 * candidate.draw())
  }
}

async function call(candidate: Candidate, path: string, body: object): Promise<Response | undefined> {
  const { line, held } = candidate
  if (line.cut) return undefined
  const aborted = new AbortController()
  const timer = setTimeout(() => aborted.abort(), TIMEOUT_MS)
  // A line that is cut also loses what is on its way.
  const watch = setInterval(() => line.cut && aborted.abort(), 10)
  try {
    const answer = await fetch(`${line.address}/api/exam/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-attempt': held.attempt,
        'x-lease': held.lease,
      },
      body: JSON.stringify(body),
      signal: aborted.signal,
    })
    const text = await answer.text()
    return new Response(text, { status: answer.status })
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
  }
}
