import { on } from 'node:events'
import { type Readable, Transform } from 'node:stream'
import { buffer as collect } from 'node:stream/consumers'
import { promisify } from 'node:util'
import yauzl from 'yauzl'

/** A workbook that cannot be read at all; `message` is the Chinese sentence to show. */
export class UnreadableSheet extends Error {}

const MAX_ENTRIES = 1000
const MAX_PART_BYTES = 48 * 1024 * 1024
const WANTED =
  /^(xl\/workbook[.]xml|xl\/_rels\/workbook[.]xml[.]rels|xl\/sharedstrings[.]xml|xl\/styles[.]xml|xl\/worksheets\/[^/]+[.]xml)$/

const BROKEN = '文件不是有效的 Excel 表格（.xlsx），或已损坏。请用 Excel 或 WPS 另存为「.xlsx」后再上传。'
const HOSTILE = '文件的内部结构异常，未读取。请把数据复制到新的空白表格中，另存为「.xlsx」后再上传。'

/**
 * The parts of a workbook that hold its cells, by lower-case name. The sender is not trusted: each part is inflated
 * behind a meter, whatever size its header claims; pictures and macros are never touched; entities are refused.
 */
export async function readParts(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await open(bytes)
  const parts = new Map<string, string>()
  let left = MAX_PART_BYTES
  let entries = 0
  try {
    const found = on(zip, 'entry', { close: ['end'] }) as AsyncIterableIterator<[yauzl.Entry]>
    zip.readEntry()
    for await (const [entry] of found) {
      entries += 1
      if (entries > MAX_ENTRIES) throw new UnreadableSheet(HOSTILE)
      const name = entry.fileName.replace(/^\//, '').toLowerCase()
      if (WANTED.test(name)) {
        if (entry.uncompressedSize > left || parts.has(name)) throw new UnreadableSheet(HOSTILE)
        const inflated = await inflate(zip, entry, left)
        left -= inflated.length
        const text = decode(inflated)
        if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new UnreadableSheet(HOSTILE)
        parts.set(name, text)
      }
      zip.readEntry()
    }
  } catch (error) {
    if (error instanceof UnreadableSheet) throw error
    throw new UnreadableSheet(BROKEN)
  } finally {
    zip.close()
  }
  return parts
}

async function open(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(buffer, {
      lazyEntries: true,
    })
  } catch {
    throw new UnreadableSheet(BROKEN)
  }
}

async function inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, limit: number): Promise<Buffer> {
  let seen = 0
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length
      done(seen > limit ? new UnreadableSheet(HOSTILE) : null, chunk)
    },
  })
  const stream = await promisify<yauzl.Entry, Readable>(zip.openReadStream.bind(zip))(entry)
  stream.once('error', (error) => meter.destroy(error))
  meter.once('error', () => stream.destroy())
  return collect(stream.pipe(meter))
}

function decode(part: Buffer): string {
  const utf16 = (part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff)
  if (utf16) throw new UnreadableSheet(BROKEN)
  return part.toString('utf8')
}
