// npm run bench -- faces [--json]: what one comparison costs, and how far apart the same and different persons score on
// the pictures that ship inside the installed library. Nothing is claimed beyond these pictures: they are few, small,
// from one collection, and who is who on the sheet was told by eye. Figures for real cameras come from a trial.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { FACE_MODEL, type Looked, SAMPLE_THRESHOLD, similarity } from '../server/src/halls/faces/face.ts'
import { type Faces, openFacePool } from '../server/src/halls/faces/face-pool.ts'
import { SAMPLES, type Sample, sheetCell, shotOf } from '../server/src/halls/faces/fixtures.ts'
import { type BenchReport, environment, spread } from './report.ts'

const PATIENCE = { deadlineMs: 120_000 }
/** Cells of the sheet whose face is clearly a woman's: nobody of the first row, which is one man. */
const WOMEN: [number, number][] = [
  ...cells(2, [1, 2, 3, 8, 10, 11, 14, 15, 16, 17]),
  ...cells(3, [0, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17]),
  ...cells(4, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 13, 14, 15, 16, 17]),
  ...cells(5, [0, 1, 2, 3, 4, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17]),
]
const MAN: [number, number][] = cells(0, [...Array(18).keys()])

function cells(row: number, columns: number[]): [number, number][] {
  return columns.map((column) => [row, column])
}

interface Pairs {
  same: number[]
  different: number[]
}

export async function run(): Promise<BenchReport> {
  const say = (line: string) => console.error(line)
  const one = openFacePool({ threads: 1, queue: 500 })
  const startedAt = performance.now()
  await look(one, shotOf(['man']))
  const firstMs = Math.round(performance.now() - startedAt)
  say(`first picture, models loaded: ${firstMs} ms`)
  const cost = await costOf(one)
  say(`one picture: ${cost.msPerComparison.median} ms; one thread: ${cost.capturesPerSecondPerCore} a second`)
  const sheet = await sheetPairs(one)
  const varied = await variedPairs(one)
  const shipped = shippedPairs()
  await one.close()
  const separation = {
    sheet: judged(sheet.pairs, {
      what: 'screenshot-facematch.jpg: 18 cells of one man against each other and against cells of women; labels by eye, the row itself was sorted by this model',
      pictures: sheet.pictures,
      facesFound: sheet.found,
    }),
    augmented: judged(varied, {
      what: '7 crops of 5 persons, each with brightness −40 and +40, shifted and smaller: the same picture altered, so easier than another day’s',
      pictures: Object.keys(SAMPLES).length * VARIATIONS.length,
    }),
    shippedEmbeddings: judged(shipped.pairs, {
      what: 'demo/facematch/faces.json: embeddings made by another version from group photographs of low resolution; names by the author',
      embeddings: shipped.embeddings,
      names: shipped.names,
    }),
  }
  const { sheet: seen } = separation
  return {
    name: 'faces',
    ok:
      seen.atDefault.differentPassed / Math.max(1, seen.different.pairs) <= 0.01 &&
      sheet.found === sheet.pictures,
    metrics: {
      model: FACE_MODEL,
      picture: '640×480 JPEG, one face; decode, detection, mesh, embedding, liveness and anti-spoof together',
      firstPictureMs: firstMs,
      ...cost,
      threshold: { ...SAMPLE_THRESHOLD, source: '待核实: taken from these pictures' },
      separation,
    },
    against: [
      {
        who: 'match.similarity of the same library on the same pairs of the sheet',
        version: '3.3.6',
        metrics: { equalErrorRate: equalErrorRate(sheet.ownPairs).rate },
      },
    ],
    env: environment(null),
  }
}

async function look(pool: Faces, bytes: Buffer): Promise<Looked> {
  const seen = await pool.look(bytes, PATIENCE)
  if (seen.outcome !== 'looked') throw new Error(`${seen.outcome}: ${seen.why}`)
  return seen
}

async function costOf(one: Faces) {
  const shots = (Object.keys(SAMPLES) as Sample[]).map((sample) => shotOf([sample]))
  const times: number[] = []
  for (let i = 0; i < 28; i += 1) {
    const at = performance.now()
    await look(one, shots[i % shots.length] as Buffer)
    times.push(performance.now() - at)
  }
  const at = performance.now()
  await Promise.all(Array.from({ length: 28 }, (_, i) => look(one, shots[i % shots.length] as Buffer)))
  const seconds = (performance.now() - at) / 1000
  const [a, b] = [await look(one, shots[0] as Buffer), await look(one, shots[1] as Buffer)]
  const [x, y] = [a.faces[0]?.embedding as Float32Array, b.faces[0]?.embedding as Float32Array]
  const begun = performance.now()
  for (let i = 0; i < 20_000; i += 1) similarity(x, y)
  return {
    msPerComparison: spread(times),
    capturesPerSecondPerCore: Math.round((28 / seconds) * 10) / 10,
    microsecondsPerScore: Math.round(((performance.now() - begun) / 20_000) * 10_000) / 10,
    memoryMb: Math.round(process.memoryUsage().rss / 1e6),
  }
}

async function sheetPairs(pool: Faces) {
  const embeddings = async (list: [number, number][]) => {
    const found: Float32Array[] = []
    for (const [row, column] of list) {
      const seen = await look(
        pool,
        shotOf([sheetCell(row, column)], { width: 480, height: 480, scale: 0.65 }),
      )
      if (seen.faces[0]) found.push(seen.faces[0].embedding)
    }
    return found
  }
  const man = await embeddings(MAN)
  const women = await embeddings(WOMEN)
  const pairsBy = (measure: (a: Float32Array, b: Float32Array) => number): Pairs => ({
    same: man.flatMap((a, i) => man.slice(i + 1).map((b) => measure(a, b))),
    different: man.flatMap((a) => women.map((b) => measure(a, b))),
  })
  return {
    pictures: MAN.length + WOMEN.length,
    found: man.length + women.length,
    pairs: pairsBy(similarity),
    ownPairs: pairsBy(librarySimilarity),
  }
}

const VARIATIONS = [
  {},
  { brightness: -40 },
  { brightness: 40 },
  { shift: { x: 60, y: 20 }, scale: 0.6 },
] as const

async function variedPairs(pool: Faces): Promise<Pairs> {
  const samples = Object.keys(SAMPLES) as Sample[]
  const seen: { person: string; sample: Sample; embedding: Float32Array }[] = []
  for (const sample of samples) {
    for (const variation of VARIATIONS) {
      const { faces } = await look(pool, shotOf([sample], variation))
      if (faces[0])
        seen.push({
          person: sample.startsWith('man') ? 'man' : sample,
          sample,
          embedding: faces[0].embedding,
        })
    }
  }
  const pairs: Pairs = { same: [], different: [] }
  for (const [i, a] of seen.entries()) {
    for (const b of seen.slice(i + 1))
      pairs[a.person === b.person ? 'same' : 'different'].push(similarity(a.embedding, b.embedding))
  }
  return pairs
}

function shippedPairs() {
  const library = dirname(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')))
  const text = readFileSync(join(library, 'demo', 'facematch', 'faces.json'), 'utf8')
  const faces = (JSON.parse(text) as { name: string; embedding: number[] }[]).map((one) => ({
    name: one.name,
    embedding: Float32Array.from(one.embedding),
  }))
  const pairs: Pairs = { same: [], different: [] }
  for (const [i, a] of faces.entries()) {
    for (const b of faces.slice(i + 1))
      pairs[a.name === b.name ? 'same' : 'different'].push(similarity(a.embedding, b.embedding))
  }
  return { pairs, embeddings: faces.length, names: new Set(faces.map((one) => one.name)).size }
}

function judged(pairs: Pairs, about: Record<string, unknown>) {
  const { same: atLeast, other: below } = SAMPLE_THRESHOLD
  const count = (scores: number[], fits: (score: number) => boolean) => scores.filter(fits).length
  return {
    ...about,
    same: { pairs: pairs.same.length, ...spread(pairs.same, 3) },
    different: { pairs: pairs.different.length, ...spread(pairs.different, 3) },
    equalErrorRate: equalErrorRate(pairs).rate,
    atDefault: {
      samePassed: count(pairs.same, (score) => score >= atLeast),
      sameUnsure: count(pairs.same, (score) => score < atLeast && score >= below),
      sameFailed: count(pairs.same, (score) => score < below),
      differentPassed: count(pairs.different, (score) => score >= atLeast),
      differentUnsure: count(pairs.different, (score) => score < atLeast && score >= below),
      differentFailed: count(pairs.different, (score) => score < below),
    },
  }
}

function equalErrorRate({ same, different }: Pairs): { rate: number; at: number } {
  let best = { rate: 1, at: 0 }
  for (let at = 0; at <= 1; at += 0.005) {
    const missed = same.filter((score) => score < at).length / same.length
    const taken = different.filter((score) => score >= at).length / different.length
    const rate = Math.max(missed, taken)
    if (rate < best.rate) best = { rate: Math.round(rate * 10_000) / 10_000, at }
  }
  return best
}

/** As the library computes it by default: squared distance times 25, rooted, scaled to 0 to 1 between 0.2 and 0.8. */
function librarySimilarity(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.max(0, Math.min(1, (1 - Math.sqrt(25 * sum) / 100 - 0.2) / 0.6))
}
