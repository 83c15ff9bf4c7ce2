import type { FilingContent } from './filing.ts'

/** One difference between two rounds, in words an officer reads. */
export interface FilingChange {
  field: string
  before: string
  after: string
}

const LABELS: [path: string, label: string][] = [
  ['title', '计划名称'],
  ['occupationId', '职业'],
  ['direction', '职业方向'],
  ['level', '等级'],
  ['evaluationOrganisationId', '评价机构'],
  ['plannedLearners', '计划人数'],
  ['plan.classes', '班数'],
  ['plan.startsOn', '开班日'],
  ['plan.endsOn', '结业日'],
  ['plan.venue.name', '培训场地'],
  ['plan.venue.cityCode', '场地所在市州'],
  ['plan.venue.address', '场地地址'],
  ['plan.venue.seats', '座位数'],
  ['plan.hours.theoryOnline', '理论线上学时'],
  ['plan.hours.theoryOffline', '理论线下学时'],
  ['plan.hours.practiceOnline', '实操线上学时'],
  ['plan.hours.practiceOffline', '实操线下学时'],
  ['plan.teachers', '教师'],
  ['plan.equipment', '设备条件'],
  ['plan.content', '培训内容'],
  ['plan.textbook', '教材'],
  ['plan.feeId', '收费标准'],
  ['assessmentPlan.heldOn', '考核日'],
  ['assessmentPlan.place', '考核地点'],
  ['assessmentPlan.parts', '考核内容'],
  ['assessmentPlan.examiners', '考评员人数'],
  ['assessmentPlan.notes', '考核说明'],
  ['attachments', '附件'],
]

interface Submitted extends FilingContent {
  attachments?: { name: string; kind: string; sha256: string }[]
}

function at(content: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], content)
}

function say(path: string, value: unknown, name: (path: string, id: string) => string): string {
  if (value === null || value === undefined || value === '') return '无'
  if (path === 'plan.teachers')
    return (value as { name: string; subject: string }[])
      .map((one) => `${one.name}（${one.subject}）`)
      .join('、')
  if (path === 'assessmentPlan.parts')
    return (value as { form: string; minutes: number }[])
      .map((one) => `${one.form}${one.minutes}分钟`)
      .join('、')
  if (path === 'attachments') return (value as { name: string }[]).map((one) => one.name).join('、') || '无'
  return name(path, String(value))
}

/** What a round changed against the one before; `name` turns ids of occupations, institutions and fees into words. */
export function changesBetween(
  before: unknown,
  after: unknown,
  name: (path: string, id: string) => string = (_path, id) => id,
): FilingChange[] {
  return LABELS.flatMap(([path, field]) => {
    const [old, now] = [at(before as Submitted, path), at(after as Submitted, path)]
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    return [{ field, before: say(path, old, name), after: say(path, now, name) }]
  })
}
