import type { z } from 'zod'
import type { PortalApi } from '../../../server/src/http/portal.ts'
import type { WorkbenchApi } from '../../../server/src/http/workbench.ts'
import type { Refusal } from '../../../server/src/platform/api.ts'
import { queryString } from './query-string.ts'

export type { PortalApi, Refusal, WorkbenchApi }

export interface FieldProblem {
  /** Where in the input, `plan.lessons.0.title`; empty for the whole. */
  path: string
  message: string
}

/** Everything that can go wrong with a call, in the words the screen shows. */
export type ApiProblem =
  | { kind: 'refusal'; message: string; clause: string | null; refusal: Refusal }
  | { kind: 'not-found'; message: string; clause: string | null; refusal: Refusal }
  | { kind: 'problems'; message: string; problems: FieldProblem[] }
  | { kind: 'signed-out'; message: string; refusal: Refusal | null }
  | { kind: 'forbidden'; message: string }
  | { kind: 'network'; message: string }
  | { kind: 'server'; message: string; number: string | null }

/** Thrown by `read` and `act`; the hooks hand out its `problem`. */
export class ApiFailure extends Error {
  readonly problem: ApiProblem
  constructor(problem: ApiProblem) {
    super(problem.message)
    this.problem = problem
  }
}

export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiFailure) return error.problem
  return { kind: 'server', number: null, message: '页面出现错误，您的内容未提交。请刷新后重试。' }
}

// --- types derived from the server's surfaces ----------------------------------------------------------------

type Kind = 'query' | 'command' | 'download'
export type NameOf<A, K extends Kind> = {
  [N in keyof A & string]: A[N] extends { kind: K } ? N : never
}[keyof A & string]
export type InputOf<A, N extends keyof A> = A[N] extends { input: infer I extends z.ZodType }
  ? z.input<I>
  : never
/** What arrives: the output schema's value after JSON. */
export type OutputOf<A, N extends keyof A> = A[N] extends { output: infer O extends z.ZodType }
  ? Jsonified<z.output<O>>
  : never
type Jsonified<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? Jsonified<E>[]
    : T extends object
      ? { [K in keyof T]: Jsonified<T[K]> }
      : T
/** The input, or nothing where every field of it may be left out. */
export type Given<I> = Record<string, never> extends I ? [input?: I] : [input: I]
export type Files = Record<string, File | readonly File[]>

// --- the client ------------------------------------------------------------------------------------------------

export type SurfaceName = 'portal' | 'workbench'

const ACTING_AS = 'shujiang.acting-as'
/** The membership staff act under, kept for this browser. */
export function actingAs(): string | null {
  return localStorage.getItem(ACTING_AS)
}
export function setActingAs(membershipId: string | null): void {
  if (membershipId) localStorage.setItem(ACTING_AS, membershipId)
  else localStorage.removeItem(ACTING_AS)
}

export interface Client<A> {
  surface: SurfaceName
  /** Calls a query. */
  read<N extends NameOf<A, 'query'>>(name: N, ...given: Given<InputOf<A, N>>): Promise<OutputOf<A, N>>
  /** Calls a command; with `files` the request is multipart. */
  act<N extends NameOf<A, 'command'>>(name: N, input: InputOf<A, N>, files?: Files): Promise<OutputOf<A, N>>
  /** Address of a download, for pictures and public files. Staff files go through `saveFile`: it says who acts. */
  fileUrl<N extends NameOf<A, 'download'>>(name: N, ...given: Given<InputOf<A, N>>): string
  /** A download to show on the page (a picture, a film), asked for as whoever acts here. */
  readFile<N extends NameOf<A, 'download'>>(name: N, ...given: Given<InputOf<A, N>>): Promise<Blob>
  /** Fetches a download and hands it to the browser to save; a refusal is thrown like any other. */
  saveFile<N extends NameOf<A, 'download'>>(name: N, ...given: Given<InputOf<A, N>>): Promise<void>
  /** Opens a download (a PDF) in a new tab, for reading and printing. */
  openFile<N extends NameOf<A, 'download'>>(name: N, ...given: Given<InputOf<A, N>>): Promise<void>
}

export function client<A>(surface: SurfaceName): Client<A> {
  const address = (name: string, input?: unknown) =>
    `/api/${surface}/${name}${queryString(input as Record<string, unknown> | undefined)}`
  return {
    surface,
    read: async (name, ...[input]) => json(await send(address(name, input), { headers: headers(surface) })),
    act: async (name, input, files) => {
      const body = files ? multipart(input, files) : JSON.stringify(input ?? {})
      const sent = headers(surface)
      if (!files) sent.set('content-type', 'application/json')
      return json(await send(address(name), { method: 'POST', headers: sent, body }))
    },
    fileUrl: (name, ...[input]) => address(name, input),
    readFile: async (name, ...[input]) =>
      (await send(address(name, input), { headers: headers(surface) })).blob(),
    saveFile: async (name, ...[input]) => {
      const response = await send(address(name, input), { headers: headers(surface) })
      const url = URL.createObjectURL(await response.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = fileNameIn(response.headers.get('content-disposition')) ?? name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
    openFile: async (name, ...[input]) => {
      // Opened before the answer arrives, or browsers take it for a pop-up.
      const tab = window.open('', '_blank')
      try {
        const response = await send(address(name, input), { headers: headers(surface) })
        const url = URL.createObjectURL(await response.blob())
        if (tab) tab.location.href = url
        setTimeout(() => URL.revokeObjectURL(url), 600_000)
      } catch (error) {
        tab?.close()
        throw error
      }
    },
  }
}

/** At the desk the chosen membership acts; on the portal everybody acts for themselves, staff too. */
function headers(surface: SurfaceName): Headers {
  const acting = surface === 'portal' ? 'learner' : actingAs()
  return new Headers(acting ? { 'x-acting-as': acting } : {})
}

function multipart(input: unknown, files: Files): FormData {
  const form = new FormData()
  form.append('input', JSON.stringify(input ?? {}))
  for (const [field, given] of Object.entries(files)) {
    for (const file of given instanceof File ? [given] : given) form.append(field, file, file.name)
  }
  return form
}

async function json<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init })
  } catch {
    reachable(false)
    throw new ApiFailure({
      kind: 'network',
      message: '网络不通，未能送达。请检查网络后重试，您填写的内容还在本页。',
    })
  }
  reachable(true)
  if (response.ok) return response
  const problem = await problemIn(response)
  if (problem.kind === 'signed-out' && problem.refusal?.code === 'MEMBERSHIP_NOT_FOUND' && actingAs()) {
    // Another person's choice on this computer, or one that ended. Reading starts over; an act must be repeated knowingly.
    setActingAs(null)
    if (init.method !== 'POST') return send(url, { ...init, headers: new Headers() })
  }
  throw new ApiFailure(problem)
}

interface ErrorBody {
  refusal?: Refusal
  problems?: FieldProblem[]
  number?: string
  message?: string
}

export async function problemIn(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody
  const { refusal, problems } = body
  if (response.status === 401) {
    return { kind: 'signed-out', message: refusal?.message ?? '请先登录。', refusal: refusal ?? null }
  }
  if (response.status === 403 && refusal) return { kind: 'forbidden', message: refusal.message }
  if (refusal) {
    const kind = response.status === 404 ? 'not-found' : 'refusal'
    return { kind, message: refusal.message, clause: refusal.clause, refusal }
  }
  if (problems) {
    const whole = problems.filter((problem) => problem.path === '').map((problem) => problem.message)
    return {
      kind: 'problems',
      message: whole.join('。') || '填写的内容有误，请按提示改正后再提交。',
      problems,
    }
  }
  const number = body.number ?? response.headers.get('x-request-id')
  return {
    kind: 'server',
    number,
    message:
      body.message ?? `暂时无法完成，请稍后再试${number ? `；如仍不成，请向管理员提供编号 ${number}` : ''}。`,
  }
}

export function fileNameIn(contentDisposition: string | null): string | null {
  const encoded = contentDisposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return contentDisposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? null
}

// --- is the server within reach? ------------------------------------------------------------------------------

let isReachable = true
const watchers = new Set<() => void>()
function reachable(now: boolean): void {
  if (now === isReachable) return
  isReachable = now
  for (const watch of watchers) watch()
}
/** For `useSyncExternalStore`: whether the last call reached the server. */
export const serverReach = {
  subscribe: (watch: () => void): (() => void) => {
    watchers.add(watch)
    return () => watchers.delete(watch)
  },
  get: (): boolean => isReachable,
}
