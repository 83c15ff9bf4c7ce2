import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import QRCode from 'qrcode'

/**
 * Sets papers in Typst, in a thread of its own: a thousand certificates take a second or two of computing, and
 * no answer of a candidate may wait for that.
 */
export interface Order {
  id: number
  template: string
  papers: ({ qrText?: string; photo?: Uint8Array } & Record<string, unknown>)[]
  demo: boolean
  printed: { by: string; at: string } | undefined
}
export type Delivery = { id: number; pdf: Uint8Array } | { id: number; error: string }

const folder = fileURLToPath(new URL('.', import.meta.url))
const fontFolder = (family: string, weight: string) =>
  fileURLToPath(new URL(`../../../../node_modules/@expo-google-fonts/${family}/${weight}`, import.meta.url))

const compiler = NodeCompiler.create({
  workspace: folder,
  fontArgs: [
    {
      fontPaths: ['noto-serif-sc', 'noto-sans-sc'].flatMap((family) => [
        fontFolder(family, '400Regular'),
        fontFolder(family, '700Bold'),
      ]),
    },
  ],
})

/** Results older than this many papers leave the compiler's memory. */
const CACHE_AGE = 10

async function set(order: Order): Promise<Uint8Array> {
  const photos: string[] = []
  const papers = await Promise.all(
    order.papers.map(async ({ qrText, photo, ...paper }, at) => {
      const qr = qrText
        ? await QRCode.toString(qrText, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
        : null
      if (!photo) return { ...paper, qr }
      const path = `${folder}photo-${at}`
      compiler.mapShadow(path, Buffer.from(photo))
      photos.push(path)
      return { ...paper, qr, photo: `/photo-${at}` }
    }),
  )
  try {
    const data = JSON.stringify({ papers, demo: order.demo, printed: order.printed ?? null })
    const compiled = compiler.compile({ mainFilePath: `${folder}${order.template}.typ`, inputs: { data } })
    const document = compiled.result
    if (!document) {
      const error = compiled.takeError()
      throw new Error(`${order.template} does not set: ${JSON.stringify(error?.shortDiagnostics)}`)
    }
    return compiler.pdf(document, { pdfTags: order.papers.length < 50 })
  } finally {
    for (const path of photos) compiler.unmapShadow(path)
    compiler.evictCache(CACHE_AGE)
  }
}

// One paper at a time: the compiler is one, and its files must not change under it.
let queue: Promise<void> = Promise.resolve()
parentPort?.on('message', (order: Order) => {
  queue = queue.then(async () => {
    try {
      const pdf = await set(order)
      parentPort?.postMessage({ id: order.id, pdf } satisfies Delivery)
    } catch (error) {
      parentPort?.postMessage({ id: order.id, error: String(error) } satisfies Delivery)
    }
  })
})
