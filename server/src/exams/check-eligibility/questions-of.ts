import { SKILL_LEVELS, TITLE_LEVELS } from '../../../../policy/src/facts.ts'
import type { prepare } from '../../../../policy/src/index.ts'
import type { Group, Question, Span } from './question.ts'

type Prepared = ReturnType<typeof prepare>
type Node = Prepared['versions'][number]['paths'][number]['tree']

/** With whom one is evaluated settles the kind of body and one's relation to it in one question. */
export const BODIES: Readonly<Record<string, readonly [kind: string, relation: string | null]>> = {
  由本企业自主评价的在职职工: ['自主评价企业', '本单位职工'],
  由用工企业自主评价的劳务派遣人员: ['自主评价企业', '劳务派遣'],
  链主企业的在职职工: ['链主企业', '本单位职工'],
  在链主企业的劳务派遣人员: ['链主企业', '劳务派遣'],
  '产业链内企业的职工，由链主企业评价': ['链主企业', '链内企业职工'],
  '在校学生，由本校评价': ['院校', '本校学生'],
  '本校毕业生，由母校评价': ['院校', '本校毕业生'],
  '都不是，参加社会评价组织的评价': ['社会评价组织', null],
}
export const DIPLOMAS = ['初中及以下', '高中', '中专', '大学专科', '大学本科', '硕士研究生', '博士研究生']
const BACHELOR = DIPLOMAS.indexOf('大学本科')
export const DEGREE_ANSWERS = ['没有学位', '学士学位', '第二学士学位', '硕士学位', '博士学位']
export const STUDIES = ['没有在读', '中专', '大学专科', '大学本科', '硕士研究生', '博士研究生']
export const CLASSES = ['不是', '中级工班', '高级工班', '预备技师班']
export const STATUSES = ['都不是', '拟从事', '在岗', '灵活就业', '新就业形态', '自由职业']
export const YES_NO = ['没有', '有']
export const OWN_OR_RELATED = ['没有', '有，是相近职业的', '有，是这个职业的']
const RANKS = ['没有', '有，校级', '有，企业级', '有，市级', '有，省级', '有，国家级']

interface Told {
  occupation: string
  level: string | undefined
}
type Draft = Pick<Question, 'id' | 'group' | 'kind' | 'title'> &
  Partial<Pick<Question, 'help' | 'choices' | 'days' | 'follows'>>

/** Every question the paths' conditions could need, each with the paths that read it. Order is the order asked by default. */
export function questionsOf(prepared: readonly Prepared[], told: Told, only: RegExp | undefined): Question[] {
  const found = new Map<string, Question>()
  for (const one of prepared) {
    for (const version of one.versions) {
      for (const { path, tree, clause } of version.paths) {
        if (only && !only.test(path.id)) continue
        for (const leaf of leavesOf(tree, clause, version.around.fills)) {
          for (const draft of draftsOf(leaf.name, leaf.params as Params, told)) {
            const known = found.get(draft.id)
            const question = known ?? {
              help: null,
              choices: [],
              days: 'past' as const,
              ...draft,
              paths: new Set<string>(),
              clause: leaf.clause,
            }
            question.paths.add(`${one.rule.id}/${path.id}`)
            found.set(draft.id, question)
          }
        }
      }
    }
  }
  // A list is read as a whole: what is said for one path stands for every other that reads the list.
  for (const group of Map.groupBy(found.values(), (one) => one.group).values()) {
    const paths = new Set(group.flatMap((one) => [...one.paths]))
    for (const one of group) one.paths = paths
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
}

const ORDER: readonly Group[] = [
  'trainingCertificates',
  'affiliations',
  'bornOn',
  'employment',
  'skillCertificates',
  'levelCertificates',
  'titles',
  'education',
  'technicalSchool',
  'achievements',
  'otherCertificates',
]

interface LeafRead {
  name: string
  params: unknown
  clause: string
}
function leavesOf(
  node: Node,
  clause: string,
  fills: Prepared['versions'][number]['around']['fills'],
): LeafRead[] {
  const here = node.clause ?? clause
  if (node.kind === '条件')
    return [{ name: node.condition.name, params: node.condition.params, clause: here }]
  const filled =
    node.kind === '下级规定'
      ? fills
          .filter((fill) => fill.term === node.term)
          .flatMap((fill) => leavesOf(fill.node, fill.clause, fills))
      : []
  return [...filled, ...node.of.flatMap((child) => leavesOf(child, here, fills))]
}

interface Params {
  任一?: string[]
  含应届?: boolean
  不低于?: string
  等级?: string
  起算?: { 职称不低于?: string; 专业技术等级?: string; 技能等级?: string }
  职业?: string
  含相关?: boolean
  一线?: boolean
  已委托?: boolean
  级别不低于?: string
  本职业?: boolean
  种类?: string
}

/** What to ask for one condition; a condition of the closed set that nobody can be asked about gives none. */
function draftsOf(name: string, p: Params, told: Told): Draft[] {
  switch (name) {
    case '培训合格证书':
      return [
        choice(
          'trained',
          'trainingCertificates',
          `您取得${told.occupation}${told.level ?? ''}的培训合格证书了吗？`,
          {
            choices: YES_NO,
            help: '还没有也可以先看条件：我们会告诉您取得证书以后能不能申报。',
          },
        ),
      ]
    case '学历学位':
      return educationDrafts(p)
    case '技工院校班级':
    case '技工院校毕业':
      return [
        choice('techClass', 'technicalSchool', '您在技工院校读过书吗？是哪一类班？', { choices: CLASSES }),
        day('techGraduatedOn', 'technicalSchool', '您哪天从技工院校毕业？', {
          days: 'any',
          help: '还在读的，填预计毕业的日期。',
          follows: { id: 'techClass', when: (answer) => answer !== '不是' },
        }),
      ]
    case '职称':
      return titleDrafts(p.不低于 ?? '员级')
    case '专业技术等级':
      return levelDrafts(p.等级 === '本等级' ? (told.level ?? '') : (p.等级 ?? ''), told)
    case '技能等级证书':
      return skillDrafts(levelBelow(p.等级 ?? '', told.level), told)
    case '工作满':
      return workDrafts(p, told)
    case '从业状态':
      return [
        choice('status', 'employment', `您现在从事或打算从事${told.occupation}的工作吗？`, {
          choices: STATUSES,
          help: '打算从事的，选“拟从事”。',
        }),
      ]
    case '机构类别':
    case '与机构关系':
      return bodyDrafts(p)
    case '业绩成果':
      return [achievementDraft(p, told)]
    case '其他证书':
      return [
        choice(`other:${p.种类}`, 'otherCertificates', `您有在有效期内的${p.种类}吗？`, {
          choices: YES_NO,
          help:
            p.种类 === 'X证书'
              ? '教育系统“1+X”制度中的职业技能等级证书。'
              : '大型企业颁发的内部技术技能证书。',
        }),
      ]
    case '年满':
      return [day('bornOn', 'bornOn', '您的出生日期是哪天？', {})]
    default:
      return []
  }
}

function educationDrafts(p: Params): Draft[] {
  const degree = (p.任一 ?? []).some((one) => one.endsWith('学位'))
  const drafts = [
    choice('diploma', 'education', '您已取得的最高学历是？', {
      choices: DIPLOMAS,
      help: '在读的不算，后面会问。',
    }),
  ]
  // A degree is earned with or after a 本科: nobody below is asked.
  if (degree)
    drafts.push(
      choice('degree', 'education', '您已取得的最高学位是？', {
        choices: DEGREE_ANSWERS,
        follows: { id: 'diploma', when: (answer) => DIPLOMAS.indexOf(answer as string) >= BACHELOR },
      }),
    )
  if (p.含应届) {
    drafts.push(
      choice('studying', 'education', '您现在还在读书吗？在读的是？', { choices: STUDIES }),
      day('studyingEndsOn', 'education', '您预计哪天毕业？', {
        days: 'any',
        follows: { id: 'studying', when: (answer) => answer !== '没有在读' },
      }),
    )
  }
  return drafts
}

function titleDrafts(least: string): Draft[] {
  const at = TITLE_LEVELS.indexOf(least as (typeof TITLE_LEVELS)[number])
  return [
    choice('title', 'titles', '您已取得的最高职称是哪一级？', {
      choices: ['没有职称', ...TITLE_LEVELS],
      help: '技术员是员级，助理工程师是助理级，工程师是中级，高级工程师是副高级。',
    }),
    day(`titleOn:${least}`, 'titles', `您最早哪天取得${least}及以上职称？`, {
      help: '以职称证书上的日期为准。',
      follows: {
        id: 'title',
        when: (answer) => TITLE_LEVELS.indexOf(answer as (typeof TITLE_LEVELS)[number]) >= at,
      },
    }),
  ]
}

function levelDrafts(level: string, told: Told): Draft[] {
  return [
    choice(`level:${level}`, 'levelCertificates', `您有${told.occupation}${level}的等级证书吗？`, {
      choices: YES_NO,
    }),
    day(`levelOn:${level}`, 'levelCertificates', `${level}证书是哪天发的？`, {
      help: '看证书上的发证日期。',
      follows: { id: `level:${level}`, when: (answer) => answer === '有' },
    }),
  ]
}

function levelBelow(asked: string, level: string | undefined): string | undefined {
  const below = { 本等级: 0, 低一级: 1, 低两级: 2 }[asked as '低一级']
  if (below === undefined) return asked
  return SKILL_LEVELS[SKILL_LEVELS.indexOf(level as (typeof SKILL_LEVELS)[number]) - below]
}

function skillDrafts(level: string | undefined, told: Told): Draft[] {
  if (level === undefined) return []
  return [
    choice(`skill:${level}`, 'skillCertificates', `您有${level}的职业技能等级证书吗？`, {
      choices: OWN_OR_RELATED,
      help: `“这个职业”指${told.occupation}；职业资格证书也算。`,
    }),
    day(`skillOn:${level}`, 'skillCertificates', `${level}证书是哪天发的？`, {
      help: '看证书上的发证日期。',
      follows: { id: `skill:${level}`, when: (answer) => answer !== '没有' },
    }),
  ]
}

function workDrafts(p: Params, told: Told): Draft[] {
  const since = p.起算
  const drafts = [
    spans(
      'work',
      `您从事${told.occupation}的工作，从哪天到哪天？`,
      '换过单位的可以分段填；年限按实际从业的日期算。',
    ),
  ]
  if (p.含相关 || p.职业 === '不限')
    drafts.push(
      spans(
        'otherWork',
        '您还做过其他职业的工作吗？',
        '与这个职业相近的工作，要由评价机构认定后才能算年限。',
      ),
    )
  if (since?.职称不低于) drafts.push(...titleDrafts(since.职称不低于))
  if (since?.专业技术等级) drafts.push(...levelDrafts(since.专业技术等级, told))
  if (since?.技能等级) drafts.push(...skillDrafts(since.技能等级, told))
  return drafts
}

function bodyDrafts(p: Params): Draft[] {
  const relation = (answer: Question['choices'][number] | Span[]) => BODIES[answer as string]?.[1]
  return [
    choice('body', 'affiliations', '您在哪里评价？', {
      choices: Object.keys(BODIES).toReversed(),
      help: '自主评价企业、链主企业和院校只评价自己范围内的人。',
    }),
    ...(p.一线
      ? [
          choice('frontLine', 'affiliations', '您在一线岗位吗？', {
            choices: ['不是', '是'],
            follows: {
              id: 'body',
              when: (answer) => ['本单位职工', '劳务派遣'].includes(relation(answer) ?? ''),
            },
          }),
        ]
      : []),
    ...(p.已委托
      ? [
          choice('commissioned', 'affiliations', '您的单位已委托链主企业实施评价了吗？', {
            choices: ['没有', '已委托'],
            follows: { id: 'body', when: (answer) => relation(answer) === '链内企业职工' },
          }),
        ]
      : []),
  ]
}

function achievementDraft(p: Params, told: Told): Draft {
  const kinds = p.任一 ?? []
  const field = p.本职业 ? `${told.occupation}领域的` : ''
  return choice(
    `achievement:${kinds.join('、')}`,
    'achievements',
    `您有${field}${kinds.join('、')}吗？`,
    p.级别不低于
      ? { choices: RANKS, help: '有几项的，选级别最高的一项。' }
      : { choices: YES_NO, help: '要有能证明您本人承担的材料。' },
  )
}

const choice = (id: string, group: Group, title: string, rest: Partial<Draft>): Draft => ({
  id,
  group,
  kind: 'choice',
  title,
  ...rest,
})
const day = (id: string, group: Group, title: string, rest: Partial<Draft>): Draft => ({
  id,
  group,
  kind: 'day',
  title,
  ...rest,
})
const spans = (id: string, title: string, help: string): Draft => ({
  id,
  group: 'employment',
  kind: 'spans',
  title,
  help,
})
