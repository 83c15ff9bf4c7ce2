// JSON Schema of a pack file for editors: conditions are a closed choice of operators and predicates.
import { z } from 'zod'
import { PROOF_STATES } from '../facts.ts'
import { PREDICATES } from '../predicates/registry.ts'
import { packSchema } from './schema.ts'

type Json = { [key: string]: unknown }

/** The schema of one condition alone is under $defs.条件. */
export function packJsonSchema(): Json {
  const schema = z.toJSONSchema(packSchema, { io: 'input' }) as Json
  // A condition is z.unknown() to zod (it is read by hand, for better messages), so it comes out as {}.
  const condition = { $ref: '#/$defs/条件' }
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (['前提', '条件'].includes(key) && isEmpty(inner)) return [key, condition]
        if (key === '排除') return [key, { type: 'array', items: condition }]
        return [key, put(inner)]
      }),
    )
  }
  return {
    ...(put(schema) as Json),
    $defs: { ...(schema.$defs as Json | undefined), 条件: conditionSchema(condition) },
  }
}

function conditionSchema(self: Json): Json {
  const list = { type: 'array', items: self, minItems: 1 }
  const term = { type: 'string' }
  const operators: [string, Json][] = [
    ['全部满足', list],
    ['任一满足', list],
    [
      '至少',
      {
        type: 'object',
        properties: { 项: { type: 'integer', minimum: 1 }, 条件: list },
        required: ['项', '条件'],
        additionalProperties: false,
      },
    ],
    ['不得', self],
    [
      '下级规定',
      {
        type: 'object',
        properties: { 事项: term, 未规定时: self },
        required: ['事项', '未规定时'],
        additionalProperties: false,
      },
    ],
  ]
  const predicates = [...PREDICATES.values()].map((p): [string, Json] => [
    p.name,
    { ...(z.toJSONSchema(p.schema, { io: 'input' }) as Json), description: p.about },
  ])
  return {
    oneOf: [...operators, ...predicates].map(([name, params]) => ({
      type: 'object',
      properties: { [name]: params, 条款: term, 标签: term, 说明: term, 证明: { enum: PROOF_STATES } },
      required: [name],
      additionalProperties: false,
    })),
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
