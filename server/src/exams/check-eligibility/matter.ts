import { type Jurisdiction, type Policy, prepare, type RuleParams } from '../../../../policy/src/index.ts'

/**
 * What somebody can ask the self-check about: the rules it rests on, and which of their paths. A province's own
 * paths stand beside the national ones (AH-4, AH-5, AH-6, AH-8, AH-13).
 */
export interface Matter {
  programme: string
  title: string
  about: string
  provinceCode: string
  jurisdiction: Jurisdiction
  rules: readonly string[]
  /** Reads after 您现在可以. */
  act: string
  occupations: 'engineer' | 'skill'
  levels: readonly string[]
  /** Only paths of these names; without it all. */
  paths?: RegExp
}

const HUBEI = { programme: '湖北数字技术工程师', provinceCode: '420000', jurisdiction: 'hubei' } as const
const ANHUI = {
  programme: '安徽数字领域职业技能等级',
  provinceCode: '340000',
  jurisdiction: 'anhui',
} as const
const SKILLS = ['初级工', '中级工', '高级工', '技师', '高级技师'] as const

export const MATTERS = {
  'hubei-engineer': {
    ...HUBEI,
    title: '申报专业技术等级',
    about: '初级、中级、高级，参加培训并考核',
    rules: ['engineer.declaration'],
    act: '申报',
    occupations: 'engineer',
    levels: ['初级', '中级', '高级'],
  },
  'anhui-declaration': {
    ...ANHUI,
    title: '申报职业技能等级',
    about: '按国家条件和安徽举措的各条途径',
    rules: ['skill.declaration', 'anhui.level-declaration'],
    act: '申报',
    occupations: 'skill',
    levels: SKILLS,
  },
  'anhui-skip': {
    ...ANHUI,
    title: '越级申报',
    about: '承担大型数字类项目或取得重大技术突破',
    rules: ['anhui.level-declaration'],
    act: '越级申报',
    occupations: 'skill',
    levels: SKILLS,
    paths: /越级/,
  },
  'anhui-direct': {
    ...ANHUI,
    title: '直接认定',
    about: '重大技术突破，或有技术成果的本校毕业生',
    rules: ['anhui.direct-recognition'],
    act: '申请直接认定',
    occupations: 'skill',
    levels: SKILLS,
  },
  'anhui-theory': {
    ...ANHUI,
    title: '免试理论科目',
    about: '持有大型企业的内部技术技能证书',
    rules: ['anhui.theory-exemption'],
    act: '申请免试理论科目',
    occupations: 'skill',
    levels: [],
  },
  'anhui-appointment': {
    ...ANHUI,
    title: '学徒工定级，特级技师、首席技师评聘',
    about: '由用人单位或备案企业办理',
    rules: ['skill.appointment'],
    act: '参加定级或评聘：',
    occupations: 'skill',
    levels: ['学徒工', '特级技师', '首席技师'],
  },
} as const satisfies Record<string, Matter>
export type MatterId = keyof typeof MATTERS
export const MATTER_IDS = Object.keys(MATTERS) as [MatterId, ...MatterId[]]

export const matterOf = (id: MatterId): Matter => MATTERS[id]

/** Where the one who evaluates has no name yet: the rules ask for one, the self-check does not. */
export const SOME_BODY = '评价单位'
const ANY_BODY: RuleParams = { institution: SOME_BODY, institutionKind: '自主评价企业' }

/** Occupations the engineers' standards name; every other one of the register is a skill occupation. */
function isEngineer(policy: Policy, occupation: string): boolean {
  const params = { occupation, level: '初级' }
  return prepare(policy, { rule: 'engineer.declaration', jurisdiction: 'national', params }).versions.some(
    (version) => version.paths.length > 0,
  )
}

export function occupationsOf(policy: Policy, kind: Matter['occupations']): { id: string; name: string }[] {
  return [...policy.occupations.values()]
    .filter((one) => isEngineer(policy, one.职业) === (kind === 'engineer'))
    .map((one) => ({ id: one.职业, name: one.名称 }))
}

/** Levels for which the matter's rules have any path at all. */
export function levelsOf(policy: Policy, matter: Matter): string[] {
  const [occupation] = occupationsOf(policy, matter.occupations)
  return matter.levels.filter((level) =>
    matter.rules.some((rule) =>
      prepare(policy, {
        rule,
        jurisdiction: matter.jurisdiction,
        params: { ...ANY_BODY, occupation: occupation?.id, level },
      }).versions.some((version) =>
        version.paths.some(({ path }) => !matter.paths || matter.paths.test(path.id)),
      ),
    ),
  )
}
