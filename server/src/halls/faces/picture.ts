// Reads a camera's picture into pixels. The size in its header is looked at first: nothing is decoded that would
// not fit. Runs in the worker.
import { decode as decodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'

export interface Pixels {
  width: number
  height: number
  /** Red, green, blue, alpha. */
  data: Uint8Array
}

export const MAX_BYTES = 8 * 1024 * 1024
export const MAX_PIXELS = 16_000_000
/** The long side a picture is brought to before the model looks: faces in it stay large enough. */
const WORKING_SIDE = 1280

export class Unreadable extends Error {}

/** Upright pixels, no larger than the model needs. */
export function readPicture(bytes: Uint8Array): Pixels {
  if (bytes.byteLength > MAX_BYTES) throw new Unreadable(`more than ${MAX_BYTES} bytes`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length > 24 && buffer.readUInt32BE(0) === 0x89504e47) {
    fits(buffer.readUInt32BE(16), buffer.readUInt32BE(20))
    const png = tried(() => PNG.sync.read(buffer))
    return shrunk({ width: png.width, height: png.height, data: png.data })
  }
  if (buffer.length > 4 && buffer.readUInt16BE(0) === 0xffd8) {
    const { width, height, orientation } = jpegHeader(buffer)
    fits(width, height)
    const jpeg = tried(() =>
      decodeJpeg(buffer, { useTArray: true, maxResolutionInMP: MAX_PIXELS / 1e6, maxMemoryUsageInMB: 512 }),
    )
    return turned(shrunk(jpeg), orientation)
  }
  throw new Unreadable('neither JPEG nor PNG')
}

function fits(width: number, height: number): void {
  if (width < 32 || height < 32) throw new Unreadable(`only ${width} by ${height}`)
  if (width * height > MAX_PIXELS) throw new Unreadable(`${width} by ${height} is too large`)
}

function tried<T>(decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : 'broken')
  }
}

/** Size and EXIF orientation, from the segments before the pixels. */
function jpegHeader(buffer: Buffer): { width: number; height: number; orientation: number } {
  let orientation = 1
  for (let at = 2; at + 9 < buffer.length; ) {
    if (buffer[at] !== 0xff) break
    const marker = buffer[at + 1] as number
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd9) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    const length = buffer.readUInt16BE(at + 2)
    if (marker === 0xe1)
      orientation = exifOrientation(buffer.subarray(at + 4, at + 2 + length)) ?? orientation
    const startsFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (startsFrame)
      return { height: buffer.readUInt16BE(at + 5), width: buffer.readUInt16BE(at + 7), orientation }
    at += 2 + length
  }
  throw new Unreadable('a JPEG without a frame')
}

function exifOrientation(segment: Buffer): number | undefined {
  if (segment.length < 20 || segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const word = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return undefined
  for (let i = 0; i < word(first); i += 1) {
    const entry = first + 2 + i * 12
    if (entry + 12 > tiff.length) return undefined
    if (word(entry) === 0x0112) return word(entry + 8)
  }
  return undefined
}

/** Averages blocks of pixels until the long side is at most `WORKING_SIDE`. */
function shrunk(picture: Pixels): Pixels {
  const step = Math.ceil(Math.max(picture.width, picture.height) / WORKING_SIDE)
  if (step <= 1) return picture
  const width = Math.floor(picture.width / step)
  const height = Math.floor(picture.height / step)
  const data = new Uint8Array(width * height * 4)
  const area = step * step
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sum = [0, 0, 0]
      for (let dy = 0; dy < step; dy += 1) {
        let from = ((y * step + dy) * picture.width + x * step) * 4
        for (let dx = 0; dx < step; dx += 1, from += 4) {
          for (let c = 0; c < 3; c += 1) sum[c] = (sum[c] as number) + (picture.data[from + c] as number)
        }
      }
      const to = (y * width + x) * 4
      for (let c = 0; c < 3; c += 1) data[to + c] = (sum[c] as number) / area
      data[to + 3] = 255
    }
  }
  return { width, height, data }
}

/** Phones store a picture as the sensor saw it and say beside it how to turn it. */
function turned(picture: Pixels, orientation: number): Pixels {
  const quarter = { 3: 2, 6: 1, 8: 3 }[orientation]
  if (!quarter) return picture
  const { width: w, height: h } = picture
  const [width, height] = quarter === 2 ? [w, h] : [h, w]
  const data = new Uint8Array(picture.data.length)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] =
        quarter === 1 ? [y, h - 1 - x] : quarter === 2 ? [w - 1 - x, h - 1 - y] : [w - 1 - y, x]
      const from = (fromY * w + fromX) * 4
      data.set(picture.data.subarray(from, from + 4), (y * width + x) * 4)
    }
  }
  return { width, height, data }
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Mean brightness and a measure of sharpness (mean step between pixels 1/160 of the face apart), both 0 to 1. */
export function lightOf(
  { width, height, data }: Pixels,
  box: Box = { x: 0, y: 0, width, height },
): { brightness: number; sharpness: number } {
  const grey = (x: number, y: number) => {
    const at = (y * width + x) * 4
    return (0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!) / 255
  }
  const step = Math.max(1, Math.round(box.width / 160))
  const right = Math.min(width, Math.floor(box.x + box.width)) - step
  const bottom = Math.min(height, Math.floor(box.y + box.height)) - step
  let sum = 0
  let steps = 0
  let count = 0
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += step) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x += step) {
      const here = grey(x, y)
      sum += here
      steps += Math.abs(here - grey(x + step, y)) + Math.abs(here - grey(x, y + step))
      count += 1
    }
  }
  const part = (value: number) => (count === 0 ? 0 : Math.round((value / count) * 1000) / 1000)
  return { brightness: part(sum), sharpness: part(steps) }
}
