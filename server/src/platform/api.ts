import { z } from 'zod'
import type { App } from './app.ts'
import type { Refusal, Result } from './result.ts'

/** A role a person acts in. `public` has no account; `learner` belongs to no organisation. */
export const ROLES = {
  public: '公众',
  learner: '学员',
  training_manager: '培训机构管理员',
  teacher: '培训机构教师',
  evaluation_manager: '评价机构管理员',
  examiner: '考评员',
  invigilator: '监考员',
  city_officer: '市州人社局',
  provincial_officer: '省人社厅',
  national_officer: '国家办公室',
  auditor: '审计员',
  administrator: '系统管理员',
  system: '系统',
} as const
export type Role = keyof typeof ROLES
export type OrganisationKind =
  | 'training_institution'
  | 'evaluation_institution'
  | 'city_bureau'
  | 'provincial_department'
  | 'national_office'
  | 'operator'

/** Who acts, in which role, for whom. Scope follows from it: person, organisation, city, province or nation. */
export interface Actor {
  accountId: string | null
  personId: string | null
  name: string
  role: Role
  organisation: {
    id: string
    name: string
    kind: OrganisationKind
    provinceCode: string
    cityCode: string | null
  } | null
}

export const PUBLIC_ACTOR: Actor = {
  accountId: null,
  personId: null,
  name: '公众',
  role: 'public',
  organisation: null,
}
export const SYSTEM_ACTOR: Actor = { ...PUBLIC_ACTOR, name: '系统', role: 'system' }

/** A permission is a name with the roles that hold it; every procedure carries one, or it does not compile. */
export interface Permission {
  name: string
  title: string
  roles: readonly Role[]
}

/** Every role a signed-in person may have. */
export const SIGNED_IN: readonly Role[] = (Object.keys(ROLES) as Role[]).filter(
  (role) => role !== 'public' && role !== 'system',
)
export const EVERYONE: readonly Role[] = ['public', ...SIGNED_IN]

const declared = new Map<string, Permission>()

/** Every permission of the modules loaded so far. */
export function permissionCatalogue(): Permission[] {
  return [...declared.values()]
}

/** Declares a module's permissions: name → title and roles. */
export function definePermissions<const P extends Record<string, { title: string; roles: readonly Role[] }>>(
  permissions: P,
): { [K in keyof P & string]: Permission } {
  const named = Object.entries(permissions).map(([name, spec]) => [name, { name, ...spec }] as const)
  for (const [name, permission] of named) declared.set(name, permission)
  return Object.fromEntries(named) as unknown as { [K in keyof P & string]: Permission }
}

export interface UploadedFile {
  field: string
  name: string
  mediaType: string
  bytes: Buffer
}

export interface Call {
  app: App
  actor: Actor
  /** Files of a multipart command, already held to the procedure's `files` limits. */
  files: UploadedFile[]
  ip: string
}

/** What a `download` answers with. */
export interface Download {
  fileName: string
  mediaType: string
  bytes: Uint8Array
  /** Shown in the browser instead of saved. */
  inline?: boolean
}

interface ProcedureBase<I extends z.ZodType> {
  /** Chinese name of the act, as the OpenAPI document and the permission matrix show it. */
  summary: string
  permission: Permission
  clause?: string
  input: I
  /**
   * The record this procedure acts on: its kind and the input field that names it. The permission test replaces
   * that field by another tenant's record of the kind and expects 404. Procedures without one act within the
   * actor's own scope or on public data.
   */
  record?: { kind: string; from: string }
  /** A valid input (record ids replaced by the test); shown in the OpenAPI document. */
  example?: z.input<I>
  /** Calls allowed from one address within `seconds`; for public look-ups that could be used to enumerate. */
  limit?: { max: number; seconds: number }
}

export interface Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends ProcedureBase<I> {
  kind: 'query'
  output: O
  handle(call: Call, input: z.output<I>): Promise<Result<z.input<O>>>
}
export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends ProcedureBase<I> {
  kind: 'command'
  output: O
  /** Accepts a multipart body: part `input` holds the JSON, the others are files. */
  files?: { max: number; maxBytes: number; mediaTypes?: readonly string[] }
  handle(call: Call, input: z.output<I>): Promise<Result<z.input<O>>>
}
export interface DownloadProcedure<I extends z.ZodType = z.ZodType> extends ProcedureBase<I> {
  kind: 'download'
  handle(call: Call, input: z.output<I>): Promise<Result<Download>>
}
export type Procedure = Query | Command | DownloadProcedure
/** A surface's procedures by name, `module.verb-object`. */
// biome-ignore lint/suspicious/noExplicitAny: a record of procedures with different inputs has no narrower type
export type Api = Record<string, Query<any, any> | Command<any, any> | DownloadProcedure<any>>

const byClause = new Map<string, Set<string>>()

/** Chinese names of the acts that rest on a clause, of the modules loaded so far. */
export function proceduresOfClause(clause: string): string[] {
  return [...(byClause.get(clause) ?? [])].sort((a, b) => a.localeCompare(b, 'zh'))
}

function noted<P extends { summary: string; clause?: string }>(procedure: P): P {
  const { clause, summary } = procedure
  if (clause) byClause.set(clause, (byClause.get(clause) ?? new Set()).add(summary))
  return procedure
}

/** Reads. Served as GET; its input comes from the query string, so fields are strings, numbers (coerced), enums. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  spec: Omit<Query<I, O>, 'kind'>,
): Query<I, O> {
  return noted({ kind: 'query', ...spec })
}
/** Changes. Served as POST with JSON (or multipart when `files` is given). */
export function command<I extends z.ZodType, O extends z.ZodType>(
  spec: Omit<Command<I, O>, 'kind'>,
): Command<I, O> {
  return noted({ kind: 'command', ...spec })
}
/** Answers with a file. Served as GET. */
export function download<I extends z.ZodType>(
  spec: Omit<DownloadProcedure<I>, 'kind'>,
): DownloadProcedure<I> {
  return noted({ kind: 'download', ...spec })
}

// --- shapes that every module's API shares -----------------------------------------------------------------

export const id = z.uuid()
export const day = z.iso.date()
export const level = z.enum(['初级', '中级', '高级'])
export type Level = z.output<typeof level>
export const nothing = z.strictObject({})
export const done = z.object({ id: z.string() })

/** Page of a list: `q` searches, `page` counts from 1. Add a list's own filters with `.extend`. */
export const listInput = z.strictObject({
  q: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
})
export type ListInput = z.output<typeof listInput>

export function listOf<R extends z.ZodType>(row: R) {
  return z.object({ rows: z.array(row), total: z.number(), page: z.number(), size: z.number() })
}

export const refusalShape = z.object({
  code: z.string(),
  clause: z.string().nullable(),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()),
})
/** One entry of a record's `actions`: may the viewer do it now, and if not, why. */
export const allowed = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: refusalShape }),
])

export const timelineEntry = z.object({
  at: z.string(),
  name: z.string(),
  title: z.string(),
  who: z.string(),
  role: z.string(),
  organisation: z.string().nullable(),
  clause: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

export type { Refusal }
