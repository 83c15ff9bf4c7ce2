import type { OutputOf, PortalApi } from '../../ui/api.ts'

export type Choices = OutputOf<PortalApi, 'people.fact-choices'>
export type FactList =
  | 'education'
  | 'technicalSchool'
  | 'titles'
  | 'employment'
  | 'levelCertificates'
  | 'skillPosts'
export type Entry = Record<string, string>
export type Answers = Partial<Record<FactList, Entry[]>>

interface QuestionField {
  name: string
  label: string
  kind: 'choice' | 'day'
  of?: readonly string[]
  optional?: boolean
  help?: string
}
export interface Question {
  list: FactList
  title: string
  /** Why we ask, in one line. */
  why: string
  /** The answer that there is none. */
  none: string
  fields: QuestionField[]
}

/** The question that settles a missing statement; `at` is the policy's own path (`titles`, `education[0].graduatesOn`). */
export function questionFor(at: string, of: Choices): Question | undefined {
  const list = /^[a-zA-Z]+/.exec(at)?.[0] as FactList | undefined
  switch (list) {
    case 'titles':
      return {
        list,
        title: '您有职称吗？',
        why: '已有职称的，可以走职称对应的申报路径。',
        none: '我没有职称',
        fields: [
          { name: 'level', label: '职称等级', kind: 'choice', of: of.titleLevels },
          { name: 'obtainedOn', label: '取得日期', kind: 'day', help: '年限从取得之日算起。' },
        ],
      }
    case 'education':
      return {
        list,
        title: '您的学历或学位？',
        why: '申报条件按学历学位区分年限。学历和学位请分两条填。',
        none: '我没有大专及以上学历',
        fields: [
          { name: 'degree', label: '学历或学位', kind: 'choice', of: of.degrees },
          { name: 'status', label: '现在的情况', kind: 'choice', of: ['毕业', '在读'] },
          { name: 'graduatesOn', label: '毕业日期', kind: 'day', help: '在读的填预计毕业日期。' },
        ],
      }
    case 'technicalSchool':
      return {
        list,
        title: '您是技工院校毕业生吗？',
        why: '技工院校毕业生有单独的申报规定。',
        none: '我不是技工院校毕业',
        fields: [
          { name: 'class', label: '班别', kind: 'choice', of: of.schoolClasses },
          { name: 'graduatedOn', label: '毕业日期', kind: 'day' },
        ],
      }
    case 'employment':
      return {
        list,
        title: '您从事这个职业的技术工作多久了？',
        why: '部分路径要求从事本职业工作满一定年限。',
        none: '我没有从事过这个职业',
        fields: [
          { name: 'status', label: '工作情况', kind: 'choice', of: of.employmentStatuses },
          { name: 'from', label: '开始日期', kind: 'day' },
          { name: 'to', label: '结束日期', kind: 'day', optional: true, help: '仍在做的不填。' },
        ],
      }
    case 'levelCertificates':
      return {
        list,
        title: '您已取得这个职业的哪一级证书？',
        why: '申报上一等级时要看下一等级证书和取得时间。',
        none: '我还没有等级证书',
        fields: [
          { name: 'level', label: '等级', kind: 'choice', of: of.engineerLevels },
          { name: 'issuedOn', label: '发证日期', kind: 'day' },
        ],
      }
    case 'skillPosts':
      return {
        list,
        title: '您是用人单位在聘的高技能人才吗？',
        why: '在聘的高技能人才可申报相应等级。',
        none: '我不是',
        fields: [
          { name: 'skillLevel', label: '受聘的技能等级', kind: 'choice', of: of.skillLevels },
          { name: 'from', label: '受聘日期', kind: 'day' },
        ],
      }
    default:
      return undefined
  }
}

/** Lists whose entries speak of the occupation asked about. */
const OF_OCCUPATION: readonly FactList[] = ['employment', 'levelCertificates']

/** The answers in the policy's own shape; a list not asked about stays away: unknown, not empty. */
export function factsOf(answers: Answers, occupationId: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([list, entries]) => [
      list,
      entries.map((entry) => ({
        ...Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== '')),
        ...(OF_OCCUPATION.includes(list as FactList) ? { occupation: occupationId } : {}),
      })),
    ]),
  )
}
