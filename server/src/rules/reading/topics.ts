import type { Rule } from '../../../../policy/src/index.ts'

/** What a rule is about, for finding it. */
export const TOPICS = ['申报与评价', '培训', '机构', '待遇'] as const
export type Topic = (typeof TOPICS)[number]

const BY_WORD: readonly (readonly [RegExp, Topic])[] = [
  [/subsid|grant|loan|reward|project|hours|title/, '待遇'],
  [/audience|completion/, '培训'],
  [/catalogue|prohibition|scope/, '机构'],
]

export function topicOf(rule: Pick<Rule, 'id'>): Topic {
  return BY_WORD.find(([word]) => word.test(rule.id))?.[1] ?? '申报与评价'
}

export const PLACES: Record<string, string> = { national: '国家', hubei: '湖北省', anhui: '安徽省' }

/** What decisions of a rule are kept on. */
export const USES: Record<string, string> = {
  person: '报名、学时和职称',
  enrolment: '结业',
  declaration: '等级申报和考核',
  filing: '备案',
  sitting: '考核',
}
