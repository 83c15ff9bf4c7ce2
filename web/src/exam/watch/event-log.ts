import type { EventReport, RoomEvent } from '../../../../server/src/halls/attempts/wire.ts'
import { dropLocal, putLocal, valuesUnder } from '../local-store.ts'

/** A page that is shaken for an hour must not fill the disk or the line; what is dropped is counted. */
const MOST = 500

export type EventLog = ReturnType<typeof openEventLog>

/** What happened at the browser, kept until the server has it. */
export function openEventLog(attempt: string, instant: () => string) {
  const waiting: EventReport[] = []
  let dropped = 0
  const loaded = valuesUnder<EventReport>('events', attempt).then((kept) => {
    const known = new Set(waiting.map((one) => one.id))
    waiting.unshift(...kept.filter((one) => !known.has(one.id)))
  })
  return {
    report(what: RoomEvent, data: Record<string, unknown>): void {
      if (waiting.length >= MOST) {
        dropped += 1
        return
      }
      const id = crypto.randomUUID()
      const one: EventReport = {
        id,
        what,
        clientAt: instant(),
        data: dropped > 0 ? { ...data, dropped } : data,
      }
      dropped = 0
      waiting.push(one)
      void putLocal('events', `${attempt}/${id}`, one)
    },
    async next(count: number): Promise<EventReport[]> {
      await loaded
      return [...waiting].sort((a, b) => (a.clientAt < b.clientAt ? -1 : 1)).slice(0, count)
    },
    async done(reports: readonly EventReport[]): Promise<void> {
      for (const { id } of reports) {
        const at = waiting.findIndex((one) => one.id === id)
        if (at >= 0) waiting.splice(at, 1)
        await dropLocal('events', `${attempt}/${id}`)
      }
    },
  }
}
