// A thread that holds one model and looks at one picture at a time.
import { parentPort, workerData } from 'node:worker_threads'
import type { Look } from './face.ts'
import type { FaceModel } from './model.ts'
import { Unreadable } from './picture.ts'

export interface Asked {
  number: number
  bytes: Uint8Array
}
export interface Answered {
  number: number
  look: Look
}

const port = parentPort
if (!port) throw new Error('this file is a worker thread')

// The library prints what it loads; a server's output is its log.
console.log = () => {}

let opening: Promise<FaceModel> | undefined
const { model } = workerData as { model: string }

async function look(bytes: Uint8Array): Promise<Look> {
  opening ??= import(model).then(({ openModel }: { openModel: () => Promise<FaceModel> }) => openModel())
  let opened: FaceModel
  try {
    opened = await opening
  } catch (error) {
    return { outcome: 'missing', why: messageOf(error) }
  }
  try {
    return await opened.look(bytes)
  } catch (error) {
    if (error instanceof Unreadable) return { outcome: 'unreadable', why: error.message }
    return { outcome: 'crashed', why: messageOf(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

let last: Promise<unknown> = Promise.resolve()
port.on('message', ({ number, bytes }: Asked) => {
  last = last.then(async () => {
    port.postMessage({ number, look: await look(bytes) } satisfies Answered)
  })
})
