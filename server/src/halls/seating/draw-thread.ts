import { parentPort } from 'node:worker_threads'
import { makeProof } from './proof.ts'

// A province's draw takes a second of computing: here it holds up nobody's answers.
parentPort?.once('message', (ask: Parameters<typeof makeProof>[0]) => {
  parentPort?.postMessage(makeProof(ask))
})
