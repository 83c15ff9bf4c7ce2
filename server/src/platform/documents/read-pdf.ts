import { inflateSync } from 'node:zlib'

/**
 * Reads pages, their size and their text back out of a PDF that `render` made, so that tests look at what was
 * printed and not at what was asked for. No general PDF reader: it knows the one writer.
 */
export interface PdfPage {
  widthMm: number
  heightMm: number
  text: string
}

const POINTS_PER_MM = 72 / 25.4

export function readPdf(pdf: Uint8Array): PdfPage[] {
  const raw = Buffer.from(pdf).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    if (id && body !== undefined) objects.set(id, body)
  }
  const maps = new Map<string, Map<string, string>>()
  const mapOf = (font: string): Map<string, string> => {
    const known = maps.get(font)
    if (known) return known
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '')?.[1]
    const map = unicode ? characters(stream(objects.get(unicode) ?? '')) : new Map<string, string>()
    maps.set(font, map)
    return map
  }
  const pages: PdfPage[] = []
  for (const body of objects.values()) {
    const contents = /\/Type \/Page\n[\s\S]*\/Contents (\d+) 0 R/.exec(body)?.[1]
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(body)
    if (!contents || !box) continue
    const fonts = new Map<string, Map<string, string>>()
    for (const [, name, id] of body.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      if (name && id) fonts.set(name, mapOf(id))
    }
    pages.push({
      widthMm: Math.round(Number(box[1]) / POINTS_PER_MM),
      heightMm: Math.round(Number(box[2]) / POINTS_PER_MM),
      text: textOf(stream(objects.get(contents) ?? ''), fonts),
    })
  }
  return pages
}

function stream(object: string): string {
  const from = object.indexOf('stream\n')
  if (from < 0) return ''
  const bytes = Buffer.from(object.slice(from + 7, object.lastIndexOf('\nendstream')), 'latin1')
  return object.slice(0, from).includes('FlateDecode')
    ? inflateSync(bytes).toString('latin1')
    : bytes.toString('latin1')
}

function characters(cmap: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const [, glyph, unicode] of cmap.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>/g)) {
    if (glyph && unicode)
      map.set(glyph.toLowerCase(), Buffer.from(unicode, 'hex').swap16().toString('utf16le'))
  }
  return map
}

/** Glyph runs in drawing order, joined; positions are not looked at. */
function textOf(content: string, fonts: Map<string, Map<string, string>>): string {
  let text = ''
  let font: Map<string, string> | undefined
  const tokens = /\/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(/g
  for (let token = tokens.exec(content); token; token = tokens.exec(content)) {
    const [whole, name, hex] = token
    if (name) font = fonts.get(name)
    let glyphs = hex ?? ''
    if (whole === '(') {
      const literal = readLiteral(content, tokens.lastIndex)
      tokens.lastIndex = literal.end
      glyphs = literal.hex
    }
    for (const glyph of glyphs.match(/.{4}/g) ?? []) text += font?.get(glyph.toLowerCase()) ?? ''
  }
  return text
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A literal string from after its opening bracket; brackets inside that pair up stand unescaped. */
function readLiteral(content: string, from: number): { hex: string; end: number } {
  let bytes = ''
  let depth = 1
  let at = from
  for (; at < content.length; at += 1) {
    const character = content[at] as string
    if (character === '\\') {
      const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0]
      const escaped = content[at + 1] ?? ''
      bytes += octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[escaped] ?? escaped)
      at += octal?.length ?? 1
      continue
    }
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0) break
    bytes += character
  }
  return { hex: Buffer.from(bytes, 'latin1').toString('hex'), end: at + 1 }
}
