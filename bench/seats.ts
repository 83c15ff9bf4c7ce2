// npm run bench -- seats [--json] [--candidates N] [--rounds N]: the seat draw of a province in one call. Pure
// computing, no database: inputs in, seats, proof and its check out. Needs nothing but Node, as the check itself.
import type { DrawInputs } from '../server/src/halls/seating/draw.ts'
import { drawSeats } from '../server/src/halls/seating/draw.ts'
import { inputsHash, makeProof, PROOF_FORMAT, verifyProof } from '../server/src/halls/seating/proof.ts'
import { canonical, sha256, stream } from '../server/src/halls/seating/stream.ts'
import { type BenchReport, environment, spread } from './report.ts'

const ROWS = 8
const COLUMNS = 8
/** Of a hall's 64 seats so many are kept spare or are broken. */
const OUT_OF_USE = 4
const TRAINING_INSTITUTIONS = 300
const EMPLOYERS = 6000
const FORMS = 4
const CROWDED_INSTITUTIONS = 4
/** Floors of this bench: a province's draw is a matter of seconds, and no hard rule is ever broken. */
const FLOOR_SECONDS = 10

export async function run(words: string[]): Promise<BenchReport> {
  const asked = (flag: string, otherwise: number) => {
    const at = words.indexOf(flag)
    return at >= 0 ? Number(words[at + 1]) : otherwise
  }
  const candidates = asked('--candidates', 50_000)
  const rounds = asked('--rounds', 5)
  const seconds: number[] = []
  const proofSeconds: number[] = []
  const checkSeconds: number[] = []
  const reports: ReturnType<typeof drawSeats>['report'][] = []
  let proofsValid = 0
  let proofBytes = 0
  let forgeriesFound = 0
  const inputs = province(candidates)
  for (let round = 1; round <= rounds; round += 1) {
    const seed = sha256(`bench seats ${round}`)
    const before = beforeDraw(inputs, seed)
    const { value: drawn, took } = timed(() =>
      drawSeats(inputs, Buffer.from(seed, 'hex'), '381', canonical(before)),
    )
    seconds.push(took)
    reports.push(drawn.report)
    const proof = timed(() =>
      makeProof({
        before,
        inputs,
        seed,
        publicValue: '381',
        publicKnownAt: '2026-11-25T13:15:00.000Z',
        drawnAt: '2026-11-26T01:00:00.000Z',
      }),
    )
    proofSeconds.push(proof.took)
    const text = JSON.stringify(proof.value)
    proofBytes = Buffer.byteLength(text)
    const check = timed(() => verifyProof(JSON.parse(text)))
    checkSeconds.push(check.took)
    if (check.value.valid) proofsValid += 1
    const forged = JSON.parse(text)
    const other = forged.places.length - round
    ;[forged.places[round][2], forged.places[other][2]] = [forged.places[other][2], forged.places[round][2]]
    if (round === 1 && !verifyProof(forged).valid) forgeriesFound += 1
    console.error(`round ${round}: drawn in ${took.toFixed(2)} s, checked in ${check.took.toFixed(2)} s`)
  }
  // The hardest a province could ask: four institutions send everybody, and no seat stays empty.
  const crowded = timed(() => {
    const { forms, halls, candidates: people } = province(candidates)
    const seats = halls.reduce((sum, hall) => sum + hall.seats.length, 0)
    const full = Array.from({ length: seats }, (_, at) => ({
      code: `c${String(at).padStart(7, '0')}`,
      groups: [`t${at % CROWDED_INSTITUTIONS}`],
      accessible: people[at]?.accessible ?? false,
    }))
    return drawSeats(
      { forms, halls, candidates: full },
      Buffer.from(sha256('crowded'), 'hex'),
      '381',
      'crowded',
    )
  })
  const most = (of: (one: (typeof reports)[number]) => number) => Math.max(...reports.map(of))
  const hard = {
    sameForm: most((one) => one.sameForm),
    accessibleMissing: most((one) => one.accessibleMissing),
  }
  const soft = {
    sameGroup: most((one) => one.sameGroup),
    sameGroupUnavoidable: most((one) => one.sameGroupUnavoidable),
    sameGroupWithoutSeparation: spread(reports.map((one) => one.sameGroupBefore)),
    diagonalSameForm: most((one) => one.diagonalSameForm),
  }
  const proofValid = proofsValid === rounds && forgeriesFound === 1
  const drawSeconds = spread(seconds, 2)
  const hardBroken = hard.sameForm + hard.accessibleMissing
  return {
    name: 'seats',
    ok:
      proofValid &&
      hardBroken === 0 &&
      soft.sameGroup === soft.sameGroupUnavoidable &&
      drawSeconds.median <= FLOOR_SECONDS,
    metrics: {
      candidates,
      halls: inputs.halls.length,
      seats: inputs.halls.reduce((sum, hall) => sum + hall.seats.length, 0),
      trainingInstitutions: TRAINING_INSTITUTIONS,
      employers: EMPLOYERS,
      forms: FORMS,
      rounds,
      seconds: drawSeconds.median,
      secondsRange: drawSeconds,
      proofSeconds: spread(proofSeconds, 2),
      checkSeconds: spread(checkSeconds, 2),
      proofBytes,
      violations: hardBroken + soft.sameGroup,
      hard,
      soft,
      neighbours: reports[0]?.neighbours ?? 0,
      crowded: {
        candidates: crowded.value.report.candidates,
        institutions: CROWDED_INSTITUTIONS,
        seconds: Number(crowded.took.toFixed(2)),
        sameForm: crowded.value.report.sameForm,
        sameGroup: crowded.value.report.sameGroup,
        sameGroupUnavoidable: crowded.value.report.sameGroupUnavoidable,
        sameGroupWithoutSeparation: crowded.value.report.sameGroupBefore,
      },
      swaps: spread(reports.map((one) => one.swaps)),
      proofValid,
      forgeriesFound,
      heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1024 / 1024),
    },
    against: [],
    env: environment(null),
  }
}

/** Halls of 60 seats, a tenth more seats than candidates; large institutions send many, as they do. */
function province(count: number): DrawInputs {
  const random = stream(Buffer.alloc(32, 7), { algorithm: 'bench', context: 'province', publicValue: '1' })
  const perHall = ROWS * COLUMNS - OUT_OF_USE
  const halls = Math.ceil((count * 1.1) / perHall)
  // The smaller of two numbers: the first institutions are many times larger than the last.
  const skewed = (limit: number) => Math.min(random.below(limit), random.below(limit))
  return {
    forms: FORMS,
    candidates: Array.from({ length: count }, (_, at) => ({
      code: `c${String(at).padStart(7, '0')}`,
      groups: [
        `t${skewed(TRAINING_INSTITUTIONS)}`,
        ...(random.below(3) > 0 ? [`e${skewed(EMPLOYERS)}`] : []),
      ],
      accessible: random.below(200) === 0,
    })),
    halls: Array.from({ length: halls }, (_, hall) => {
      const out = new Set<number>()
      while (out.size < OUT_OF_USE) out.add(random.below(ROWS * COLUMNS))
      return {
        code: `h${String(hall).padStart(5, '0')}`,
        seats: Array.from({ length: ROWS * COLUMNS }, (_, at) => ({
          label: String(at + 1).padStart(2, '0'),
          row: Math.floor(at / COLUMNS) + 1,
          column: (at % COLUMNS) + 1,
          accessible: at % COLUMNS === 0 && at < 3 * COLUMNS,
        })).filter((_, at) => !out.has(at)),
      }
    }),
  }
}

function beforeDraw(inputs: DrawInputs, seed: string) {
  return {
    format: PROOF_FORMAT,
    sitting: { number: 'KC4220260001', title: '全省统考', startsAt: '2026-12-05T01:00:00.000Z' },
    family: null,
    commitment: sha256(Buffer.from(seed, 'hex')),
    committedAt: '2026-11-20T01:00:00.000Z',
    publicSource: '某日公布的三位数',
    publicExpectedAt: '2026-11-25T13:00:00.000Z',
    registrationClosedAt: '2026-11-24T09:00:00.000Z',
    inputsSha256: inputsHash(inputs),
  }
}

function timed<T>(work: () => T): { value: T; took: number } {
  const from = performance.now()
  const value = work()
  return { value, took: (performance.now() - from) / 1000 }
}
