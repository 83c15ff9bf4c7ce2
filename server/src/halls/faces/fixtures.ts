// Pictures of faces that ship inside the installed library, for tests, the bench and the browser's fake camera.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import jpeg from 'jpeg-js'
import type { Face, Looked } from './face.ts'
import type { Faces } from './face-pool.ts'
import type { Pixels } from './picture.ts'

const library = dirname(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')))
const read = new Map<string, Pixels>()

function asset(name: string): Pixels {
  const known = read.get(name)
  if (known) return known
  const pixels = jpeg.decode(readFileSync(join(library, 'assets', name)), { useTArray: true })
  read.set(name, pixels)
  return pixels
}

interface Place {
  file: string
  x: number
  y: number
  side: number
}

/** The author of the library, on three occasions; four others who sat at one table. */
export const SAMPLES = {
  man: { file: 'screenshot-facedetect.jpg', x: 8, y: 348, side: 148 },
  'man-later': { file: 'screenshot-faceid.jpg', x: 15, y: 143, side: 137 },
  'man-close': { file: 'screenshot-facematch.jpg', x: 3, y: 28, side: 162 },
  woman: { file: 'screenshot-facedetect.jpg', x: 165, y: 348, side: 148 },
  'woman-fair': { file: 'screenshot-facedetect.jpg', x: 322, y: 348, side: 148 },
  'woman-brown': { file: 'screenshot-facedetect.jpg', x: 480, y: 348, side: 148 },
  'woman-grey': { file: 'screenshot-facedetect.jpg', x: 632, y: 348, side: 148 },
} as const satisfies Record<string, Place>
export type Sample = keyof typeof SAMPLES

/** A cell of the sheet of 108 faces the library shows (18 columns, 6 rows); its first row is one man. */
export function sheetCell(row: number, column: number): Place {
  return {
    file: 'screenshot-facematch.jpg',
    x: Math.round((column * 1920) / 18) + 1,
    y: Math.round(283 + row * 112.3) + 1,
    side: 104,
  }
}

export interface Shot {
  width?: number
  height?: number
  /** Height of the face's crop in the picture, as a share of the picture's. */
  scale?: number
  /** Added to every channel, −255 to 255. */
  brightness?: number
  /** Moves the face from the middle, in pixels. */
  shift?: { x: number; y: number }
}

/** Faces side by side before a grey wall, as a camera would see them. */
export function shotPixels(places: readonly Place[], shot: Shot = {}): Pixels {
  const { width = 640, height = 480, scale = 0.75, brightness = 0, shift = { x: 0, y: 0 } } = shot
  const data = new Uint8Array(width * height * 4).fill(120)
  const side = Math.min(Math.round(height * scale), Math.floor(width / Math.max(1, places.length)))
  for (const [index, place] of places.entries()) {
    const from = asset(place.file)
    const left = Math.round((width * (index + 0.5)) / places.length - side / 2) + shift.x
    const top = Math.round((height - side) / 2) + shift.y
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        if (left + x < 0 || top + y < 0 || left + x >= width || top + y >= height) continue
        const at = ((top + y) * width + left + x) * 4
        for (let c = 0; c < 3; c += 1) {
          const value = between(from, place, (x * place.side) / side, (y * place.side) / side, c)
          data[at + c] = Math.max(0, Math.min(255, value + brightness))
        }
      }
    }
  }
  for (let at = 3; at < data.length; at += 4) data[at] = 255
  return { width, height, data }
}

/** Bilinear, so that an enlarged face has no stairs. */
function between(from: Pixels, place: Place, x: number, y: number, c: number): number {
  const x0 = Math.min(Math.floor(x), place.side - 2)
  const y0 = Math.min(Math.floor(y), place.side - 2)
  const at = (dx: number, dy: number) =>
    from.data[((place.y + y0 + dy) * from.width + place.x + x0 + dx) * 4 + c] as number
  const fx = x - x0
  const fy = y - y0
  return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy
}

export function shotOf(samples: readonly (Sample | Place)[], shot: Shot = {}): Buffer {
  const places = samples.map((one) => (typeof one === 'string' ? SAMPLES[one] : one))
  return jpeg.encode(shotPixels(places, shot), 88).data
}

/** A face whose embedding is like others of the same number and unlike those of another. */
export function aFace(person: number, face: Partial<Face> = {}): Face {
  const embedding = Float32Array.from({ length: 1024 }, (_, i) => (i % 16 === person % 16 ? 1 : 0.1))
  return { confidence: 1, size: 0.5, yaw: 0, pitch: 0, roll: 0, live: 0.9, real: 0.9, embedding, ...face }
}

export function aLook(faces: Face[], picture: Partial<Looked['picture']> = {}): Looked {
  const light = { width: 640, height: 480, brightness: 0.5, sharpness: 0.1 }
  return { outcome: 'looked', faces, picture: { ...light, ...picture }, ms: 1 }
}

/** Stands where the camera's model would: says of each picture what the test says of it. */
export function facesThatSee(see: (picture: Uint8Array) => Awaited<ReturnType<Faces['look']>>): Faces {
  return { look: async (picture) => see(picture), waiting: () => 0, close: async () => {} }
}
