import type { TITLE_LEVELS } from '../../../../policy/src/facts.ts'
import type { Facts } from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'
import { type Answers, applies, type Group, type Question, SOME_DAY, type Span, UNKNOWN } from './question.ts'
import { BODIES } from './questions-of.ts'

/** What the self-check is about, as far as answers speak of it. */
export interface About {
  occupationId: string
  level: string | undefined
  on: Day
}

/** Work and certificates of another occupation: whether it is a related one, a person has to judge. */
const OTHER_OCCUPATION = '其他职业'
const YES = /^(有|是|已委托)/

/**
 * The part of the facts that a group of answers states; every question of it that applies has an answer. Everything counts
 * as shown: the self-check asks what would be true once the papers are there.
 */
export function statedOf(
  group: Group,
  questions: readonly Question[],
  answers: Answers,
  about: About,
): Partial<Facts> {
  return proven(bareOf(group, questions, answers, about), '已上传')
}

/** Every entry of every list with this proof; what the platform itself knows keeps its own. */
export function proven(facts: Partial<Facts>, proof: '已上传' | '自述'): Partial<Facts> {
  const lists = Object.entries(facts).map(([kind, value]) => [
    kind,
    Array.isArray(value)
      ? (value as { proof?: string }[]).map((one) => (one.proof === '已核验' ? one : { ...one, proof }))
      : value,
  ])
  return Object.fromEntries(lists) as Partial<Facts>
}

function bareOf(
  group: Group,
  questions: readonly Question[],
  answers: Answers,
  about: About,
): Partial<Facts> {
  const asked = questions.filter((one) => one.group === group && applies(one, answers))
  const said = (id: string) =>
    asked.some((one) => one.id === id) ? (answers[id] as string | undefined) : undefined
  const { occupationId, on } = about
  switch (group) {
    case 'trainingCertificates':
      return {
        trainingCertificates: said('trained') === '有' ? [trainingCertificate(about)] : [],
      }
    case 'education':
      return { education: educationOf(said) }
    case 'technicalSchool': {
      const kind = said('techClass')
      return {
        technicalSchool:
          kind === undefined || kind === '不是'
            ? []
            : [{ class: kind as '高级工班', graduatedOn: said('techGraduatedOn') ?? SOME_DAY }],
      }
    }
    case 'titles':
      return {
        titles: asked
          .filter((one) => one.id.startsWith('titleOn:'))
          .map((one) => ({
            level: one.id.slice('titleOn:'.length) as (typeof TITLE_LEVELS)[number],
            obtainedOn: answers[one.id] as Day,
          })),
      }
    case 'levelCertificates':
      return {
        levelCertificates: asked
          .filter((one) => one.id.startsWith('levelOn:'))
          .map((one) => ({
            occupation: occupationId,
            level: one.id.slice('levelOn:'.length) as '初级',
            issuedOn: answers[one.id] as Day,
          })),
      }
    case 'skillCertificates':
      return {
        skillCertificates: asked
          .filter((one) => one.id.startsWith('skillOn:'))
          .map((one) => {
            const level = one.id.slice('skillOn:'.length)
            const own = answers[`skill:${level}`] === '有，是这个职业的'
            return {
              occupation: own ? occupationId : OTHER_OCCUPATION,
              level: level as '初级工',
              issuedOn: answers[one.id] as Day,
            }
          }),
      }
    case 'employment':
      return { employment: employmentOf(answers, asked, occupationId, on) }
    case 'affiliations':
      return { affiliations: affiliationOf(said) }
    case 'achievements':
      return {
        achievements: asked.flatMap((one) => {
          const answer = answers[one.id] as string
          if (!YES.test(answer)) return []
          const kinds = one.id.slice('achievement:'.length)
          const rank = answer.split('，')[1]
          return [
            {
              kind: kinds.split('、')[0] as '技术革新奖项',
              name: kinds,
              on: SOME_DAY,
              occupation: occupationId,
              ...(rank === undefined ? {} : { rank: rank as '省级' }),
            },
          ]
        }),
      }
    case 'otherCertificates':
      return {
        otherCertificates: asked
          .filter((one) => answers[one.id] === '有')
          .map((one) => ({ kind: one.id.slice('other:'.length) as 'X证书', issuedOn: SOME_DAY })),
      }
    case 'bornOn':
      return { bornOn: said('bornOn') as Day }
  }
}

export function trainingCertificate({ occupationId, level }: About) {
  return {
    occupation: occupationId,
    level: level as '初级',
    issuedOn: SOME_DAY,
    // The platform issues it and knows it: no paper is asked for.
    proof: '已核验' as const,
  }
}

/** The body kind chosen; undefined while nobody has said. */
export function bodyKindOf(answers: Answers): string | undefined {
  const body = answers.body
  return body === undefined || body === UNKNOWN ? undefined : BODIES[body as string]?.[0]
}

function educationOf(said: (id: string) => string | undefined): NonNullable<Facts['education']> {
  const items: NonNullable<Facts['education']> = []
  const diploma = said('diploma')
  if (diploma) items.push({ degree: diploma === '初中及以下' ? '初中' : (diploma as '高中'), status: '毕业' })
  const degree = said('degree')
  if (degree && degree !== '没有学位') items.push({ degree: degree as '学士学位', status: '毕业' })
  const studying = said('studying')
  const endsOn = said('studyingEndsOn')
  if (studying && studying !== '没有在读' && endsOn)
    items.push({ degree: studying as '大学本科', status: '在读', graduatesOn: endsOn })
  return items
}

function employmentOf(
  answers: Answers,
  asked: readonly Question[],
  occupationId: string,
  on: Day,
): NonNullable<Facts['employment']> {
  const jobs = (id: string, occupation: string) =>
    asked.some((one) => one.id === id)
      ? (answers[id] as Span[]).map(({ from, to }) => ({
          status: '在岗' as const,
          occupation,
          from,
          ...(to ? { to } : {}),
        }))
      : []
  const own = jobs('work', occupationId)
  const status = asked.some((one) => one.id === 'status') ? answers.status : undefined
  const stands = own.some((job) => job.to === undefined || job.to >= on)
  const now =
    typeof status === 'string' && status !== '都不是' && !(status === '在岗' && stands)
      ? [
          {
            status: status as '拟从事',
            occupation: occupationId,
            from: on,
            // How long the work lasts is another question's; this one says what holds today.
            ...(status === '拟从事' ? {} : { to: on }),
          },
        ]
      : []
  return [...own, ...jobs('otherWork', OTHER_OCCUPATION), ...now]
}

function affiliationOf(said: (id: string) => string | undefined): NonNullable<Facts['affiliations']> {
  const relation = BODIES[said('body') ?? '']?.[1]
  if (!relation) return []
  const frontLine = said('frontLine')
  const commissioned = said('commissioned')
  return [
    {
      institution: '评价单位',
      relation: relation as '本单位职工',
      from: SOME_DAY,
      ...(frontLine ? { frontLine: frontLine === '是' } : {}),
      ...(commissioned ? { commissioned: commissioned === '已委托' } : {}),
    },
  ]
}
