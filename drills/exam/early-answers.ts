// An injected defect: what a hall node returns is acknowledged before the province has committed it.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../../server/src/platform/db.ts'

const HOLD_MS = 400
const calls = new AsyncLocalStorage<string>()

/** So that the database knows whose transaction it is. */
export function rememberCalls(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => calls.run(request.url, done))
}

/** Transactions of a return give their result first and commit a while later, if they still can. */
export function answersEarly(db: Db): Db {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction' && calls.getStore() === '/api/node/return')
        return () => ({ execute: (work: (tx: never) => Promise<unknown>) => early(target, work) })
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function early(db: Db, work: (tx: never) => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    db.transaction()
      .execute(async (tx) => {
        const result = await work(tx as never)
        resolve(result)
        await sleep(HOLD_MS)
      })
      .catch(reject)
  })
}
