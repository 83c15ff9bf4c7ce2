import { z } from 'zod'
import { DEGREES, type Degree, type Education } from '../facts.ts'
import { DATA, JUDGE, NO, PAPER, type State, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { type Day, sayDay } from '../time/day.ts'
import {
  bestOf,
  definePredicate,
  factNeeds,
  type Need,
  proofDays,
  proofNote,
  type Scope,
  usedItem,
} from './predicate.ts'

const RANK: Record<Degree, number> = {
  初中: 0,
  高中: 10,
  中专: 10,
  大学专科: 20,
  大学本科: 30,
  学士学位: 30,
  第二学士学位: 35,
  硕士研究生: 40,
  硕士学位: 40,
  博士研究生: 50,
  博士学位: 50,
}
/** Recalled reading of 毕业学年: the year before graduation, from this month and day. Stored as a parameter. */
export const GRADUATING_YEAR = 'graduating-year.starts'

const schema = z.strictObject({
  任一: z.array(z.enum(DEGREES)).min(1),
  /** A higher degree counts as well: 及以上. */
  含更高: z.boolean().default(false),
  相关专业: z.boolean().default(false),
  /** 含在读的应届毕业生: a student in the graduating academic year counts. */
  含应届: z.boolean().default(false),
})
type Params = z.infer<typeof schema>

export const education = definePredicate({
  name: '学历学位',
  about: '具备所列学历或学位之一；可含更高、可要求相关专业（须有人工认定记录）、可含在读应届毕业生',
  reads: ['education'],
  implies: (strong, weak) =>
    strong.任一.every((d) => weak.任一.includes(d) || (weak.含更高 && RANK[d] > lowest(weak))) &&
    (!strong.含更高 || (weak.含更高 && lowest(strong) >= lowest(weak))) &&
    (strong.相关专业 || !weak.相关专业) &&
    (!strong.含应届 || weak.含应届),
  schema,
  evaluate: (p, scope) => {
    const starts = graduatingYear(scope)
    const least = lowest(p)
    return bestOf('education', scope, (item, on) => holds(p, least, item, on, starts))
  },
  changeDays: (_p, facts, scope) => [
    ...(facts.education ?? []).flatMap((item) => [
      ...graduationDays(item, scope),
      ...(item.majorRelated ? [item.majorRelated.on] : []),
    ]),
    ...proofDays(facts.education),
  ],
  figures: (p) => (p.含应届 ? [GRADUATING_YEAR] : []),
  requirement: (p) =>
    `具备${p.相关专业 ? '相关专业' : ''}${p.任一.join('或')}${p.含更高 ? '及以上' : ''}${p.含应届 ? '（含在读的应届毕业生）' : ''}`,
  needs: (p, facts, on, leaf, scope) => {
    const item = usedItem(facts.education, leaf)
    if (item && leaf.state === DATA)
      return [{ kind: '数据', what: `${item.degree}的毕业日期`, at: `${leaf.used[0]}.graduatesOn` }]
    if (item && leaf.state === JUDGE) {
      return [
        {
          kind: '数据',
          what: `专业“${item.major ?? '未填'}”是否为相关专业的人工认定`,
          at: `${leaf.used[0]}.majorRelated`,
        },
      ]
    }
    const studying = nextGraduation(p, facts.education, on)
    if (leaf.state === NO && studying) return [studying]
    const name = `${p.任一.join('或')}${p.含更高 ? '及以上' : ''}`
    const paper =
      item?.status === '在读' && !inGraduatingYear(item, on, graduatingYear(scope))
        ? '毕业证书'
        : `${item?.degree ?? name}证书${item?.status === '在读' ? '或学籍证明' : ''}`
    return factNeeds(leaf, 'education', {
      data: '学历学位',
      paper,
      event: `取得${p.相关专业 ? '相关专业' : ''}${name}`,
    })
  },
  finding: (p, facts, on, leaf, scope) => {
    const item = usedItem(facts.education, leaf)
    if (!item) return facts.education === undefined ? '尚未填写学历学位' : '没有符合要求的学历学位'
    const when = item.graduatesOn
      ? `，${sayDay(item.graduatesOn)}${item.status === '毕业' ? '毕业' : '预计毕业'}`
      : ''
    const related = !p.相关专业 ? '' : sayRelated(item, on)
    const student =
      item.status === '在读'
        ? inGraduatingYear(item, on, graduatingYear(scope))
          ? '，在读应届毕业生'
          : '，在读'
        : ''
    return `${item.degree}${item.major ? `，${item.major}专业` : ''}${when}${student}${related}${proofNote(leaf)}`
  },
})

function lowest(p: Params): number {
  return Math.min(...p.任一.map((d) => RANK[d]))
}

function holds(p: Params, least: number, item: Education, on: Day, starts: YearStart): State {
  const fits = p.任一.includes(item.degree) || (p.含更高 && RANK[item.degree] > least)
  if (!fits) return NO
  const finished = completed(p, item, on, starts)
  if (finished === NO || !p.相关专业) return finished
  const related = item.majorRelated
  const judged: State = related === undefined || on < related.on ? JUDGE : related.related ? YES : NO
  return Math.min(finished, judged) as State
}

/** Graduated, or a student who counts; a passed expected date is not yet a diploma. */
function completed(p: Params, item: Education, on: Day, starts: YearStart): State {
  if (item.status === '毕业') {
    if (item.graduatesOn === undefined) return YES
    return on >= item.graduatesOn ? YES : NO
  }
  if (item.graduatesOn === undefined) return p.含应届 ? DATA : NO
  if (on >= item.graduatesOn) return PAPER
  return p.含应届 && inGraduatingYear(item, on, starts) ? YES : NO
}

/** 毕业学年: from the parameter's day of the year before graduation to the day before graduating. */
export function inGraduatingYear(item: Education, on: Day, starts: YearStart): boolean {
  if (item.status !== '在读' || item.graduatesOn === undefined) return false
  return on < item.graduatesOn && on >= starts(item.graduatesOn, on)
}

/** First day of the graduating academic year, as read on a day. */
export type YearStart = (graduatesOn: Day, on: Day) => Day

export function graduatingYear(scope: Scope): YearStart {
  const figure = scope.figure(GRADUATING_YEAR)
  return (graduatesOn, on) => {
    const monthDay = onDay(figure, on)?.value
    return `${+graduatesOn.slice(0, 4) - 1}-${typeof monthDay === 'string' ? monthDay : '07-01'}`
  }
}

export function graduationDays(item: Education, scope: Scope): Day[] {
  if (item.graduatesOn === undefined) return []
  const versions = scope.parameterDays(GRADUATING_YEAR)
  const starts = graduatingYear(scope)
  const firsts = [...versions, '9999-12-31'].map((day) => starts(item.graduatesOn!, day))
  return [item.graduatesOn, ...versions, ...firsts]
}

function nextGraduation(p: Params, list: readonly Education[] | undefined, on: Day): Need | undefined {
  const item = list?.find(
    (e) => p.任一.includes(e.degree) && e.status === '在读' && (e.graduatesOn ?? '') > on,
  )
  if (!item) return undefined
  return {
    kind: '待发生事件',
    what: `${item.degree}毕业`,
    at: `education[${list!.indexOf(item)}]`,
    on: item.graduatesOn!,
  }
}

function sayRelated(item: Education, on: Day): string {
  const related = item.majorRelated
  if (related === undefined || on < related.on) return '，是否相关专业尚待人工认定'
  return `，${related.by}${sayDay(related.on)}认定${related.related ? '为' : '不是'}相关专业`
}
