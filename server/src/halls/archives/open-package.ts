// A stranger's zip: nothing in it is believed. Names come from a closed list, sizes from the signed manifest, and
// every byte is inflated behind a meter.
import { createHash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import { buffer as collect } from 'node:stream/consumers'
import { promisify } from 'node:util'
import yauzl from 'yauzl'
import { FILES, type ListedFile, MANIFEST, SIGNATURE } from './package-format.ts'

/** Why a package cannot be looked at any further. */
export class BadPackage extends Error {}

const KNOWN: ReadonlySet<string> = new Set([...Object.values(FILES), MANIFEST, SIGNATURE])
const MAX_HEAD_BYTES = 1024 * 1024
const MAX_TOTAL_BYTES = 8 * 1024 ** 3
/** Items with pictures of one paper are the longest line there is. */
const MAX_LINE_BYTES = 16 * 1024 * 1024

export interface OpenPackage {
  names: string[]
  /** A small file whole. */
  read(name: string): Promise<Buffer>
  /** A listed file line by line; afterwards its size and hash have been held against the manifest. */
  lines(file: ListedFile): AsyncGenerator<string>
  close(): void
}

export async function openPackage(path: string): Promise<OpenPackage> {
  const zip = await open(path)
  const entries = new Map<string, yauzl.Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry
      if (!KNOWN.has(fileName))
        throw new BadPackage(`unexpected name ${JSON.stringify(fileName.slice(0, 200))}`)
      if (entries.has(fileName)) throw new BadPackage(`${fileName} is there twice`)
      if (entries.size >= KNOWN.size) throw new BadPackage('too many files')
      entries.set(fileName, entry)
    }
  } catch (error) {
    zip.close()
    if (error instanceof BadPackage) throw error
    throw new BadPackage(`not a readable zip: ${(error as Error).message}`)
  }
  const inflate = async (name: string, limit: number): Promise<Readable> => {
    const entry = entries.get(name)
    if (!entry) throw new BadPackage(`${name} is missing`)
    let seen = 0
    const meter = new Transform({
      transform(chunk: Buffer, _, done) {
        seen += chunk.length
        done(
          seen > limit ? new BadPackage(`${name} is larger than the ${limit} bytes it may have`) : null,
          chunk,
        )
      },
    })
    if (entry.uncompressedSize > limit)
      throw new BadPackage(`${name} is larger than the ${limit} bytes it may have`)
    const stream = await promisify<yauzl.Entry, Readable>(zip.openReadStream.bind(zip))(entry)
    stream.once('error', (error) => meter.destroy(new BadPackage(`${name}: ${error.message}`)))
    meter.once('error', () => stream.destroy())
    return stream.pipe(meter)
  }
  let total = 0
  return {
    names: [...entries.keys()],
    read: async (name) => collect(await inflate(name, MAX_HEAD_BYTES)),
    async *lines(file) {
      total += file.bytes
      if (total > MAX_TOTAL_BYTES) throw new BadPackage('the package claims to be larger than 8 GiB')
      const digest = createHash('sha256')
      let bytes = 0
      for await (const line of linesOf(await inflate(file.name, file.bytes), file.name, (chunk) => {
        digest.update(chunk)
        bytes += chunk.length
      }))
        yield line
      if (bytes !== file.bytes)
        throw new BadPackage(`${file.name} has ${bytes} bytes, the manifest says ${file.bytes}`)
      if (digest.digest('hex') !== file.sha256)
        throw new BadPackage(`${file.name} is not the file of the manifest`)
    },
    close: () => zip.close(),
  }
}

async function open(path: string): Promise<yauzl.ZipFile> {
  try {
    return await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    })
  } catch (error) {
    throw new BadPackage(`not a readable zip: ${(error as Error).message}`)
  }
}

async function* linesOf(
  stream: Readable,
  name: string,
  see: (chunk: Buffer) => void,
): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    see(chunk)
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end)]).toString('utf8')
      rest = Buffer.alloc(0)
      from = end + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(from)])
    if (rest.length > MAX_LINE_BYTES) throw new BadPackage(`${name} has a line of more than 16 MiB`)
  }
  if (rest.length > 0) yield rest.toString('utf8')
}
