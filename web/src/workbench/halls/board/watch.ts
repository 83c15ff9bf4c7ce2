import { useEffect, useRef, useState } from 'react'
import { type ApiProblem, actingAs, problemIn, problemOf } from '../../../ui/api.ts'

/** Live: the server tells. Reading: the line broke, the page asks every few seconds. Over: it may no longer look. */
export type Line = 'opening' | 'live' | 'reading' | 'over'

const READ_EVERY_MS = 3_000
const LONGEST_WAIT_MS = 10_000
/** The server breathes every 15 seconds; longer silence is a line that died without saying so. */
const DEAD_AFTER_MS = 20_000

interface Watch {
  url: string
  event: string
  onData: (text: string) => void
  onLine: (line: Line, problem?: ApiProblem) => void
  signal: AbortSignal
}

/** Follows a stream until told to stop, opening it again whenever it breaks. */
async function follow({ url, event, onData, onLine, signal }: Watch): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const line = new AbortController()
    const stop = () => line.abort()
    signal.addEventListener('abort', stop)
    let dead = setTimeout(stop, DEAD_AFTER_MS)
    try {
      const acting = actingAs()
      const response = await fetch(url, {
        headers: acting ? { 'x-acting-as': acting } : {},
        credentials: 'same-origin',
        signal: line.signal,
      })
      if ([400, 401, 403, 404].includes(response.status)) return onLine('over', await problemIn(response))
      if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`)
      for await (const told of eventsOf(response.body)) {
        clearTimeout(dead)
        dead = setTimeout(stop, DEAD_AFTER_MS)
        if (told.event === 'over') break
        if (told.event !== event) continue
        failures = 0
        onLine('live')
        onData(told.data)
      }
    } catch {
      // Whatever broke, the answer is the same: read in the meantime, try again.
    } finally {
      clearTimeout(dead)
      signal.removeEventListener('abort', stop)
      line.abort()
    }
    if (signal.aborted) return
    onLine('reading')
    await new Promise((wake) => setTimeout(wake, Math.min(1_000 * 2 ** failures, LONGEST_WAIT_MS)))
    failures += 1
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader()
  let kept = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    kept += value
    const blocks = kept.split('\n\n')
    kept = blocks.pop() ?? ''
    for (const block of blocks) {
      const lines = block.split('\n')
      const field = (name: string) =>
        lines.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
      yield { event: field('event'), data: field('data') }
    }
  }
}

/** What a stream tells, told on by reading while the line is down. */
export function useWatched<T>(options: {
  url: string
  event: string
  onData: (data: T) => void
  read: () => Promise<readonly T[]>
}): { line: Line; problem: ApiProblem | null } {
  const [line, setLine] = useState<Line>('opening')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const latest = useRef(options)
  latest.current = options
  const { url, event } = options
  useEffect(() => {
    const ending = new AbortController()
    setLine('opening')
    setProblem(null)
    void follow({
      url,
      event,
      onData: (text) => latest.current.onData(JSON.parse(text) as T),
      onLine: (next, why) => {
        setLine(next)
        setProblem(why ?? null)
      },
      signal: ending.signal,
    })
    return () => ending.abort()
  }, [url, event])
  useEffect(() => {
    if (line !== 'reading') return
    let ended = false
    const read = async () => {
      try {
        for (const one of await latest.current.read()) if (!ended) latest.current.onData(one)
      } catch (error) {
        const { kind } = problemOf(error)
        if (!ended && kind !== 'network' && kind !== 'server') setProblem(problemOf(error))
      }
    }
    void read()
    const timer = setInterval(() => void read(), READ_EVERY_MS)
    return () => {
      ended = true
      clearInterval(timer)
    }
  }, [line])
  return { line, problem }
}
