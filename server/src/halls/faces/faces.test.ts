import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, test } from 'vitest'
import { compare, photoFindings, SAMPLE_THRESHOLD, similarity } from './face.ts'
import { type Faces, openFacePool } from './face-pool.ts'
import { aFace, aLook, shotOf, shotPixels } from './fixtures.ts'
import { MAX_PIXELS, readPicture } from './picture.ts'

const folder = mkdtempSync(join(tmpdir(), 'shujiang-faces-'))
const pools: Faces[] = []
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
  rmSync(folder, { recursive: true, force: true })
})

/** A pool whose model is this code. */
function aPool(name: string, code: string, options: Parameters<typeof openFacePool>[0] = {}): Faces {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, code)
  const pool = openFacePool({ threads: 1, ...options, model: pathToFileURL(path).href })
  pools.push(pool)
  return pool
}

const picture = Buffer.from([1, 2, 3])

describe('the pool', () => {
  test('says that the model is missing when it cannot be loaded, and keeps answering', async () => {
    const pool = aPool('absent', 'export async function openModel() { throw new Error("no models here") }')
    expect(await pool.look(picture)).toEqual({ outcome: 'missing', why: 'no models here' })
    expect(await pool.look(picture)).toEqual({ outcome: 'missing', why: 'no models here' })
  })

  test('answers by the deadline although the model is still at it', async () => {
    const pool = aPool(
      'slow',
      'export async function openModel() { return { look: () => new Promise(() => {}) } }',
    )
    const startedAt = performance.now()
    expect(await pool.look(picture, { deadlineMs: 300 })).toMatchObject({ outcome: 'late' })
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })

  test('refuses at once what would wait behind a full queue', async () => {
    const pool = aPool(
      'full',
      'export async function openModel() { return { look: () => new Promise(() => {}) } }',
      {
        queue: 1,
      },
    )
    const first = pool.look(picture, { deadlineMs: 500 })
    const second = pool.look(picture, { deadlineMs: 500 })
    expect(await pool.look(picture)).toMatchObject({ outcome: 'busy' })
    expect((await first).outcome).toBe('late')
    expect((await second).outcome).toBe('late')
  })

  test('loses one picture when a thread dies, and looks at the next', async () => {
    const pool = aPool(
      'mortal',
      `export async function openModel() {
        return { look: async (bytes) => {
          if (bytes[0] === 1) process.exit(1)
          return { outcome: 'looked', faces: [], picture: { width: 1, height: 1, brightness: 0, sharpness: 0 }, ms: 0 }
        } } }`,
    )
    expect((await pool.look(Buffer.from([1]))).outcome).toBe('crashed')
    expect((await pool.look(Buffer.from([2]))).outcome).toBe('looked')
  })

  test('looks at nothing once it is closed', async () => {
    const pool = aPool('closed', 'export async function openModel() { return {} }')
    await pool.close()
    expect((await pool.look(picture)).outcome).toBe('missing')
  })
})

describe('a picture', () => {
  test('is refused by the size in its header, before it is decoded', () => {
    const huge = Buffer.from(PNG.sync.write(new PNG({ width: 40, height: 40 })))
    huge.writeUInt32BE(60_000, 16)
    huge.writeUInt32BE(60_000, 20)
    expect(60_000 * 60_000).toBeGreaterThan(MAX_PIXELS)
    expect(() => readPicture(huge)).toThrow('too large')
  })

  test('is refused when it is a program, cut short, or a dot', () => {
    expect(() => readPicture(Buffer.from('MZ this is not a picture'))).toThrow('neither')
    const whole = shotOf(['man'], { width: 200, height: 200 })
    expect(() => readPicture(whole.subarray(0, 300))).toThrow()
    expect(() => readPicture(PNG.sync.write(new PNG({ width: 8, height: 8 })))).toThrow('only 8 by 8')
  })

  test('is turned upright as its camera says', () => {
    const lying = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 4).fill(0) }
    for (let y = 0; y < 48; y += 1)
      for (let x = 0; x < 64; x += 1) lying.data[(y * 64 + x) * 4] = x < 32 ? 250 : 0
    const plain = jpeg.encode(lying, 95).data
    const exif = Buffer.from('ffe1001e45786966000049492a00080000000100120103000100000006000000', 'hex')
    const upright = readPicture(Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]))
    expect([upright.width, upright.height]).toEqual([48, 64])
    const red = (x: number, y: number) => upright.data[(y * upright.width + x) * 4] as number
    expect(red(24, 8)).toBeGreaterThan(200)
    expect(red(24, 56)).toBeLessThan(50)
  })
})

describe('a comparison', () => {
  const own = aFace(1).embedding
  test.each([
    ['nobody', [], 'none'],
    ['two faces', [aFace(1), aFace(2)], 'several'],
    ['another face', [aFace(2)], 'other'],
    ['the same face', [aFace(1)], 'same'],
    ['a passer-by far behind', [aFace(1), aFace(2, { size: 0.1 })], 'same'],
  ] as const)('of %s says so', (_, faces, verdict) => {
    expect(compare(aLook([...faces]), own, SAMPLE_THRESHOLD).verdict).toBe(verdict)
  })

  test('without a template knows nobody', () => {
    expect(compare(aLook([aFace(1)]), undefined, SAMPLE_THRESHOLD)).toMatchObject({
      verdict: 'unsure',
      score: null,
    })
  })

  test('of a face with itself is 1, of embeddings of two models a bug', () => {
    expect(similarity(own, own)).toBeCloseTo(1)
    expect(() => similarity(own, new Float32Array(3))).toThrow('different models')
  })
})

describe('a photo to register', () => {
  test.each([
    ['nobody on it', aLook([]), 'one_face'],
    ['two people on it', aLook([aFace(1), aFace(2)]), 'one_face'],
    ['a face turned away', aLook([aFace(1, { yaw: 35 })]), 'frontal'],
    ['a face far away', aLook([aFace(1, { size: 0.05 })]), 'large'],
    ['a blurred picture', aLook([aFace(1)], { sharpness: 0.001 }), 'sharp'],
    ['a dark picture', aLook([aFace(1)], { brightness: 0.05 }), 'bright'],
  ])('with %s is not good enough, and says what to do', (_, look, check) => {
    const bad = photoFindings(look).filter((one) => !one.passed)
    expect(bad.map((one) => one.check)).toContain(check)
    expect(bad.every((one) => one.words.includes('重新拍摄'))).toBe(true)
  })

  test('that is good passes every check', () => {
    expect(photoFindings(aLook([aFace(1)])).every((one) => one.passed)).toBe(true)
  })
})

test('the real model knows a man again years later and nobody in a woman, an empty wall or a torn file', async () => {
  const pool = openFacePool({ threads: 1 })
  pools.push(pool)
  const patience = { deadlineMs: 60_000 }
  const look = async (bytes: Buffer) => {
    const looked = await pool.look(bytes, patience)
    if (looked.outcome !== 'looked') throw new Error(`${looked.outcome}: ${looked.why}`)
    return looked
  }
  const registered = await look(shotOf(['man']))
  expect(photoFindings(registered).filter((one) => !one.passed)).toEqual([])
  const template = registered.faces[0]?.embedding as Float32Array
  expect(compare(await look(shotOf(['man-close'])), template, SAMPLE_THRESHOLD).verdict).toBe('same')
  expect(compare(await look(shotOf(['woman-fair'])), template, SAMPLE_THRESHOLD).verdict).not.toBe('same')
  expect(compare(await look(shotOf(['man', 'woman'])), template, SAMPLE_THRESHOLD).verdict).toBe('several')
  const wall = { width: 320, height: 240, data: new Uint8Array(320 * 240 * 4).fill(128) }
  expect(compare(await look(jpeg.encode(wall, 80).data), template, SAMPLE_THRESHOLD).verdict).toBe('none')
  expect((await pool.look(Buffer.from('torn'), patience)).outcome).toBe('unreadable')
  expect(shotPixels([]).width).toBe(640)
}, 60_000)
