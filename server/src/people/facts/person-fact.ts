import { z } from 'zod'
import { type Facts, factsSchema } from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'
import type { FactRow } from '../store/facts.ts'

/**
 * A dated fact about a person with its state of proof: 自述 → 已上传 (a paper) → 已核验 (somebody saw it) → 已过期.
 * `value` is one entry of the policy's fact schema without its proof. `{ none: true }` states that there is no
 * entry of the kind; a kind nobody has spoken of stays unknown to the policy, never empty.
 */
export const PROOF_STATES = ['自述', '已上传', '已核验', '已过期'] as const
export type ProofState = (typeof PROOF_STATES)[number]

export const FACT_KINDS = {
  education: '学历学位',
  technicalSchool: '技工院校毕业',
  titles: '职称',
  employment: '工作经历',
  levelCertificates: '专业技术等级证书',
  trainingCertificates: '培训合格证书',
  skillPosts: '技能岗位',
  judgements: '人工认定',
  retirement: '退休情况',
} as const
export type FactKind = keyof typeof FACT_KINDS
export const factKind = z.enum(Object.keys(FACT_KINDS) as [FactKind, ...FactKind[]])

/** Kinds a person states oneself; the others come from the platform's own records or from an official. */
export const STATED_KINDS = [
  'education',
  'technicalSchool',
  'titles',
  'employment',
  'levelCertificates',
  'skillPosts',
  'retirement',
] as const satisfies readonly FactKind[]
export const statedKind = z.enum(STATED_KINDS)

type Value = Record<string, unknown>
const NO_ENTRY = { none: true } as const

export function isNone(value: Value): boolean {
  return value.none === true
}

const PROOF_FIELDS = ['proof', 'proofUntil', 'document']

/** The value in the policy's own shape, or what is wrong with it in one sentence. */
export function readFactValue(
  kind: FactKind,
  value: Value,
): { ok: true; value: Value } | { ok: false; problem: string } {
  if (isNone(value)) {
    return kind === 'retirement' || kind === 'judgements'
      ? { ok: false, problem: '这类资料不能填「没有」' }
      : { ok: true, value: NO_ENTRY }
  }
  const bare = Object.fromEntries(Object.entries(value).filter(([name]) => !PROOF_FIELDS.includes(name)))
  const entry = kind === 'retirement' ? bare : [bare]
  const parsed = factsSchema.safeParse({ [kind]: entry })
  if (parsed.success) return { ok: true, value: bare }
  const issue = parsed.error.issues[0]
  const field = issue?.path.filter((part) => typeof part === 'string' && part !== kind).join('.')
  return {
    ok: false,
    problem: `${FACT_KINDS[kind]}${field ? `(${FIELD_NAMES[field] ?? field})` : ''}填写不完整或不正确`,
  }
}

const FIELD_NAMES: Record<string, string> = {
  degree: '学历',
  status: '状态',
  graduatesOn: '毕业日期',
  level: '等级',
  obtainedOn: '取得日期',
  issuedOn: '发证日期',
  graduatedOn: '毕业日期',
  from: '开始日期',
  to: '结束日期',
  occupation: '职业',
  class: '班别',
  skillLevel: '技能等级',
  retired: '是否退休',
}

const FROM_FIELDS = ['from', 'obtainedOn', 'issuedOn', 'graduatedOn', 'graduatesOn', 'on']

/** The days a list sorts and shows by. */
export function daysOf(value: Value): { fromOn: Day | null; toOn: Day | null } {
  const day = (name: string) => (typeof value[name] === 'string' ? (value[name] as Day) : undefined)
  const from = FROM_FIELDS.map(day).find((one) => one !== undefined)
  return { fromOn: from ?? null, toOn: day('to') ?? null }
}

/** Proof as it stands on a day: a verification that has run out is 已过期. */
export function proofOn(fact: Pick<FactRow, 'proof' | 'expiresOn'>, today: Day): ProofState {
  return fact.proof === '已核验' && fact.expiresOn !== null && fact.expiresOn < today ? '已过期' : fact.proof
}

/** A person's standing facts in the shape the policy reasons over. */
export function toPolicyFacts(birthOn: Day, facts: readonly FactRow[]): Facts {
  const shaped: Record<string, unknown> = { bornOn: birthOn }
  for (const fact of facts) {
    if (isNone(fact.value)) {
      shaped[fact.kind] ??= []
      continue
    }
    const entry =
      fact.kind === 'judgements'
        ? fact.value
        : {
            ...fact.value,
            proof: fact.proof,
            ...(fact.expiresOn ? { proofUntil: fact.expiresOn } : {}),
            document: fact.id,
          }
    if (fact.kind === 'retirement') shaped.retirement = entry
    else shaped[fact.kind] = [...((shaped[fact.kind] as unknown[] | undefined) ?? []), entry]
  }
  return shaped as Facts
}
