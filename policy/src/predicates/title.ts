import { z } from 'zod'
import { TITLE_LEVELS, type Title, type TitleLevel } from '../facts.ts'
import { NO, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { bestOf, definePredicate, factNeeds, proofDays, proofNote, usedItem } from './predicate.ts'

/** What the engineering series calls each level. */
export const ENGINEERING_TITLES: Record<TitleLevel, string> = {
  员级: '技术员',
  助理级: '助理工程师',
  中级: '工程师',
  副高级: '高级工程师',
  正高级: '正高级工程师',
}

const schema = z.strictObject({ 不低于: z.enum(TITLE_LEVELS) })

export function titleReaches(title: Title, least: TitleLevel): boolean {
  return TITLE_LEVELS.indexOf(title.level) >= TITLE_LEVELS.indexOf(least)
}

export const title = definePredicate({
  name: '职称',
  about: '取得不低于所列层级的职称',
  reads: ['titles'],
  implies: (strong, weak) => TITLE_LEVELS.indexOf(strong.不低于) >= TITLE_LEVELS.indexOf(weak.不低于),
  schema,
  evaluate: (p, scope) =>
    bestOf('titles', scope, (item, on) => (titleReaches(item, p.不低于) && on >= item.obtainedOn ? YES : NO)),
  changeDays: (_p, facts) => [
    ...(facts.titles ?? []).map((item) => item.obtainedOn),
    ...proofDays(facts.titles),
  ],
  requirement: (p) => `取得${ENGINEERING_TITLES[p.不低于]}（${p.不低于}）及以上职称`,
  needs: (p, _facts, _on, leaf) =>
    factNeeds(leaf, 'titles', {
      data: '职称',
      paper: '职称证书',
      event: `取得${ENGINEERING_TITLES[p.不低于]}职称`,
    }),
  finding: (_p, facts, _on, leaf) => {
    const item = usedItem(facts.titles, leaf)
    if (!item) return facts.titles === undefined ? '尚未填写职称' : '没有符合要求的职称'
    return `${sayDay(item.obtainedOn)}取得${item.name ?? `${item.level}职称`}${proofNote(leaf)}`
  },
})
