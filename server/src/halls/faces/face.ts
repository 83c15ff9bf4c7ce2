// What the model sees in a picture, and what that is worth. A score is a flag: a person decides (design 6).

/** One face as the model found it. Angles in degrees, 0 is straight at the camera; quality figures from 0 to 1. */
export interface Face {
  confidence: number
  /** Share of the picture's shorter side the face is wide. */
  size: number
  yaw: number
  pitch: number
  roll: number
  /** How much it looks like a living person, and like a person rather than a picture or a screen of one. */
  live: number
  real: number
  /** 1,024 numbers that are near those of the same person. Sensitive: never logged, stored only encrypted. */
  embedding: Float32Array
}

export interface Looked {
  outcome: 'looked'
  /** Largest first. */
  faces: Face[]
  picture: { width: number; height: number; brightness: number; sharpness: number }
  ms: number
}
/** Why a picture could not be looked at: it is no picture we read, or the model is not there, overloaded or late. */
export interface NotLooked {
  outcome: 'unreadable' | 'missing' | 'busy' | 'late' | 'crashed'
  why: string
}
export type Look = Looked | NotLooked

/** Names the model and how its embeddings are made: templates of another one cannot be compared with these. */
export const FACE_MODEL = 'human-3.3.6/faceres/1'

/** Cosine of two embeddings, 0 to 1. On the sample pictures it parts persons better than the library's own measure. */
export function similarity(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new Error('embeddings of different models')
  let dot = 0
  let a = 0
  let b = 0
  for (let i = 0; i < one.length; i += 1) {
    const x = one[i] as number
    const y = other[i] as number
    dot += x * y
    a += x * x
    b += y * y
  }
  if (a === 0 || b === 0) return 0
  return Math.max(0, Math.min(1, dot / Math.sqrt(a * b)))
}

/**
 * Where scores count as the same person and as another one; between them nobody knows. Taken from the sample
 * pictures that ship with the library (`npm run bench -- faces`), so 待核实: a province sets its own after a trial
 * with its cameras.
 */
export const SAMPLE_THRESHOLD = { same: 0.6, other: 0.42 } as const

/** Below these a picture is shown to a person as perhaps not of somebody living, present. From the same samples. */
export const SAMPLE_LIVENESS = { live: 0.5, real: 0.3 } as const

export type Verdict = 'same' | 'other' | 'none' | 'several' | 'unsure'

/** A passer-by far behind does not make a second face: only those at least this share of the largest one do. */
const SECOND_FACE = 0.4

export interface Compared {
  verdict: Verdict
  score: number | null
  faces: number
  live: number | null
  real: number | null
}

export function compare(
  seen: Looked,
  template: Float32Array | undefined,
  threshold: { same: number; other: number },
): Compared {
  const [first] = seen.faces
  if (!first) return { verdict: 'none', score: null, faces: 0, live: null, real: null }
  const faces = seen.faces.filter((one) => one.size >= first.size * SECOND_FACE).length
  const score = template ? round(similarity(first.embedding, template)) : null
  const found = { score, faces, live: round(first.live), real: round(first.real) }
  if (faces > 1) return { verdict: 'several', ...found }
  if (score === null) return { verdict: 'unsure', ...found }
  if (score >= threshold.same) return { verdict: 'same', ...found }
  return { verdict: score < threshold.other ? 'other' : 'unsure', ...found }
}

export function seemsLive(compared: Pick<Compared, 'live' | 'real'>): boolean {
  return (
    compared.live !== null &&
    compared.real !== null &&
    compared.live >= SAMPLE_LIVENESS.live &&
    compared.real >= SAMPLE_LIVENESS.real
  )
}

export interface PhotoFinding {
  check: 'one_face' | 'frontal' | 'large' | 'sharp' | 'bright'
  passed: boolean
  /** For the person who took it: what is wrong and what to do. */
  words: string
}

/** What a registered photo must be for a comparison to mean something. */
export function photoFindings(seen: Looked): PhotoFinding[] {
  const [face] = seen.faces
  const { brightness, sharpness } = seen.picture
  const several = seen.faces.filter((one) => face && one.size >= face.size * SECOND_FACE).length > 1
  const finding = (check: PhotoFinding['check'], passed: boolean, good: string, bad: string) => ({
    check,
    passed,
    words: passed ? good : bad,
  })
  return [
    finding(
      'one_face',
      face !== undefined && !several,
      '照片中只有您一人',
      several ? '照片中不止一人，请单独重新拍摄' : '照片中没有找到人脸，请露出整张脸重新拍摄',
    ),
    finding(
      'frontal',
      face !== undefined &&
        Math.abs(face.yaw) <= 20 &&
        Math.abs(face.pitch) <= 25 &&
        Math.abs(face.roll) <= 20,
      '正对镜头',
      '脸没有正对镜头，请平视镜头重新拍摄',
    ),
    finding('large', face !== undefined && face.size >= 0.15, '人脸大小合适', '人脸太小，请靠近一些重新拍摄'),
    finding('sharp', sharpness >= 0.015, '照片清晰', '照片模糊，请擦净镜头、拿稳后重新拍摄'),
    finding(
      'bright',
      brightness >= 0.2 && brightness <= 0.88,
      '光线合适',
      brightness < 0.2 ? '光线太暗，请面向光源重新拍摄' : '光线太强，请避开直射光重新拍摄',
    ),
  ]
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
