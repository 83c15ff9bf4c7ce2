// A film for Chromium's fake camera, made of a face that ships inside the face library:
//   chromium --use-fake-device-for-media-stream --use-fake-ui-for-media-stream
//            --use-file-for-fake-video-capture=FILE
import { writeFileSync } from 'node:fs'
import { SAMPLES, type Sample, shotOf, shotPixels } from '../server/src/halls/faces/fixtures.ts'
import type { Pixels } from '../server/src/halls/faces/picture.ts'

const WIDTH = 640
const HEIGHT = 480
const FRAMES = 12

/** Y4M, the camera's own format: the face sways and the light changes a little, so no two captures are the same. */
export function cameraFile(path: string, samples: readonly Sample[]): string {
  const places = samples.map((sample) => SAMPLES[sample])
  const frames = Array.from({ length: FRAMES }, (_, n) => {
    const turn = (n / FRAMES) * 2 * Math.PI
    const shift = { x: Math.round(6 * Math.sin(turn)), y: Math.round(3 * Math.cos(turn)) }
    const brightness = Math.round(4 * Math.sin(turn * 2))
    return planes(shotPixels(places, { width: WIDTH, height: HEIGHT, shift, brightness }))
  })
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  const mark = Buffer.from('FRAME\n')
  writeFileSync(path, Buffer.concat([header, ...frames.flatMap((frame) => [mark, frame])]))
  return path
}

/** The same face as a photograph, to be registered. */
export function photoFile(path: string, sample: Sample): string {
  writeFileSync(path, shotOf([sample], { width: 480, height: 640, scale: 0.6 }))
  return path
}

/** Luma and halved chroma (BT.601, full range). */
function planes({ width, height, data }: Pixels): Buffer {
  const size = width * height
  const out = Buffer.alloc(size + size / 2)
  const at = (x: number, y: number, c: number) => data[(y * width + x) * 4 + c] as number
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      out[y * width + x] = 0.299 * at(x, y, 0) + 0.587 * at(x, y, 1) + 0.114 * at(x, y, 2)
    }
  }
  const half = width / 2
  for (let y = 0; y < height / 2; y += 1) {
    for (let x = 0; x < half; x += 1) {
      const [r, g, b] = [0, 1, 2].map((c) => at(x * 2, y * 2, c)) as [number, number, number]
      out[size + y * half + x] = 128 - 0.168736 * r - 0.331264 * g + 0.5 * b
      out[size + size / 4 + y * half + x] = 128 + 0.5 * r - 0.418688 * g - 0.081312 * b
    }
  }
  return out
}
