// AH-4, AH-6, AH-8, HB-5.7: results that open another way in, with the rank the text asks for.
import { z } from 'zod'
import { ACHIEVEMENT_RANKS, ACHIEVEMENTS } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'

export const achievement = defineDatedList({
  name: '业绩成果',
  about: '取得所列业绩成果之一，可要求级别不低于某级',
  list: 'achievements',
  schema: z.strictObject({
    任一: z.array(z.enum(ACHIEVEMENTS)).min(1),
    级别不低于: z.enum(ACHIEVEMENT_RANKS).optional(),
    /** Only in the occupation in question. */
    本职业: z.boolean().default(false),
  }),
  holds: (p, scope) => {
    const occupation = scope.occupation(scope.params.occupation)
    return (item, on) => {
      if (!p.任一.includes(item.kind) || on < item.on) return NO
      if (p.本职业) {
        if (item.occupation === undefined) return DATA
        if (scope.occupation(item.occupation) !== occupation) return NO
      }
      if (p.级别不低于 === undefined) return YES
      if (item.rank === undefined) return DATA
      return ACHIEVEMENT_RANKS.indexOf(item.rank) >= ACHIEVEMENT_RANKS.indexOf(p.级别不低于) ? YES : NO
    }
  },
  days: (item) => [item.on],
  requirement: (p) =>
    `取得${p.本职业 ? '所申报职业领域的' : ''}${p.级别不低于 === undefined ? '' : `${p.级别不低于}及以上`}${p.任一.join('、')}`,
  words: (p) => ({ data: '业绩成果', paper: `${p.任一.join('或')}证明`, event: `取得${p.任一.join('或')}` }),
  open: (p, item, at, state) =>
    state === DATA
      ? p.本职业 && item.occupation === undefined
        ? { kind: '数据', what: '成果所属的职业领域', at: `${at}.occupation` }
        : { kind: '数据', what: '成果的级别', at: `${at}.rank` }
      : undefined,
  say: (item) => `${sayDay(item.on)}${item.rank ?? ''}${item.name ?? item.kind}`,
})
