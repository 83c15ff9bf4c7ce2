import { z } from 'zod'
import type { Jurisdiction } from '../../../policy/src/index.ts'
import { day } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'

/**
 * A rule revision 规则修订: a province's own version of one of its rules, its filling of a term a national rule leaves
 * open, or a new value of one of its figures. Two people make it: one drafts and proposes, another confirms.
 */
export const REVISION_KINDS = { version: '规则版本', filling: '落实国家规则', parameter: '参数取值' } as const
export type RevisionKind = keyof typeof REVISION_KINDS
export const revisionKind = z.enum(Object.keys(REVISION_KINDS) as [RevisionKind, ...RevisionKind[]])

export const STATES = ['drafted', 'proposed', 'returned', 'withdrawn', 'confirmed'] as const
export type RevisionState = (typeof STATES)[number]
/** 已施行 is no state but a fact of the day: a confirmed revision whose first day has come. */
export const SHOWN_STATES = {
  drafted: '起草中',
  proposed: '待确认',
  returned: '已退回',
  withdrawn: '已撤回',
  confirmed: '已确认待施行',
  in_force: '已施行',
} as const
export type ShownState = keyof typeof SHOWN_STATES

export function shownState(revision: { state: RevisionState; fromOn: Day | null }, today: Day): ShownState {
  return revision.state === 'confirmed' && revision.fromOn !== null && revision.fromOn <= today
    ? 'in_force'
    : revision.state
}

/** Which acts a state allows. */
export const ACTS = {
  save: ['drafted', 'returned'],
  propose: ['drafted', 'returned'],
  confirm: ['proposed'],
  return: ['proposed'],
  withdraw: ['drafted', 'returned', 'proposed'],
} as const satisfies Record<string, readonly RevisionState[]>

export function allows(act: keyof typeof ACTS, state: RevisionState): boolean {
  return (ACTS[act] as readonly RevisionState[]).includes(state)
}

const words = (max: number) => z.string().trim().max(max)
/** What a revision rests on: a clause on record, or a document of the province that is not on record yet. */
export const basis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clause'), clause: words(60) }),
  z.strictObject({
    kind: z.literal('document'),
    name: words(100),
    number: words(30),
    issuer: words(60),
    issuedOn: day.nullable(),
    /** 一、第三条 … */
    title: words(20),
    paraphrase: words(300),
  }),
])
export type Basis = z.output<typeof basis>

export const ownExample = z.strictObject({
  name: words(100).min(1, '请为例子取名'),
  rule: words(100),
  params: z.record(z.string(), z.string()),
  /** null: the revision's first day. */
  on: day.nullable(),
  facts: z.record(z.string(), z.unknown()),
  expected: z.enum(['符合', '不符合', '尚未到期', '材料不足', '需人工认定']),
})
export type OwnExample = z.output<typeof ownExample>

/** What the form holds. `body` is the pack's own wording in plain data: the loader judges it, word by word. */
export const revisionContent = z.strictObject({
  fromOn: day.nullable(),
  basis,
  reason: words(1000),
  body: z.record(z.string(), z.unknown()),
  examples: z.array(ownExample).max(50),
})
export type RevisionContent = z.output<typeof revisionContent>

/** Which text a revision changes. */
export interface Target {
  kind: RevisionKind
  jurisdiction: Jurisdiction
  rule: string
  /** The open term of a filling; occupation/level of a figure; empty for a version. */
  part: string
}

export interface Revision extends Target {
  id: string
  number: string
  provinceCode: string
  title: string
  content: RevisionContent
  fromOn: Day | null
  clause: string
  reason: string
  text: string
  textSha: string
  saves: number
  state: RevisionState
  authors: string[]
  draftedBy: string
  draftedAt: Date
  changedAt: Date
  proposedBy: string | null
  proposedAt: Date | null
  decidedBy: string | null
  decidedAt: Date | null
  decisionReason: string | null
  edition: number | null
}
