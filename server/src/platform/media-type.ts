/** What a file is, by its first bytes: the name and the type a browser claims are the sender's word only. */
export type MediaType = (typeof MAGIC)[number][0] | typeof XLSX | typeof DOCX | 'text/plain'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const MAGIC = [
  ['application/pdf', 0, '%PDF-'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/webp', 8, 'WEBP'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1a\x45\xdf\xa3'],
  ['application/zip', 0, 'PK\x03\x04'],
] as const

const NAMES: Record<MediaType, string> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG 图片',
  'image/jpeg': 'JPG 图片',
  'image/webp': 'WebP 图片',
  'video/mp4': 'MP4 视频',
  'video/webm': 'WebM 视频',
  'application/zip': 'ZIP 压缩包',
  [XLSX]: 'Excel 表格（.xlsx）',
  [DOCX]: 'Word 文档（.docx）',
  'text/plain': '文本',
}

/** The Chinese name a person knows a type by. */
export function mediaTypeName(mediaType: MediaType): string {
  return NAMES[mediaType]
}

/** Undefined for what we do not know: a program, a script, anything else. Nobody has a reason to send it. */
export function sniffMediaType(bytes: Uint8Array): MediaType | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = MAGIC.find(([, at, magic]) =>
    buffer.subarray(at, at + magic.length).equals(Buffer.from(magic, 'latin1')),
  )
  if (found?.[0] === 'application/zip') {
    // The names of a zip's entries stand in its central directory, uncompressed.
    if (buffer.includes('xl/workbook.xml')) return XLSX
    if (buffer.includes('word/document.xml')) return DOCX
  }
  if (found) return found[0]
  return isText(buffer) ? 'text/plain' : undefined
}

/** What editors and Excel write in China: GB 18030 as well as UTF-8; without the control characters of a program. */
const ENCODINGS = ['utf-8', 'gb18030'] as const
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f]/

function isText(buffer: Buffer): boolean {
  return ENCODINGS.some((encoding) => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(buffer)
      return !CONTROLS.test(text) && !/<(script|html|svg|!doctype)/i.test(text.slice(0, 4096))
    } catch {
      return false
    }
  })
}
