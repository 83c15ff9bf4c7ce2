// The room's calls. No sign-in, no cookies: a secret of the machine, the admission or the lease goes in a header.
import type {
  AdmissionView,
  AttemptView,
  CaptureReceived,
  Consented,
  Entered,
  FaceLooked,
  FileReceived,
  Identified,
  Now,
  Pulse,
  PulseAnswer,
  Receipt,
  Save,
  Saved,
  SegmentReceived,
  Started,
  StationBound,
  StationView,
} from '../../../server/src/halls/attempts/wire.ts'
import type { Refusal } from '../../../server/src/platform/api.ts'
import type { Sample } from './clock/server-clock.ts'

interface Calls {
  station: { input: undefined; output: StationView }
  'bind-station': { input: { code: string }; output: StationBound }
  identify: { input: { ticketNumber: string; idTail: string }; output: Identified }
  consent: { input: { given: boolean }; output: Consented }
  face: { input: Record<string, never>; output: FaceLooked }
  admission: { input: undefined; output: AdmissionView }
  enter: { input: Record<string, never>; output: Entered }
  start: { input: Record<string, never>; output: Started }
  state: { input: undefined; output: { state: AttemptView } }
  save: { input: { saves: Save[] }; output: Saved }
  pulse: { input: Pulse; output: PulseAnswer }
  'hand-in': { input: { answers: Record<string, number> }; output: Receipt }
  file: { input: { item: string }; output: FileReceived }
  capture: { input: { clientAt: string; reason: 'random' | 'event' | 'asked' }; output: CaptureReceived }
  video: {
    input: { run: string; segment: number; clientFrom: string; clientTo: string }
    output: SegmentReceived
  }
  'rehearsal/ping': { input: Record<string, never>; output: unknown }
  'rehearsal/picture': { input: Record<string, never>; output: { bytes: number } }
}
export type CallName = keyof Calls
const READS: ReadonlySet<string> = new Set(['station', 'admission', 'state'])

export interface Secrets {
  station?: string | undefined
  admission?: string | undefined
  attempt?: string | undefined
  lease?: string | undefined
}

export type Failure =
  /** Nothing heard, or too late: worth another try. */
  | { kind: 'unreachable' }
  /** The line is there, the server cannot answer now: worth another try. `number` is of a fault it has noted. */
  | { kind: 'busy'; number: string | null }
  /** The secret is not (or no longer) good. */
  | { kind: 'secret'; refusal: Refusal | null }
  | { kind: 'refusal'; refusal: Refusal }
  /** What was sent cannot be read. */
  | { kind: 'unreadable'; message: string }

export type Answer<T> =
  | { ok: true; value: T & Now; sample: Sample }
  | { ok: false; failure: Failure; sample?: Sample }

export interface CallOptions {
  secrets?: Secrets
  files?: Record<string, Blob>
  timeoutMs?: number
  /** Evidence gives way to answers on the line. */
  priority?: 'high' | 'low'
}

export async function call<N extends CallName>(
  name: N,
  input: Calls[N]['input'],
  options: CallOptions = {},
): Promise<Answer<Calls[N]['output']>> {
  const { secrets = {}, files, timeoutMs = 10_000, priority = 'high' } = options
  const sentAt = performance.now()
  let response: Response | undefined
  let body: { now?: string; refusal?: Refusal; problems?: { message: string }[]; number?: string }
  try {
    response = await fetch(`/api/exam/${name}`, {
      method: READS.has(name) ? 'GET' : 'POST',
      headers: {
        ...headersOf(secrets),
        ...(files || READS.has(name) ? {} : { 'content-type': 'application/json' }),
      },
      ...(READS.has(name) ? {} : { body: files ? formOf(input, files) : JSON.stringify(input ?? {}) }),
      cache: 'no-store',
      credentials: 'omit',
      priority,
      signal: AbortSignal.timeout(timeoutMs),
    })
    body = await response.json()
  } catch {
    // What stands before a server that is being restarted answers for it, and not in our words.
    if (response && response.status >= 500) return { ok: false, failure: { kind: 'busy', number: null } }
    return { ok: false, failure: { kind: 'unreachable' } }
  }
  return read(response.status, body, sentAt)
}

function read<T>(
  status: number,
  body: { now?: string; refusal?: Refusal; problems?: { message: string }[]; number?: string },
  sentAt: number,
): Answer<T> {
  const sample = body.now
    ? { sentAt, receivedAt: performance.now(), serverMs: Date.parse(body.now) }
    : undefined
  if (status === 200 && sample) return { ok: true, value: body as T & Now, sample }
  return { ok: false, failure: failureOf(status, body), ...(sample ? { sample } : {}) }
}

function failureOf(
  status: number,
  body: { refusal?: Refusal; problems?: { message: string }[]; number?: string },
): Failure {
  if (status === 401) return { kind: 'secret', refusal: body.refusal ?? null }
  if ((status === 409 || status === 404) && body.refusal) return { kind: 'refusal', refusal: body.refusal }
  if (status === 400 || status === 413)
    return { kind: 'unreadable', message: body.problems?.map((one) => one.message).join('；') ?? '' }
  if (status >= 500 || status === 429) return { kind: 'busy', number: body.number ?? null }
  return { kind: 'unreachable' }
}

export function headersOf(secrets: Secrets): Record<string, string> {
  const named = {
    'x-station': secrets.station,
    'x-admission': secrets.admission,
    'x-attempt': secrets.attempt,
    'x-lease': secrets.lease,
  }
  return Object.fromEntries(
    Object.entries(named).filter((one): one is [string, string] => one[1] !== undefined),
  )
}

function formOf(input: unknown, files: Record<string, Blob>): FormData {
  const form = new FormData()
  form.append('input', JSON.stringify(input ?? {}))
  for (const [field, blob] of Object.entries(files))
    form.append(field, blob, blob instanceof File ? blob.name : field)
  return form
}

/** A file answer, with progress: fetch cannot say how much has gone. */
export function sendFile(
  item: string,
  file: Blob,
  secrets: Secrets,
  onProgress: (share: number) => void,
): Promise<Answer<FileReceived>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const sentAt = performance.now()
    const lost = () => resolve({ ok: false, failure: { kind: 'unreachable' } })
    request.open('POST', '/api/exam/file')
    for (const [name, value] of Object.entries(headersOf(secrets))) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.timeout = 120_000
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => resolve(read(request.status, request.response ?? {}, sentAt))
    request.onerror = lost
    request.ontimeout = lost
    request.onabort = lost
    request.send(formOf({ item }, { file }))
  })
}

/** What went wrong and what to do now, in a sentence. */
export function wordsOf(failure: Failure): string {
  switch (failure.kind) {
    case 'refusal':
      return failure.refusal.message
    case 'secret':
      return failure.refusal?.message ?? '本机的凭证已失效，请举手告知监考员。'
    case 'unreadable':
      return failure.message || '填写的内容无法识别，请检查后再试。'
    case 'busy':
      return failure.number
        ? `服务器暂时无法处理，请稍后再试；仍不成请向监考员提供编号 ${failure.number}。`
        : '服务器忙，请稍后再试；仍不成请举手告知监考员。'
    case 'unreachable':
      return '连接不上服务器。请检查网线，稍后再试；仍不成请举手告知监考员。'
  }
}

/** Worth another try by itself: nobody has said no. */
export function willPass(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'busy'
}
