// AH-4, AH-6, AH-8, HB-5.7: results that open another way in, with the rank the text asks for. AH-6 gives one of two
// things for a breakthrough, a level skipped or direct recognition: what it was used for is part of the fact.
import { z } from 'zod'
import { ACHIEVEMENT_RANKS, ACHIEVEMENT_USES, ACHIEVEMENTS } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'
import type { Scope } from './predicate.ts'

const figure = z.strictObject({ 参数: z.string() })
const schema = z
  .strictObject({
    任一: z.array(z.enum(ACHIEVEMENTS)).min(1),
    级别不低于: z.union([z.enum(ACHIEVEMENT_RANKS), figure]).optional(),
    /** Only in the occupation in question. */
    本职业: z.boolean().default(false),
    /** One that has brought its holder this already does not count again, */
    未用于: z.enum(ACHIEVEMENT_USES).optional(),
    /** unless this figure of the policy allows both. */
    可并用: figure.optional(),
  })
  .refine((p) => p.可并用 === undefined || p.未用于 !== undefined, {
    message: '写了“可并用”就要写“未用于”',
    path: ['可并用'],
  })
type Params = z.infer<typeof schema>

const ranked = (rank: unknown) => (ACHIEVEMENT_RANKS as readonly unknown[]).indexOf(rank)

/** The least rank on a day; undefined while the figure is not settled. */
function leastRank(p: Params, scope: Scope): (on: string) => number | undefined {
  const { 级别不低于: least } = p
  if (typeof least !== 'object') return () => (least === undefined ? 0 : ranked(least))
  const value = scope.figure(least.参数)
  return (on) => {
    const found = ranked(onDay(value, on)?.value)
    return found < 0 ? undefined : found
  }
}

export const achievement = defineDatedList({
  name: '业绩成果',
  about: '取得所列业绩成果之一；可要求级别不低于某级（可取自参数），可要求尚未用于另一种待遇',
  list: 'achievements',
  schema,
  holds: (p, scope) => {
    const occupation = scope.occupation(scope.params.occupation)
    const least = leastRank(p, scope)
    const both = p.可并用 && scope.figure(p.可并用.参数)
    return (item, on) => {
      if (!p.任一.includes(item.kind) || on < item.on) return NO
      if (p.本职业 && item.occupation !== undefined && scope.occupation(item.occupation) !== occupation)
        return NO
      const asked = least(on)
      if (asked !== undefined && item.rank !== undefined && ranked(item.rank) < asked) return NO
      const used = p.未用于 !== undefined && item.usedFor?.includes(p.未用于)
      const allowed = both && onDay(both, on)?.value
      if (used && (both === undefined || allowed === false)) return NO
      const unknown =
        (p.本职业 && item.occupation === undefined) ||
        (p.级别不低于 !== undefined && (asked === undefined || item.rank === undefined)) ||
        (p.未用于 !== undefined && allowed !== true && (item.usedFor === undefined || used))
      return unknown ? DATA : YES
    }
  },
  days: (item) => [item.on],
  figures: (p) => [
    ...(typeof p.级别不低于 === 'object' ? [p.级别不低于.参数] : []),
    ...(p.可并用 ? [p.可并用.参数] : []),
  ],
  requirement: (p, scope) =>
    `取得${p.本职业 ? '所申报职业领域的' : ''}${sayRank(p, scope)}${p.任一.join('、')}${p.未用于 === undefined ? '' : `，且同一成果未用于${p.未用于}`}`,
  words: (p) => ({ data: '业绩成果', paper: `${p.任一.join('或')}证明`, event: `取得${p.任一.join('或')}` }),
  open: (p, item, at, state, scope) => {
    if (state !== DATA) return undefined
    if (p.本职业 && item.occupation === undefined)
      return { kind: '数据', what: '成果所属的职业领域', at: `${at}.occupation` }
    if (p.级别不低于 !== undefined && item.rank === undefined)
      return { kind: '数据', what: '成果的级别', at: `${at}.rank` }
    if (p.未用于 !== undefined && item.usedFor === undefined)
      return { kind: '数据', what: `该成果是否已用于${p.未用于}`, at: `${at}.usedFor` }
    const id = p.未用于 !== undefined && item.usedFor?.includes(p.未用于) ? p.可并用?.参数 : undefined
    const open = id ?? (typeof p.级别不低于 === 'object' ? p.级别不低于.参数 : undefined)
    if (open === undefined) return undefined
    const what = `${scope.parameterName(open)}（待核实，须由省级确认）`
    return { kind: '数据', what, at: `参数:${open}` }
  },
  say: (item) =>
    `${sayDay(item.on)}${item.rank ?? ''}${item.name ?? item.kind}${item.usedFor?.length ? `，已用于${item.usedFor.join('、')}` : ''}`,
})

function sayRank({ 级别不低于: least }: Params, scope: Scope): string {
  if (least === undefined) return ''
  return typeof least === 'object' ? `达到${scope.parameterName(least.参数)}的` : `${least}及以上`
}
