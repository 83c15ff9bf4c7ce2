import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DrawInputs, drawSeats, inOrder, whyNotDrawable } from './draw.ts'
import {
  type BeforeDraw,
  type DrawProof,
  inputsHash,
  makeProof,
  PROOF_FORMAT,
  plainValue,
  verifyProof,
} from './proof.ts'
import { canonical, sha256, stream } from './stream.ts'

const SEED = '0f'.repeat(32)

function inputs(of: {
  candidates: number
  halls?: number
  rows?: number
  columns?: number
  forms?: number
  groups?: (at: number) => string[]
  accessible?: (at: number) => boolean
}): DrawInputs {
  const { halls = 1, rows = 6, columns = 8, forms = 4 } = of
  return {
    forms,
    candidates: Array.from({ length: of.candidates }, (_, at) => ({
      code: `c${String(at).padStart(6, '0')}`,
      groups: of.groups?.(at) ?? [],
      accessible: of.accessible?.(at) ?? false,
    })),
    halls: Array.from({ length: halls }, (_, hall) => ({
      code: `h${String(hall).padStart(4, '0')}`,
      seats: Array.from({ length: rows * columns }, (_, at) => ({
        label: String(at + 1).padStart(2, '0'),
        row: Math.floor(at / columns) + 1,
        column: (at % columns) + 1,
        accessible: at < 2,
      })),
    })),
  }
}

function proofOf(given: DrawInputs, seed = SEED): DrawProof {
  const before: BeforeDraw = {
    format: PROOF_FORMAT,
    sitting: { number: 'KC4220260001', title: '智能制造初级考核', startsAt: '2026-12-05T01:00:00.000Z' },
    family: null,
    commitment: sha256(Buffer.from(seed, 'hex')),
    committedAt: '2026-11-20T01:00:00.000Z',
    publicSource: '某日公布的三位数',
    publicExpectedAt: '2026-11-25T13:00:00.000Z',
    registrationClosedAt: '2026-11-24T09:00:00.000Z',
    inputsSha256: inputsHash(given),
  }
  return makeProof({
    before,
    inputs: given,
    seed,
    publicValue: '3 8 1',
    publicKnownAt: '2026-11-25T13:15:00.000Z',
    drawnAt: '2026-11-26T01:00:00.000Z',
  })
}

const draw = (given: DrawInputs, seed = SEED) => drawSeats(given, Buffer.from(seed, 'hex'), '381', 'test')

describe('a draw refuses', () => {
  test('more candidates than seats', () => {
    expect(whyNotDrawable(inputs({ candidates: 49 }))).toBe('seats')
    expect(() => draw(inputs({ candidates: 49 }))).toThrow('cannot be seated')
  })
  test('more candidates in need of an accessible seat than there are such seats', () => {
    expect(whyNotDrawable(inputs({ candidates: 10, accessible: (at) => at < 3 }))).toBe('accessible')
  })
})

describe('the stream', () => {
  test('gives the numbers anybody computes from the written rule', () => {
    const random = stream(Buffer.from(SEED, 'hex'), { algorithm: 'a', context: 'c', publicValue: '1' })
    // HMAC-SHA-256 of "a\\nc\\n1\\n0" under the seed, computed by another program: its words modulo 1,000.
    expect(Array.from({ length: 8 }, () => random.below(1000))).toEqual([
      144, 925, 247, 39, 736, 491, 514, 129,
    ])
    const other = stream(Buffer.from(SEED, 'hex'), { algorithm: 'a', context: 'c', publicValue: '2' })
    expect(other.below(1000)).not.toBe(144)
  })
  test('writes one canonical text whatever the order of keys', () => {
    expect(canonical({ b: [1, { d: 'x', c: null }], a: true })).toBe('{"a":true,"b":[1,{"c":null,"d":"x"}]}')
  })
})

describe('every draw', () => {
  const anInput = fc.record({
    candidates: fc.integer({ min: 1, max: 90 }),
    halls: fc.integer({ min: 2, max: 4 }),
    rows: fc.integer({ min: 4, max: 7 }),
    columns: fc.integer({ min: 6, max: 9 }),
    forms: fc.integer({ min: 2, max: 6 }),
    groups: fc.integer({ min: 1, max: 12 }),
    needy: fc.integer({ min: 0, max: 3 }),
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    broken: fc.array(fc.nat(200), { maxLength: 6 }),
  })
  const made = (one: typeof anInput extends fc.Arbitrary<infer T> ? T : never) => {
    const given = inputs({
      ...one,
      groups: (at) => [`g${(at * 7) % one.groups}`],
      accessible: (at) => at < Math.min(one.needy, one.candidates),
    })
    for (const hall of given.halls) {
      hall.seats = hall.seats.filter((seat, at) => seat.accessible || !one.broken.includes(at))
    }
    return given
  }
  test('seats everybody once, on a seat that exists, in a hall that has it, and accessible where needed', () => {
    fc.assert(
      fc.property(anInput, (one) => {
        const given = made(one)
        fc.pre(whyNotDrawable(given) === undefined)
        const { places, report } = drawSeats(given, one.seed, '1', 'x')
        expect(places.map(([candidate]) => candidate)).toEqual(
          inOrder(given).candidates.map(({ code }) => code),
        )
        expect(new Set(places.map(([, hall, seat]) => `${hall}/${seat}`)).size).toBe(places.length)
        const seats = new Map(
          given.halls.flatMap((hall) => hall.seats.map((seat) => [`${hall.code}/${seat.label}`, seat])),
        )
        for (const [candidate, hall, seat] of places) {
          const found = seats.get(`${hall}/${seat}`)
          expect(found).toBeDefined()
          const needs = given.candidates.find(({ code }) => code === candidate)?.accessible
          if (needs) expect(found?.accessible).toBe(true)
        }
        expect(report.accessibleMissing).toBe(0)
      }),
      { numRuns: 60, seed: 1 },
    )
  })
  test('gives no two neighbours the same form, and from four forms on not towards the corners either', () => {
    fc.assert(
      fc.property(anInput, (one) => {
        const given = made(one)
        fc.pre(whyNotDrawable(given) === undefined)
        const { places } = drawSeats(given, one.seed, '1', 'x')
        for (const [first, second, diagonal] of pairsOf(given, places)) {
          if (!diagonal || one.forms >= 4) expect(first.form).not.toBe(second.form)
        }
      }),
      { numRuns: 60, seed: 2 },
    )
  })
  test('counts exactly the neighbours of one group that remain, never below what is unavoidable', () => {
    fc.assert(
      fc.property(anInput, (one) => {
        const given = made(one)
        fc.pre(whyNotDrawable(given) === undefined)
        const { places, report } = drawSeats(given, one.seed, '1', 'x')
        const groupOf = new Map(given.candidates.map(({ code, groups }) => [code, groups[0]]))
        const same = pairsOf(given, places).filter(
          ([first, second, diagonal]) => !diagonal && groupOf.get(first.code) === groupOf.get(second.code),
        )
        expect(report.sameGroup).toBe(same.length)
        expect(report.remaining).toHaveLength(same.length)
        expect(report.sameGroup).toBeGreaterThanOrEqual(report.sameGroupUnavoidable)
        expect(report.sameGroup).toBeLessThanOrEqual(report.sameGroupBefore)
      }),
      { numRuns: 60, seed: 3 },
    )
  })
})

interface Seated {
  code: string
  form: string
}
function pairsOf(given: DrawInputs, places: [string, string, string, string][]): [Seated, Seated, boolean][] {
  const at = new Map<string, Seated>()
  const spot = new Map(
    given.halls.flatMap((hall) => hall.seats.map((seat) => [`${hall.code}/${seat.label}`, seat])),
  )
  for (const [code, hall, label, form] of places) {
    const seat = spot.get(`${hall}/${label}`)
    at.set(`${hall}/${seat?.row}/${seat?.column}`, { code, form })
  }
  const pairs: [Seated, Seated, boolean][] = []
  for (const [key, one] of at) {
    const [hall, row, column] = key.split('/')
    for (const [down, right] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
    ] as const) {
      const other = at.get(`${hall}/${Number(row) + down}/${Number(column) + right}`)
      if (other) pairs.push([one, other, down !== 0 && right !== 0])
    }
  }
  return pairs
}

describe('neighbours of one employer or training institution', () => {
  test('are all taken apart where two institutions fill a hall half and half', () => {
    for (const run of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const { report } = draw(inputs({ candidates: 48, groups: (at) => [`g${at % 2}`] }), sha256(run))
      expect(report.sameGroupBefore).toBeGreaterThan(20)
      expect(report.sameGroup).toBe(0)
    }
  })
  test('are all taken apart in 5,000 candidates of 60 institutions and 400 employers', () => {
    const { report } = draw(
      inputs({ candidates: 5000, halls: 110, groups: (at) => [`t${at % 60}`, `e${(at * 31) % 400}`] }),
    )
    expect(report.sameGroup).toBe(0)
  })
  test('move into empty seats where there are some, so that even one institution alone sits apart', () => {
    const { places, report } = draw(inputs({ candidates: 24, groups: () => ['one'] }))
    expect(places).toHaveLength(24)
    expect(report.sameGroup).toBe(0)
    const few = draw(inputs({ candidates: 2, groups: () => ['one'], accessible: (at) => at === 0 }))
    expect(few.report.neighbours).toBe(0)
  })
  test('are taken apart among accessible seats too, which stay with those who need them', () => {
    for (const run of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) {
      const given = inputs({
        candidates: 90,
        halls: 3,
        groups: (at) => [at < 3 ? 'one' : `g${at}`],
        accessible: (at) => at < 3,
      })
      const { report } = draw(given, sha256(run))
      expect([run, report.sameGroup, report.accessibleMissing]).toEqual([run, 0, 0])
    }
  })
  test('remain where nothing else is possible, with the number nobody could avoid', () => {
    const { report } = draw(inputs({ candidates: 48, groups: (at) => [at < 30 ? 'big' : `g${at}`] }))
    expect(report.sameGroupUnavoidable).toBe(6)
    expect(report.sameGroup).toBeGreaterThanOrEqual(6)
    expect(report.sameGroup).toBeLessThanOrEqual(16)
    expect(report.remaining).toHaveLength(report.sameGroup)
  })
  test('all remain when one institution sends everybody: every pair is listed', () => {
    const { report } = draw(inputs({ candidates: 48, groups: () => ['one'] }))
    expect(report.sameGroup).toBe(report.neighbours)
    expect(report.sameGroupUnavoidable).toBe(24)
  })
})

describe('fairness', () => {
  // 99.9th percentiles of chi-square: a fair draw stays below; the seeds are fixed, so this never flickers.
  const counted = (
    runs: number,
    given: DrawInputs,
    key: (place: [string, string, string, string]) => string,
    who: string,
  ) => {
    const counts = new Map<string, number>()
    for (let run = 0; run < runs; run += 1) {
      const place = draw(given, sha256(`run ${run}`)).places.find(([code]) => code === who)
      const at = key(place as [string, string, string, string])
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    return counts
  }
  const chiSquare = (counts: Map<string, number>, outcomes: number, runs: number) => {
    const expected = runs / outcomes
    const seen = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    return seen + (outcomes - counts.size) * expected
  }
  test('every seat is equally likely for a candidate', () => {
    const given = inputs({ candidates: 24, rows: 4, columns: 6 })
    for (const who of ['c000000', 'c000011', 'c000023']) {
      const counts = counted(2400, given, ([, , seat]) => seat, who)
      expect(chiSquare(counts, 24, 2400)).toBeLessThan(49.73)
    }
  })
  test('every seat is equally likely for a candidate where most seats stay empty', () => {
    const given = inputs({ candidates: 3, rows: 4, columns: 6 })
    const counts = counted(2400, given, ([, , seat]) => seat, 'c000001')
    expect(chiSquare(counts, 24, 2400)).toBeLessThan(49.73)
  })
  test('every hall and every form is equally likely for a candidate', () => {
    const given = inputs({ candidates: 40, halls: 4, rows: 2, columns: 5 })
    expect(
      chiSquare(
        counted(2000, given, ([, hall]) => hall, 'c000003'),
        4,
        2000,
      ),
    ).toBeLessThan(16.27)
    expect(
      chiSquare(
        counted(2000, given, ([, , , form]) => form, 'c000003'),
        4,
        2000,
      ),
    ).toBeLessThan(16.27)
  })
  test('two candidates of one institution are treated alike by the separation', () => {
    const given = inputs({ candidates: 24, rows: 4, columns: 6, groups: (at) => [`g${at % 4}`] })
    const runs = 1500
    const first = counted(runs, given, ([, , seat]) => seat, 'c000000')
    const second = counted(runs, given, ([, , seat]) => seat, 'c000020')
    let seen = 0
    for (let seat = 1; seat <= 24; seat += 1) {
      const label = String(seat).padStart(2, '0')
      const [a, b] = [first.get(label) ?? 0, second.get(label) ?? 0]
      if (a + b > 0) seen += (a - b) ** 2 / (a + b)
    }
    expect(seen).toBeLessThan(51.18)
  })
})

describe('a proof', () => {
  const given = inputs({
    candidates: 60,
    halls: 2,
    groups: (at) => [`g${at % 9}`],
    accessible: (at) => at % 20 === 0,
  })
  const proof = proofOf(given)

  test('verifies, in whatever order its inputs were gathered', () => {
    expect(verifyProof(proof)).toMatchObject({ valid: true, candidates: 60 })
    const turned = {
      ...given,
      candidates: [...given.candidates].reverse(),
      halls: [...given.halls].reverse(),
    }
    expect(proofOf(turned)).toEqual(proof)
    expect(verifyProof(JSON.parse(JSON.stringify(proof)))).toMatchObject({ valid: true })
  })
  test('is found out whatever field of it is changed', () => {
    for (const path of leavesOf(proof)) {
      const forged = structuredClone(proof)
      change(forged, path)
      expect([path.join('.'), verifyProof(forged).valid]).toEqual([path.join('.'), false])
    }
  })
  test('is found out when a place is left out, added or exchanged with its hash made to fit', () => {
    const forged = structuredClone(proof)
    const [first, second] = forged.places as unknown as [string[], string[]]
    ;[first[2], second[2]] = [second[2] as string, first[2] as string]
    forged.resultSha256 = sha256(canonical(forged.places))
    const { sha256: _, ...rest } = forged
    forged.sha256 = sha256(canonical(rest))
    expect(verifyProof(forged)).toMatchObject({ valid: false, at: expect.stringMatching(/^places\.0/) })
  })
  test('does not let whoever types the public value choose among spellings', () => {
    expect(plainValue(' ３，8 1 ')).toBe('381')
    expect(plainValue('3 124.50 点')).toBe('3124.50')
  })
  test('is checked by the command with Node alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'draw-'))
    const run = (one: DrawProof, ...words: string[]) => {
      const file = join(folder, 'proof.json')
      writeFileSync(file, JSON.stringify(one))
      try {
        const program = join(import.meta.dirname, 'verify-draw.ts')
        return execFileSync(process.execPath, [program, 'verify', file, ...words], {
          encoding: 'utf8',
          cwd: folder,
        })
      } catch (error) {
        return (error as { stdout: string }).stdout
      }
    }
    expect(run(proof)).toContain('有效：60 名考生')
    expect(run({ ...proof, seed: '1f'.repeat(32) }, '--json')).toContain('"at":"before.commitment"')
    expect(run(proof, '--commitment', 'ab'.repeat(32))).toContain('无效')
    rmSync(folder, { recursive: true })
  })
})

/** Paths of the fields of a proof; of long lists the first, a middle and the last entry. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) {
    const some = [...new Set([0, Math.floor(value.length / 2), value.length - 1])].filter((at) => at >= 0)
    return some.flatMap((at) => leavesOf(value[at], [...path, at]))
  }
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]))
  return [path]
}

function change(target: unknown, path: (string | number)[]): void {
  let at = target as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  const last = path.at(-1) as string
  const found = at[last]
  if (typeof found === 'number') at[last] = found + 1
  else if (typeof found === 'boolean') at[last] = !found
  else at[last] = `${String(found)}x`
}
