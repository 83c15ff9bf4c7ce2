import { Worker } from 'node:worker_threads'
import type { Actor } from '../api.ts'
import type { Clock } from '../clock.ts'
import type { Sheet, Template } from './papers.ts'
import type { Delivery, Order } from './typesetter.ts'

export type {
  AdmissionTicketPaper,
  HoursProofPaper,
  LevelCertificatePaper,
  ReceiptPaper,
  ResultReportPaper,
  RosterPaper,
  SeatMapPaper,
  Sheet,
  Template,
  TitleRecognitionPaper,
  TrainingCertificatePaper,
} from './papers.ts'

interface Waiting {
  resolve(pdf: Uint8Array): void
  reject(error: Error): void
}

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, Waiting>()

function typesetter(): Worker {
  if (worker) return worker
  const started = new Worker(new URL('./typesetter.ts', import.meta.url))
  const lost = (error: Error) => {
    if (worker === started) worker = undefined
    for (const [id, order] of waiting) {
      waiting.delete(id)
      order.reject(error)
    }
  }
  started.on('error', lost)
  started.on('exit', (code) => lost(new Error(`the typesetter ended with ${code}`)))
  started.on('message', (delivery: Delivery) => {
    const order = waiting.get(delivery.id)
    waiting.delete(delivery.id)
    // Without work the thread must not keep the process alive.
    if (waiting.size === 0) started.unref()
    if ('pdf' in delivery) order?.resolve(delivery.pdf)
    else order?.reject(new Error(delivery.error))
  })
  worker = started
  return started
}

/**
 * Sets a paper as PDF (A4). Certificates: any number of `papers`, a page each, about 2 ms a piece once warm.
 * A paper that does not set is a bug of its template or data and throws.
 */
export function render<T extends Template>(template: T, sheet: Sheet<T>): Promise<Uint8Array> {
  const setter = typesetter()
  lastId += 1
  const order: Order = {
    id: lastId,
    template,
    papers: sheet.papers as unknown as Order['papers'],
    demo: sheet.demo,
    printed: sheet.printed,
  }
  return new Promise((resolve, reject) => {
    waiting.set(order.id, { resolve, reject })
    setter.ref()
    setter.postMessage(order)
  })
}

const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The foot of a printed form or list: who prints it and when. */
export function printedBy(app: { clock: Clock }, actor: Actor): { by: string; at: string } {
  const by = actor.organisation ? `${actor.organisation.name} ${actor.name}` : actor.name
  return { by, at: minute.format(app.clock.now()) }
}
