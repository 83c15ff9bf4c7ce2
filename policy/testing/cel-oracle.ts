// The same rules in CEL: a second reading of every condition, written apart from the engine. Only for tests, and
// only for people of whom everything is known and proven; CEL has neither "unknown" nor a trace.
import { Environment } from '@marcbachmann/cel-js'
import type { Facts } from '../src/index.ts'
import type { RuleNode } from '../src/rules/node.ts'

const TITLES = ['员级', '助理级', '中级', '副高级', '正高级']
const RANKS: Record<string, number> = {
  初中: 0,
  高中: 1,
  中专: 1,
  大学专科: 2,
  大学本科: 3,
  学士学位: 3,
  第二学士学位: 4,
  硕士研究生: 5,
  硕士学位: 5,
  博士研究生: 6,
  博士学位: 6,
}
const CLASSES = ['中级工班', '高级工班', '预备技师班']

/** Months by the corresponding day, the last of a short month; from the calendar, not from the engine. */
function plusMonths(day: string, months: number): string {
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(y, m - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(d, last))
  return first.toISOString().slice(0, 10)
}

const environment = new Environment({ unlistedVariablesAreDyn: true })
  .registerFunction('plusMonths(string, int): string', (day: string, months: bigint) =>
    plusMonths(day, Number(months)),
  )
  .registerFunction('later(string, string): string', (a: string, b: string) => (a > b ? a : b))

type Given = { occupation: string; level: string; edition: string; occupationId: (alias: string) => string }

/** One expression for a tree; undefined where a condition has no reading here. */
export function toCel(node: RuleNode, given: Given): string | undefined {
  if (node.kind === '条件') return leaf(node.condition.name, node.condition.params as never, given)
  const parts = node.of.map((child) => toCel(child, given))
  if (parts.some((part) => part === undefined)) return undefined
  switch (node.kind) {
    case '全部满足':
      return `(${parts.join(' && ')})`
    case '任一满足':
      return `(${parts.join(' || ')})`
    case '不得':
      return `!(${parts[0]})`
    case '下级规定':
      return parts[0]
    case '至少':
      return `([${parts.join(', ')}].filter(x, x).size() >= ${node.count})`
  }
}

interface Params {
  不低于?: string
  等级?: string
  年?: number
  月?: number
  岁?: number
  任一?: string[]
  含更高?: boolean
  相关专业?: boolean
  含应届?: boolean
  在读?: boolean
  当年?: boolean
  持有满年?: number
  起算?: { 职称不低于?: string; 专业技术等级?: string; 技能等级?: string }
  含相关?: boolean
  事项?: string
  参数?: string
  为?: string
}

function leaf(name: string, p: Params, { occupation, level, edition }: Given): string | undefined {
  const own = `"${occupation}"`
  const asked = (wanted: string | undefined) => (wanted === '本等级' ? level : wanted)
  switch (name) {
    case '职称':
      return `titles.exists(t, t.rank >= ${TITLES.indexOf(p.不低于!)} && t.on <= on)`
    case '专业技术等级':
      return `certificates.exists(c, c.occupation == ${own} && c.level == "${asked(p.等级)}" && c.on <= on && on < c.until)`
    case '培训合格证书':
      return `trained.exists(c, c.occupation == ${own} && c.level == "${level}" && c.on <= on && on < c.until${p.当年 ? ' && c.on.substring(0, 4) == on.substring(0, 4)' : ''})`
    case '技能等级证书':
      return `skills.exists(c, c.related && c.level == "${asked(p.等级)}" && c.on <= on && on < c.until${p.持有满年 ? ` && plusMonths(c.on, ${p.持有满年 * 12}) <= on` : ''})`
    case '学历学位': {
      const least = Math.min(...p.任一!.map((d) => RANKS[d]!))
      const degrees = `[${p.任一!.map((d) => `"${d}"`).join(', ')}]`
      const fits = `(e.degree in ${degrees}${p.含更高 ? ` || e.rank > ${least}` : ''})`
      const done = `(e.done && e.on <= on)${p.含应届 ? ' || (!e.done && e.final <= on && on < e.on)' : ''}`
      return `education.exists(e, ${fits} && (${done})${p.相关专业 ? ' && e.related' : ''})`
    }
    case '技工院校班级': {
      const when = p.在读 ? 'on < s.on' : `(s.on <= on${p.含应届 ? ' || (s.final <= on && on < s.on)' : ''})`
      return `schools.exists(s, s.rank >= ${CLASSES.indexOf(p.不低于!)} && ${when}${p.相关专业 ? ' && s.related' : ''})`
    }
    case '工作满': {
      const months = p.年! * 12 + p.月!
      const counts = p.含相关 ? '(j.own || j.related)' : 'j.own'
      const worked = (from: string) =>
        `jobs.exists(j, j.works && ${counts} && plusMonths(${from}, ${months}) <= (j.to < on ? j.to : on))`
      const { 职称不低于: title, 专业技术等级: engineer, 技能等级: skill } = p.起算 ?? {}
      const since = 'later(j.from, x.on)'
      if (title) return `titles.exists(x, x.rank >= ${TITLES.indexOf(title)} && ${worked(since)})`
      if (engineer)
        return `certificates.exists(x, x.occupation == ${own} && x.level == "${engineer}" && on < x.until && ${worked(since)})`
      if (skill)
        return `skills.exists(x, x.related && x.level == "${skill}" && on < x.until && ${worked(since)})`
      return worked('j.from')
    }
    case '年满':
      return `plusMonths(born, ${p.岁! * 12}) <= on`
    case '从业状态':
      return `jobs.exists(j, j.status in [${p.任一!.map((s) => `"${s}"`).join(', ')}] && j.from <= on && on < j.to)`
    case '人工认定':
      return `terms.exists(t, t.term == "${p.事项}" && t.on <= on)`
    case '政策参数':
      return String(p.为 === edition)
    default:
      return undefined
  }
}

export function parseCel(expression: string): (context: Record<string, unknown>) => boolean {
  const parsed = environment.parse(expression)
  return (context) => parsed(context) as boolean
}

/** The facts as CEL reads them: known people only. */
export function celContext(facts: Facts, on: string, given: Given): Record<string, unknown> {
  const { occupation, occupationId } = given
  const int = (n: number) => BigInt(n)
  const final = (day: string) => `${+day.slice(0, 4) - 1}-07-01`
  const FOREVER = '9999-12-31'
  const dayAfter = (day: string | undefined) =>
    day === undefined ? FOREVER : new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const certificate = (c: {
    occupation: string
    level: string
    issuedOn: string
    withdrawnOn?: string | undefined
  }) => ({
    occupation: occupationId(c.occupation),
    level: c.level,
    on: c.issuedOn,
    until: c.withdrawnOn ?? FOREVER,
  })
  return {
    on,
    born: facts.bornOn,
    titles: facts.titles!.map((t) => ({ rank: int(TITLES.indexOf(t.level)), on: t.obtainedOn })),
    certificates: facts.levelCertificates!.map(certificate),
    trained: facts.trainingCertificates!.map(certificate),
    skills: facts.skillCertificates!.map((c) => ({
      ...certificate(c),
      related: occupationId(c.occupation) === occupation || c.related?.related === true,
    })),
    education: facts.education!.map((e) => ({
      degree: e.degree,
      rank: int(RANKS[e.degree]!),
      done: e.status === '毕业',
      on: e.graduatesOn,
      final: final(e.graduatesOn!),
      related: e.majorRelated!.related,
    })),
    schools: facts.technicalSchool!.map((s) => ({
      rank: int(CLASSES.indexOf(s.class)),
      on: s.graduatedOn,
      final: final(s.graduatedOn),
      related: s.majorRelated!.related,
    })),
    jobs: facts.employment!.map((j) => ({
      works: j.status !== '拟从事',
      status: j.status,
      own: occupationId(j.occupation!) === occupation,
      related: j.related?.find((r) => occupationId(r.occupation) === occupation)?.related === true,
      from: j.from,
      to: dayAfter(j.to),
    })),
    terms: facts.judgements!.filter((j) => j.result === '认定').map((j) => ({ term: j.term, on: j.on })),
  }
}
