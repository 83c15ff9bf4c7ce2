// 取得本职业或相关职业某级职业资格证书（技能等级证书）. 相关职业 is an open term: a certificate of another
// occupation waits for a named person's judgement.
import { z } from 'zod'
import { SKILL_LEVELS, type SkillCertificate } from '../facts.ts'
import { JUDGE, NO, YES } from '../state.ts'
import { addDays, addMonths, sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'
import { resolveOccupation, type Scope, sayOccupation } from './predicate.ts'

const schema = z.strictObject({
  职业: z.string().default('本职业'),
  /** 低一级 and 低两级: counted down from the level declared; 高于本等级: any above it. */
  等级: z.enum(['本等级', '低一级', '低两级', '高于本等级', ...SKILL_LEVELS]),
  含相关: z.boolean().default(true),
  /** Held for that many years. */
  持有满年: z.int().positive().optional(),
  /** Counts for so many months after issue only. */
  核发后月内: z.int().positive().optional(),
})
type Params = z.infer<typeof schema>

/** Of this occupation, judged related, judged unrelated; undefined = nobody has judged. */
export function skillOccupation(
  item: SkillCertificate,
  occupation: string,
  scope: Scope,
): boolean | undefined {
  return scope.occupation(item.occupation) === resolveOccupation(occupation, scope) || item.related?.related
}

/** The levels that will do; none where the level declared is not of this ladder. */
function levelsAsked(p: Params, scope: Scope): readonly string[] {
  const own = (SKILL_LEVELS as readonly string[]).indexOf(scope.params.level ?? '')
  if (p.等级 === '高于本等级') return own < 0 ? [] : SKILL_LEVELS.slice(own + 1)
  const below = { 本等级: 0, 低一级: 1, 低两级: 2 }[p.等级 as '低一级']
  if (below === undefined) return [p.等级]
  return own < below ? [] : [SKILL_LEVELS[own - below]!]
}

const nameOf = (p: Params, scope: Scope) =>
  `${sayOccupation(p.职业, scope)}${p.含相关 ? '或相关职业' : ''}${p.等级 === '高于本等级' ? `高于${scope.params.level ?? '本等级'}的` : (levelsAsked(p, scope)[0] ?? '相应等级')}证书`

export const skillCertificate = defineDatedList({
  name: '技能等级证书',
  about: '持有本职业（可含相关职业，须人工认定）某级职业技能等级证书或职业资格证书',
  list: 'skillCertificates',
  schema,
  holds: (p, scope) => {
    const levels = levelsAsked(p, scope)
    const occupation = resolveOccupation(p.职业, scope)
    return (item, on) => {
      if (!levels.includes(item.level) || on < item.issuedOn) return NO
      if (item.withdrawnOn !== undefined && on >= item.withdrawnOn) return NO
      if (p.持有满年 !== undefined && on < addMonths(item.issuedOn, p.持有满年 * 12)) return NO
      if (p.核发后月内 !== undefined && on > addMonths(item.issuedOn, p.核发后月内)) return NO
      if (scope.occupation(item.occupation) === occupation) return YES
      if (!p.含相关) return NO
      const { related } = item
      return related === undefined || on < related.on ? JUDGE : related.related ? YES : NO
    }
  },
  days: (item, p) => [
    item.issuedOn,
    ...(item.withdrawnOn === undefined ? [] : [item.withdrawnOn]),
    ...(item.related === undefined ? [] : [item.related.on]),
    ...(p.持有满年 === undefined ? [] : [addMonths(item.issuedOn, p.持有满年 * 12)]),
    ...(p.核发后月内 === undefined ? [] : [addDays(addMonths(item.issuedOn, p.核发后月内), 1)]),
  ],
  requirement: (p, scope) =>
    `持有${nameOf(p, scope)}${p.持有满年 === undefined ? '' : `满${p.持有满年}年`}${p.核发后月内 === undefined ? '' : `，核发后${p.核发后月内}个月内`}`,
  words: (p, scope) => ({
    data: '职业技能等级证书',
    paper: nameOf(p, scope),
    event: `取得${nameOf(p, scope)}${p.持有满年 === undefined ? '' : `满${p.持有满年}年`}`,
  }),
  open: (_p, item, at, state, scope) =>
    state === JUDGE
      ? {
          kind: '数据',
          what: `“${scope.occupationName(item.occupation)}”是否为相关职业的人工认定`,
          at: `${at}.related`,
        }
      : undefined,
  say: (item, _p, on, scope) => {
    const related = item.related
    const judged =
      related === undefined || on < related.on
        ? ''
        : `，${related.by}认定${related.related ? '为' : '不是'}相关职业`
    return `${sayDay(item.issuedOn)}取得${scope.occupationName(item.occupation)}${item.level}${judged}`
  },
})
