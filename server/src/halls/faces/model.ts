// The face model: Human on the WASM back end, its models read from the installed package. Runs in the worker; no
// network is touched. https://github.com/vladmandic/human
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Face, Looked } from './face.ts'
import { lightOf, type Pixels, readPicture } from './picture.ts'

/** The little of Human that is used; its own types describe every build at once and name none. */
interface Human {
  init(): Promise<void>
  load(): Promise<void>
  detect(input: unknown): Promise<{ error?: string | null; face?: FoundFace[] }>
  tf: {
    getBackend(): string
    tidy<T>(work: () => T): T
    tensor(data: Uint8Array, shape: number[], type: 'int32'): unknown
    slice(tensor: unknown, begin: number[], size: number[]): unknown
    expandDims(tensor: unknown, axis: number): unknown
    dispose(tensor: unknown): void
  }
}
interface FoundFace {
  score: number
  box: [number, number, number, number]
  embedding?: number[]
  live?: number
  real?: number
  rotation?: { angle?: { yaw: number; pitch: number; roll: number } } | null
}

export interface FaceModel {
  look(bytes: Uint8Array): Promise<Looked>
}

const MODELS = ['blazeface', 'facemesh', 'faceres', 'antispoof', 'liveness']

/** Throws when the package, the back end or one of the models is not there. */
export async function openModel(): Promise<FaceModel> {
  const require = createRequire(import.meta.url)
  const package_ = dirname(dirname(require.resolve('@vladmandic/human')))
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))
  const models = join(package_, 'models')
  for (const name of MODELS) await readFile(join(models, `${name}.json`))
  readFilesByFetch()
  const { Human } = require(join(package_, 'dist', 'human.node-wasm.js')) as {
    Human: new (config: object) => Human
  }
  const off = { enabled: false }
  const fresh = { skipFrames: 0, skipTime: 0 }
  const human = new Human({
    backend: 'wasm',
    wasmPath: `${wasm}/`,
    wasmPlatformFetch: false,
    modelBasePath: pathToFileURL(`${models}/`).href,
    debug: false,
    async: true,
    // Nothing of one candidate's picture may be used for the next one's.
    cacheSensitivity: 0,
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { rotation: true, maxDetected: 6, minConfidence: 0.3, minSize: 24, ...fresh },
      mesh: { enabled: true },
      iris: off,
      attention: off,
      emotion: off,
      description: { enabled: true, ...fresh },
      antispoof: { enabled: true, ...fresh },
      liveness: { enabled: true, ...fresh },
    },
  })
  await human.init()
  await human.load()
  if (human.tf.getBackend() !== 'wasm') throw new Error(`the back end is ${human.tf.getBackend()}`)
  return { look: (bytes) => look(human, readPicture(bytes)) }
}

async function look(human: Human, picture: Pixels): Promise<Looked> {
  const startedAt = performance.now()
  const { tf } = human
  const { width, height, data } = picture
  const tensor = tf.tidy(() =>
    tf.expandDims(tf.slice(tf.tensor(data, [height, width, 4], 'int32'), [0, 0, 0], [-1, -1, 3]), 0),
  )
  try {
    const found = await human.detect(tensor)
    if (found.error) throw new Error(found.error)
    const side = Math.min(width, height)
    const faces = (found.face ?? []).filter((one) => one.embedding?.length)
    faces.sort((a, b) => b.box[2] - a.box[2])
    const [x = 0, y = 0, w = width, h = height] = faces[0]?.box ?? []
    return {
      outcome: 'looked',
      faces: faces.map((one) => faceOf(one, side)),
      picture: { width, height, ...lightOf(picture, { x, y, width: w, height: h }) },
      ms: Math.round(performance.now() - startedAt),
    }
  } finally {
    tf.dispose(tensor)
  }
}

function faceOf(found: FoundFace, side: number): Face {
  const angle = found.rotation?.angle
  const degrees = (radians: number | undefined) => Math.round(((radians ?? 0) * 180) / Math.PI)
  return {
    confidence: found.score,
    size: Math.round((found.box[2] / side) * 1000) / 1000,
    yaw: degrees(angle?.yaw),
    pitch: degrees(angle?.pitch),
    roll: degrees(angle?.roll),
    live: found.live ?? 0,
    real: found.real ?? 0,
    embedding: Float32Array.from(found.embedding ?? []),
  }
}

/** The model loader asks by `fetch`, which Node refuses for files; in this thread they are read instead. */
function readFilesByFetch(): void {
  globalThis.fetch = async (asked) => {
    const address = asked instanceof Request ? asked.url : String(asked)
    if (!address.startsWith('file:')) throw new Error(`the face model asks nobody, not ${address}`)
    const type = address.endsWith('.json') ? 'application/json' : 'application/octet-stream'
    return new Response(await readFile(fileURLToPath(address)), { headers: { 'content-type': type } })
  }
}
