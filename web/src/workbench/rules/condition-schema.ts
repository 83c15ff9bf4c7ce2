// How the editor reads the packs' JSON Schema: a condition is one key of a closed choice, with its own fields.

export interface Schema {
  type?: string | string[]
  enum?: string[]
  const?: unknown
  default?: unknown
  description?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
}
export type Raw = Record<string, unknown>
export interface Choice {
  value: string
  label: string
}
export interface Choices {
  clauses: Choice[]
  occupations: Choice[]
  figures: Choice[]
  levels: Choice[]
}

export const GROUPS = ['全部满足', '任一满足', '至少', '不得'] as const
const ANNOTATIONS = ['条款', '标签', '说明', '证明']

export interface Kind {
  name: string
  about: string
  params: Schema
}

/** The predicates a condition may be, in the order of the closed set. */
export function predicatesOf(condition: Schema): Kind[] {
  return (condition.oneOf ?? [])
    .map((one) => {
      const name = one.required?.[0] ?? ''
      const params = one.properties?.[name] ?? {}
      return { name, about: params.description ?? '', params }
    })
    .filter((kind) => ![...GROUPS, '下级规定'].includes(kind.name))
}

export function kindOf(value: Raw): string {
  return Object.keys(value).find((key) => !ANNOTATIONS.includes(key)) ?? ''
}
export function notesOf(value: Raw): Raw {
  return Object.fromEntries(Object.entries(value).filter(([key]) => ANNOTATIONS.includes(key)))
}

/** The conditions inside a group; empty for a predicate. */
export function childrenOf(value: Raw): Raw[] {
  const kind = kindOf(value)
  const inner = value[kind]
  if (kind === '全部满足' || kind === '任一满足') return (inner as Raw[]) ?? []
  if (kind === '至少') return ((inner as Raw)?.条件 as Raw[]) ?? []
  return kind === '不得' ? [inner as Raw] : []
}

export function withChildren(value: Raw, children: Raw[]): Raw {
  const kind = kindOf(value)
  const notes = notesOf(value)
  if (kind === '至少') {
    const count = Number((value.至少 as Raw)?.项 ?? 1)
    return { 至少: { 项: count, 条件: children }, ...notes }
  }
  if (kind === '不得') return { 不得: children[0] ?? {}, ...notes }
  return { [kind]: children, ...notes }
}

/** Another kind in the same place: a group takes in what stood there, a predicate begins empty. */
export function withKind(value: Raw, kind: string, predicates: readonly Kind[]): Raw {
  const notes = notesOf(value)
  if ((GROUPS as readonly string[]).includes(kind)) {
    const known = childrenOf(value)
    const inner = known.length > 0 ? known : kindOf(value) ? [withoutNotes(value)] : [{}]
    return { ...withChildren({ [kind]: undefined }, inner), ...notes }
  }
  const params = predicates.find((one) => one.name === kind)?.params
  return { [kind]: params ? emptyOf(params) : {}, ...notes }
}

function withoutNotes(value: Raw): Raw {
  const kind = kindOf(value)
  return { [kind]: value[kind] }
}

/** What a new condition starts with: fixed values and defaults; the rest the officer chooses. */
export function emptyOf(schema: Schema): Raw {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const value = field.const ?? field.default
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** What an alternative of a field is called: a number, a figure of the policy, a fixed word, or its own field. */
export function alternativeName(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const)
  if (schema.type === 'integer' || schema.type === 'number') return '写明数字'
  if (schema.enum) return '从列表选择'
  const own = Object.keys(schema.properties ?? {})
  if (own.length === 1) return own[0] === '参数' ? '引用参数' : (own[0] ?? '')
  return '其他'
}

export function fitsAlternative(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return value === schema.const
  if (schema.type === 'integer' || schema.type === 'number') return typeof value === 'number'
  if (schema.enum) return typeof value === 'string'
  const own = Object.keys(schema.properties ?? {})
  return typeof value === 'object' && value !== null && own.some((key) => key in value)
}

export function startOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.enum) return schema.enum[0]
  const [own] = Object.keys(schema.properties ?? {})
  return own ? { [own]: '' } : {}
}
