// Random people for the properties: few occupations and a narrow span of days, so that conditions meet.
import * as fc from 'fast-check'
import type { Facts } from '../src/index.ts'
import { addDays } from '../src/index.ts'

const SPAN_FROM = '2021-01-01'
const SPAN_DAYS = 2_600

export const arbitraryDay = fc.nat(SPAN_DAYS).map((n) => addDays(SPAN_FROM, n))
/** Present about one time in `n + 1`. */
function rare<T>(arbitrary: fc.Arbitrary<T>, n = 5): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: n, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
}
const mostly = <T>(common: T, ...others: T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(common) },
    { weight: 1, arbitrary: fc.constantFrom(common, ...others) },
  )

const occupation = mostly('smart_mfg', 'ai', '智能制造工程技术人员', 'ai_trainer', 'data_security_admin')
const level = fc.constantFrom('初级' as const, '中级' as const, '高级' as const)

const proofParts = {
  proof: mostly('已核验', '自述', '已上传', '已过期'),
  proofUntil: rare(arbitraryDay),
}
const span = { from: arbitraryDay, days: fc.option(fc.nat(1_200), { nil: undefined }) }

/** Some keys present, the required ones always: what a half-filled form looks like. */
function record<T extends object>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
  required: (keyof T)[],
): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys: required as never }).map(defined) as unknown as fc.Arbitrary<T>
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}

function closed<T extends { from: string; days?: number | undefined }>({ days, ...rest }: T) {
  return days === undefined ? rest : { ...rest, to: addDays(rest.from, days) }
}

const education = record(
  {
    degree: fc.constantFrom('大学专科', '大学本科', '学士学位', '硕士学位', '博士学位'),
    schoolKind: fc.constantFrom('普通高校', '高等职业学校', '其他'),
    status: fc.constantFrom('在读', '毕业'),
    graduatesOn: arbitraryDay,
    majorRelated: record({ related: mostly(true, false), by: fc.constant('王评'), on: arbitraryDay }, [
      'related',
      'by',
      'on',
    ]),
    ...proofParts,
  },
  ['degree', 'status'],
)
const title = record(
  { level: fc.constantFrom('员级', '助理级', '中级', '副高级'), obtainedOn: arbitraryDay, ...proofParts },
  ['level', 'obtainedOn'],
)
const employment = record(
  {
    occupation,
    status: fc.constantFrom('在岗', '拟从事', '自由职业', '新就业形态', '灵活就业'),
    related: rare(
      fc.array(
        fc.record({
          occupation: fc.constantFrom('ai_trainer', 'data_security_admin'),
          related: fc.boolean(),
          by: fc.constant('王评'),
          on: arbitraryDay,
        }),
        { maxLength: 2 },
      ),
      1,
    ),
    ...span,
    ...proofParts,
  },
  ['status', 'from'],
).map(closed)
const certificate = record(
  { occupation, level, issuedOn: arbitraryDay, withdrawnOn: rare(arbitraryDay), ...proofParts },
  ['occupation', 'level', 'issuedOn'],
)
const technicalSchool = record(
  {
    majorRelated: record({ related: mostly(true, false), by: fc.constant('王评'), on: arbitraryDay }, [
      'related',
      'by',
      'on',
    ]),
    class: fc.constantFrom('中级工班', '高级工班', '预备技师班'),
    graduatedOn: arbitraryDay,
    ...proofParts,
  },
  ['class', 'graduatedOn'],
)
const skillPost = record(
  { skillLevel: fc.constantFrom('中级工', '高级工', '技师'), ...span, ...proofParts },
  ['skillLevel', 'from'],
).map(closed)
const judgement = record(
  {
    term: fc.constantFrom(
      '技工院校毕业生申报',
      '高技能人才与申报层级相应',
      '以合作联合联盟名义跨省开展培训',
      '广告夸大培训效果',
      '职称专业与职业对应',
      '业绩突出',
      '重大技术突破，且同一成果未用于直接认定',
      '重大技术突破，且同一成果未用于越级申报',
      '院校专业经评估论证',
      '符合特级技师、首席技师评聘条件',
    ),
    result: fc.constantFrom('认定', '不认定'),
    by: fc.constant('王评'),
    on: arbitraryDay,
  },
  ['term', 'result', 'by', 'on'],
)
const hours = record(
  { theory: fc.nat(100), practice: fc.nat(100), online: fc.nat(100), offline: fc.nat(100) },
  ['theory', 'practice'],
)
const score = fc.oneof(
  fc.record({ status: fc.constantFrom('缺考', '违纪', '待评定') }),
  fc.record({ status: fc.constant('已评定'), scoreTenths: fc.integer({ min: 580, max: 620 }) }),
)
const judgedRelated = record({ related: mostly(true, false), by: fc.constant('王评'), on: arbitraryDay }, [
  'related',
  'by',
  'on',
])
const skillCertificate = record(
  {
    occupation: mostly('ai_trainer', 'data_security_admin', 'ai'),
    level: fc.constantFrom('学徒工', '初级工', '中级工', '高级工', '技师'),
    issuedOn: arbitraryDay,
    withdrawnOn: rare(arbitraryDay),
    related: rare(judgedRelated, 1),
    ...proofParts,
  },
  ['occupation', 'level', 'issuedOn'],
)
const affiliation = record(
  {
    institution: fc.constantFrom('江城培训中心', '楚天评价中心'),
    relation: fc.constantFrom('本单位职工', '劳务派遣', '链内企业职工', '本校学生', '本校毕业生'),
    frontLine: fc.boolean(),
    commissioned: fc.boolean(),
    ...span,
    ...proofParts,
  },
  ['institution', 'relation', 'from'],
).map(closed)
const achievement = record(
  {
    kind: fc.constantFrom('大型数字类项目', '技术革新奖项', '专利发明', '竞赛名次'),
    rank: fc.constantFrom('校级', '企业级', '省级'),
    usedFor: fc.subarray(['越级申报', '直接认定']),
    occupation: mostly('ai_trainer', 'ai'),
    on: arbitraryDay,
    ...proofParts,
  },
  ['kind', 'on'],
)
const stepTaken = record(
  { step: fc.constantFrom('支撑材料', '机构审核', '企业内公示', '报备'), ...span, ...proofParts },
  ['step', 'from'],
).map(closed)
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 6 })

export const factModel = {
  retirement: record({ retired: mostly(false, true), on: rare(arbitraryDay) }, ['retired']),
  education: list(education),
  technicalSchool: list(technicalSchool),
  titles: list(title),
  employment: list(employment),
  levelCertificates: list(certificate),
  trainingCertificates: list(certificate),
  skillPosts: list(skillPost),
  bornOn: fc.nat(4_000).map((n) => addDays('2002-01-01', n)),
  skillCertificates: list(skillCertificate),
  otherCertificates: list(
    record(
      {
        kind: fc.constantFrom('X证书', '企业内部证书'),
        issuedOn: arbitraryDay,
        validUntil: rare(arbitraryDay),
        ...proofParts,
      },
      ['kind', 'issuedOn'],
    ),
  ),
  affiliations: list(affiliation),
  achievements: list(achievement),
  stepsTaken: list(stepTaken),
  openLoans: mostly(false, true),
  register: record({ entered: mostly(true, false), on: rare(arbitraryDay) }, ['entered']),
  benefits: list(
    record(
      {
        benefit: fc.constantFrom('职业培训补贴', '职业技能提升补贴', '一次性创业补贴'),
        occupation: mostly('smart_mfg', 'ai'),
        level,
        on: arbitraryDay,
      },
      ['benefit', 'on'],
    ),
  ),
  businesses: list(
    record(
      { registeredOn: arbitraryDay, inProvince: mostly(true, false), employs: fc.nat(5), ...proofParts },
      ['registeredOn'],
    ),
  ),
  judgements: list(judgement),
  training: record(
    {
      hours,
      planned: hours.map((h) => ({ ...h, theory: h.theory / 2, practice: h.practice / 2 })),
      contentCompleted: mostly(true, false),
      assessment: record({ result: mostly('合格', '不合格'), on: arbitraryDay }, ['result', 'on']),
    },
    ['hours'],
  ),
  scores: record({ theory: score, ability: score }, ['theory']),
  activity: record(
    {
      institutionProvince: mostly('湖北', '安徽'),
      provinces: mostly(['湖北'], ['湖北', '安徽'], []),
      name: mostly('初级班', '鄂皖联合培训班'),
      advertising: mostly('', '包过'),
      subcontracted: mostly(false, true),
      trainingLoan: mostly(false, true),
      falseAdvertising: mostly(false, true),
      exaggerated: mostly(false, true),
      disguisedLicensing: mostly(false, true),
    },
    [
      'institutionProvince',
      'provinces',
      'name',
      'subcontracted',
      'trainingLoan',
      'falseAdvertising',
      'exaggerated',
    ],
  ),
  listings: list(
    record(
      {
        catalogue: fc.constantFrom('职业', '培训机构', '评价机构'),
        institution: fc.constantFrom('江城培训中心', '楚天评价中心'),
        occupation,
        ...span,
      },
      ['catalogue', 'occupation', 'from'],
    ).map(closed),
  ),
}

/** Facts with any part of them unknown. */
export const arbitraryFacts = fc.record(factModel, { requiredKeys: [] }) as unknown as fc.Arbitrary<Facts>

const known = { proof: fc.constant('已核验' as const) }
const knownJudgement = fc.record({
  related: mostly(true, false),
  by: fc.constant('王评'),
  on: fc.constant('2000-01-01'),
})
const knownCertificate = (levels: readonly string[], occupations: fc.Arbitrary<string>) =>
  fc
    .record({
      occupation: occupations,
      level: fc.constantFrom(...levels),
      issuedOn: fc.nat(SPAN_DAYS).map((n) => addDays('2014-01-01', n)),
      withdrawnOn: rare(arbitraryDay, 8),
      ...known,
    })
    .map(defined)
const one = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 1 })

/** People of whom everything is known, proven and judged, with at most one job: what another engine can read too. */
export const knownFacts = fc.record({
  bornOn: fc.nat(3_000).map((n) => addDays('2003-01-01', n)),
  education: one(
    fc.record({
      degree: fc.constantFrom('初中', '中专', '大学专科', '大学本科', '学士学位', '硕士学位', '博士学位'),
      status: fc.constant('毕业'),
      graduatesOn: arbitraryDay,
      majorRelated: knownJudgement,
      ...known,
    }),
  ),
  technicalSchool: one(
    fc.record({
      class: fc.constantFrom('中级工班', '高级工班', '预备技师班'),
      graduatedOn: arbitraryDay,
      majorRelated: knownJudgement,
      ...known,
    }),
  ),
  titles: list(
    fc.record({
      level: fc.constantFrom('员级', '助理级', '中级', '副高级'),
      obtainedOn: fc.nat(SPAN_DAYS).map((n) => addDays('2018-01-01', n)),
      ...known,
    }),
  ),
  employment: one(
    fc
      .record({
        occupation: fc.constantFrom('smart_mfg', 'ai_trainer', 'data_security_admin', 'ai'),
        status: mostly('在岗', '拟从事', '自由职业'),
        from: fc.nat(5_000).map((n) => addDays('2010-01-01', n)),
        days: fc.option(fc.nat(4_000), { nil: undefined }),
        related: fc.constantFrom(true, false).map((related) =>
          ['ai_trainer', 'data_security_admin', 'smart_mfg'].map((occupation) => ({
            occupation,
            related,
            by: '王评',
            on: '2000-01-01',
          })),
        ),
        ...known,
      })
      .map(closed),
  ),
  levelCertificates: list(knownCertificate(['初级', '中级'], mostly('smart_mfg', 'ai'))),
  trainingCertificates: fc.array(
    knownCertificate(['初级', '中级', '高级'], mostly('smart_mfg', '智能制造工程技术人员', 'ai')),
    { minLength: 2, maxLength: 6 },
  ),
  skillCertificates: list(
    fc
      .tuple(
        knownCertificate(
          ['初级工', '中级工', '高级工', '技师'],
          fc.constantFrom('ai_trainer', 'data_security_admin', 'netsec_admin'),
        ),
        knownJudgement,
      )
      .map(([certificate, related]) => ({ ...certificate, related })),
  ),
  judgements: fc
    .subarray([
      '职称专业与职业对应',
      '院校专业经评估论证',
      '本职业或相关职业学徒期满',
      '学校经评估论证、以高级技能为培养目标',
      '学校经评估论证、以中级技能为培养目标',
    ])
    .map((terms) => terms.map((term) => ({ term, result: '认定', by: '王评', on: '2000-01-01' }))),
}) as unknown as fc.Arbitrary<Facts>

export const arbitraryParams = fc.record({
  occupation: mostly('smart_mfg', 'ai', 'ai_trainer', 'data_security_admin', 'programmer'),
  level,
  institution: fc.constantFrom('江城培训中心', '楚天评价中心'),
  institutionKind: fc.constantFrom('培训机构' as const, '评价机构' as const),
})

const skillParams = fc.record({
  occupation: fc.constantFrom('ai_trainer', 'data_security_admin', 'programmer'),
  level: fc.constantFrom('初级工', '中级工', '高级工', '技师', '高级技师', '特级技师'),
  institution: fc.constantFrom('江城培训中心', '楚天评价中心'),
  institutionKind: fc.constantFrom('自主评价企业' as const, '链主企业' as const, '院校' as const),
})

/** A rule with parameters of its own kind: engineers and skills do not share their levels. */
export function arbitraryQuestion<T extends { rule: { id: string } }>(seen: readonly T[]) {
  return fc
    .constantFrom(...seen)
    .chain((one) =>
      fc.tuple(fc.constant(one), /^(skill|anhui)\./.test(one.rule.id) ? skillParams : arbitraryParams),
    )
}
