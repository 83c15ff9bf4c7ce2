// Film of the attempt in pieces of ten seconds, each of which plays by itself: what is lost is one piece.
export const SEGMENT_MS = 10_000
const BITS_PER_SECOND = 250_000
const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4']

export interface Segment {
  run: string
  segment: number
  clientFrom: string
  clientTo: string
  blob: Blob
}

/** Records until stopped; undefined where the browser cannot. */
export function recordSegments(
  stream: MediaStream,
  instant: () => string,
  onSegment: (segment: Segment) => void,
): (() => void) | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  if (!mimeType) return undefined
  const run = crypto.randomUUID()
  let segment = 0
  let stopped = false
  let current: MediaRecorder | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = () => {
    if (stopped || !stream.active) return
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SECOND })
    const clientFrom = instant()
    const number = segment
    segment += 1
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) onSegment({ run, segment: number, clientFrom, clientTo: instant(), blob: data })
    }
    recorder.onstop = next
    recorder.start()
    current = recorder
    timer = setTimeout(() => recorder.state === 'recording' && recorder.stop(), SEGMENT_MS)
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
    if (current?.state === 'recording') current.stop()
  }
}
