// Numbers nobody can choose and anybody can compute again. Needs nothing but Node.
import { createHash, createHmac } from 'node:crypto'

/** Uniform numbers from one seed, one public value and one context. */
export interface Stream {
  /** A whole number from 0 up to, not including, `limit`; every one equally likely. */
  below(limit: number): number
  /** Sorts `list` into a random order, every order equally likely (Fisher and Yates). */
  shuffle<T>(list: T[]): T[]
}

const BLOCK_WORDS = 8
const WORDS = 2 ** 32

/**
 * Block i is HMAC-SHA-256 under the seed of `algorithm ⏎ context ⏎ public value ⏎ i`, read as eight 32-bit numbers,
 * the most significant byte first. A number that would make some outcomes likelier than others is thrown away.
 */
export function stream(
  seed: Uint8Array,
  ask: { algorithm: string; context: string; publicValue: string },
): Stream {
  const head = `${ask.algorithm}\n${ask.context}\n${ask.publicValue}\n`
  let block = Buffer.alloc(0)
  let counter = 0
  let at = BLOCK_WORDS
  const word = () => {
    if (at === BLOCK_WORDS) {
      block = createHmac('sha256', seed).update(`${head}${counter}`).digest()
      counter += 1
      at = 0
    }
    const value = block.readUInt32BE(at * 4)
    at += 1
    return value
  }
  const below = (limit: number) => {
    const fair = WORDS - (WORDS % limit)
    for (;;) {
      const value = word()
      if (value < fair) return value % limit
    }
  }
  return {
    below,
    shuffle: (list) => {
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        const kept = list[last] as (typeof list)[number]
        list[last] = list[other] as (typeof list)[number]
        list[other] = kept
      }
      return list
    },
  }
}

/** JSON with its keys in order and no spaces: one text for one value. Whole numbers, texts, truths, lists, records. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
