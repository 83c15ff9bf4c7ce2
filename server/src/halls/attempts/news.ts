// What others write to an attempt travels faster by PostgreSQL's own notices. Nothing rests on them: who missed one
// finds out by the primary key, or a few seconds later.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { App } from '../../platform/app.ts'

export const CHANNEL = 'halls_attempts'
const AGAIN_MS = 1_000

export function listenForNews(
  app: App,
  address: string,
  to: { heard(attemptId: string): void; deaf(): void },
): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let closed = false

  async function stay(): Promise<void> {
    while (!closed) {
      const one = new pg.Client({
        connectionString: address,
        application_name: 'shujiang news',
        keepAlive: true,
      })
      client = one
      const gone = new Promise<void>((resolve) => one.once('end', resolve))
      one.on('error', () => {})
      one.on('notification', ({ payload }) => {
        if (payload) to.heard(payload)
      })
      try {
        await one.connect()
        await one.query(`listen ${CHANNEL}`)
        to.deaf()
        await gone
      } catch (error) {
        app.log.debug({ err: error }, 'no news of attempts for now')
        await one.end().catch(() => {})
      }
      if (!closed) await sleep(AGAIN_MS, undefined, { ref: false })
    }
  }
  void stay()
  return {
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
