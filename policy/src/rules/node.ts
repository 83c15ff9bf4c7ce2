// A rule's condition as a tree: operators over predicates. Read from YAML with every problem reported.
import type { ProofState } from '../facts.ts'
import { PROOF_STATES } from '../facts.ts'
import type { Condition } from '../predicates/predicate.ts'
import { PREDICATES } from '../predicates/registry.ts'
import type { Problem } from '../problems.ts'

export type Operator = '全部满足' | '任一满足' | '至少' | '不得' | '下级规定'

interface Annotated {
  /** Clause id; inherited from the parent when absent. */
  clause?: string
  /** Short label, also the target of an exception. */
  label?: string
  note?: string
}

export type RuleNode = Annotated &
  (
    | { kind: '全部满足' | '任一满足'; of: RuleNode[] }
    | { kind: '至少'; count: number; of: RuleNode[] }
    | { kind: '不得'; of: [RuleNode] }
    /** An open term which a province may fill in; until it does, the national wording holds. */
    | { kind: '下级规定'; term: string; of: [RuleNode] }
    | { kind: '条件'; condition: Condition; proof?: ProofState; of: [] }
  )

const ANNOTATIONS = ['条款', '标签', '说明', '证明']
const OPERATORS = ['全部满足', '任一满足', '至少', '不得', '下级规定']

/** Reads one condition; undefined when it has problems (all of them are pushed). */
export function readNode(raw: unknown, path: string, at: string, problems: Problem[]): RuleNode | undefined {
  const say = (message: string, where = at) => {
    problems.push({ path, at: where, message })
    return undefined
  }
  if (!isRecord(raw)) return say('条件应为一个键值对')
  const notes = readAnnotations(raw, path, at, problems)
  const keys = Object.keys(raw).filter((key) => !ANNOTATIONS.includes(key))
  if (keys.length !== 1)
    return say(keys.length === 0 ? '条件是空的' : `一处只能写一个条件，这里有：${keys.join('、')}`)
  const key = keys[0]!
  const value = raw[key]
  const here = `${at}.${key}`
  switch (key) {
    case '全部满足':
    case '任一满足': {
      const of = readNodes(value, path, here, problems)
      return of && { ...notes.annotated, kind: key, of }
    }
    case '至少': {
      if (!isRecord(value) || !Number.isInteger(value.项) || (value.项 as number) < 1)
        return say('“至少”要写 项（正整数）和 条件', here)
      const of = readNodes(value.条件, path, `${here}.条件`, problems)
      return of && { ...notes.annotated, kind: '至少', count: value.项 as number, of }
    }
    case '不得': {
      const inner = readNode(value, path, here, problems)
      return inner && { ...notes.annotated, kind: '不得', of: [inner] }
    }
    case '下级规定': {
      if (!isRecord(value) || typeof value.事项 !== 'string')
        return say('“下级规定”要写 事项 和 未规定时', here)
      const inner = readNode(value.未规定时, path, `${here}.未规定时`, problems)
      return inner && { ...notes.annotated, kind: '下级规定', term: value.事项, of: [inner] }
    }
  }
  const predicate = PREDICATES.get(key)
  if (!predicate)
    return say(`没有“${key}”这个条件；可用：${[...OPERATORS, ...PREDICATES.keys()].join('、')}`, here)
  const read = predicate.read(value ?? {}, path, here)
  if (!read.ok) {
    problems.push(...read.problems)
    return undefined
  }
  return { ...notes.annotated, ...notes.proof, kind: '条件', condition: read.condition, of: [] }
}

function readNodes(raw: unknown, path: string, at: string, problems: Problem[]): RuleNode[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) {
    problems.push({ path, at, message: '应为至少一项的列表' })
    return undefined
  }
  const nodes = raw.map((item, i) => readNode(item, path, `${at}[${i}]`, problems))
  return nodes.every((node) => node !== undefined) ? nodes : undefined
}

function readAnnotations(raw: Record<string, unknown>, path: string, at: string, problems: Problem[]) {
  const text = (key: string) => {
    const value = raw[key]
    if (value !== undefined && typeof value !== 'string')
      problems.push({ path, at: `${at}.${key}`, message: '应为文字' })
    return typeof value === 'string' ? value : undefined
  }
  const [clause, label, note, proof] = [text('条款'), text('标签'), text('说明'), text('证明')]
  if (proof !== undefined && !(PROOF_STATES as readonly string[]).includes(proof)) {
    problems.push({ path, at: `${at}.证明`, message: `应为以下之一：${PROOF_STATES.join('、')}` })
  }
  return {
    annotated: { ...(clause && { clause }), ...(label && { label }), ...(note && { note }) },
    proof: proof === undefined ? {} : { proof: proof as ProofState },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
