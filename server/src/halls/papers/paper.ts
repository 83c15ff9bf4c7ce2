// A paper as it is kept: items without their keys, keys apart, and what the whole of it is worth.
import { createHash } from 'node:crypto'
import type { ItemKind, Material, Paper, PaperItem, Part } from '../attempts/wire.ts'

export const ITEM_KINDS: Record<ItemKind, string> = {
  single: '单选题',
  multiple: '多选题',
  judgement: '判断题',
  fill: '填空题',
  short: '简答题',
  long: '论述题',
  file: '操作题',
  scenario: '情景题',
}

/** Kinds the computer scores; the others wait for people. */
const OBJECTIVE: readonly ItemKind[] = ['single', 'multiple', 'judgement', 'fill']
export function isObjective(kind: ItemKind): boolean {
  return OBJECTIVE.includes(kind)
}

/** A scenario is a heading with materials: it takes no answer itself. */
export function takesAnswer(kind: ItemKind): boolean {
  return kind !== 'scenario'
}

export const JUDGEMENTS = ['正确', '错误'] as const

/** What a choice earns that is right as far as it goes but incomplete; a wrong option earns nothing, ever. */
export const PARTIAL_RULES = {
  none: '漏选不得分',
  half: '漏选得一半分',
  proportional: '漏选按选对的比例得分',
} as const
export type PartialRule = keyof typeof PARTIAL_RULES

export interface ScoringRule {
  multiple: PartialRule
}

export type Key =
  /** One of these; more than one only after a change of key. */
  | { kind: 'single' | 'judgement'; accepted: string[] }
  /** `partialTenths` stands above the paper's rule. */
  | { kind: 'multiple'; options: string[]; partialTenths?: number }
  /** Accepted texts of each blank, in order. */
  | { kind: 'fill'; blanks: string[][]; caseSensitive?: boolean }
  /** For the people who mark. */
  | { kind: 'marked'; reference: string | null }
  /** The item was at fault: everybody gets its full score. */
  | { kind: 'void' }
export type Keys = Record<string, Key>

export interface StoredItem extends PaperItem {
  /** As the authors count; candidates see the number of their own form. */
  number: number
  /** 「以上都对」 and the like: options that must stay in order. */
  fixedOptions?: boolean
}

/** The sealed part of a paper. The seed decides the orders of the forms and the ids that tell nobody anything. */
export interface PaperContent {
  seed: string
  groups: Paper['groups']
  items: StoredItem[]
}

/** What forms are made of. */
export interface PaperHead {
  title: string
  part: Part
  minutes: number
  totalTenths: number
  forms: number
}

/** Scores of exams are of a hundred points (HB-4.4: 百分制). */
export const FULL_TENTHS = 1000

export const LIMITS = {
  fileBytes: 6 * 1024 * 1024,
  contentBytes: 2 * 1024 * 1024,
  depth: 8,
  items: 300,
  groups: 40,
  stemChars: 5_000,
  options: 8,
  optionChars: 1_000,
  blanks: 10,
  alternatives: 10,
  alternativeChars: 200,
  materials: 6,
  materialChars: 20_000,
  imageBytes: 300 * 1024,
  imageEdge: 4_000,
  referenceChars: 5_000,
  maxChars: 20_000,
} as const

/** What may be asked for in a file item: kinds the platform knows by their content. */
export const FILE_KINDS = ['.pdf', '.docx', '.xlsx', '.txt', '.zip', '.png', '.jpg'] as const

/** Ids that say nothing of the author's order, the same in every form. */
export function itemId(seed: string, number: number): string {
  return `q${opaque(`${seed}/${number}`)}`
}
export function optionId(seed: string, number: number, letter: string): string {
  return `o${opaque(`${seed}/${number}/${letter}`)}`
}
function opaque(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10)
}

export function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}

export type { ItemKind, Material, Paper, PaperItem, Part }

export const PART_TITLES: Record<Part, string> = { theory: '理论知识考试', ability: '专业能力考核' }
