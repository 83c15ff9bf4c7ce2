import type { StateWords } from '../marks.tsx'

export const OUTCOME_WORDS: StateWords = {
  符合: ['符合', 'done'],
  需人工认定: ['需人工认定', 'waiting'],
  材料不足: ['材料不足', 'waiting'],
  尚未到期: ['尚未到期', 'idle'],
  不符合: ['不符合', 'refused'],
}

export const STEP_WORDS: StateWords = {
  符合: ['满足', 'done'],
  缺数据: ['还不知道', 'idle'],
  缺材料: ['缺材料', 'waiting'],
  需人工认定: ['待认定', 'waiting'],
  不符合: ['不满足', 'refused'],
}

export function wordsOfNeed(need: { kind: string; what: string; on: string | null }): string {
  if (need.kind === '材料') return `证明材料：${need.what}`
  if (need.kind === '待发生事件') return need.on ? `${need.what}（${need.on}）` : need.what
  return need.what
}

// Lists of the policy's fact schema, in the words people know them by.
const FACT_WORDS: Record<string, string> = {
  bornOn: '出生日期',
  retirement: '退休情况',
  education: '学历学位',
  technicalSchool: '技工院校毕业',
  titles: '职称',
  employment: '工作经历',
  levelCertificates: '专业技术等级证书',
  trainingCertificates: '培训合格证书',
  skillPosts: '技能岗位',
  skillCertificates: '职业技能等级证书',
  otherCertificates: '其他证书',
  affiliations: '与评价机构的关系',
  achievements: '业绩成果',
  stepsTaken: '办理步骤',
  register: '实名制登记',
  benefits: '已享受的待遇',
  groups: '人员类别',
  businesses: '创业实体',
  judgements: '人工认定',
  training: '培训记录',
  scores: '成绩',
  activity: '申报的活动',
  listings: '目录',
}

/** `titles[1]` → 职称（第 2 条）. */
export function wordsOfFact(path: string): string {
  const [, list, index] = /^([a-zA-Z]+)(?:\[(\d+)\])?/.exec(path) ?? []
  const name = FACT_WORDS[list ?? ''] ?? path
  return index && index !== '0' ? `${name}（第 ${Number(index) + 1} 条）` : name
}

/** What a coming day does to a path. */
const NEXT_WORDS: Record<string, string> = {
  符合: '起满足',
  不符合: '起不再满足',
  缺数据: '起要补充情况',
  缺材料: '起要补材料',
  需人工认定: '起等人工认定',
}

interface Changing {
  outcome: string
  opensOn: string | null
  next: { on: string; state: string } | null
  needs: readonly { at: string; what: string }[]
  steps: readonly { unverified: boolean; note: string | null }[]
}
/** What will or may change a path's verdict: the next day, and figures or wordings nobody has confirmed yet. */
export function changesOf(path: Changing): string[] {
  const changes: string[] = []
  // The day it opens is said as its earliest day already.
  if (path.next && path.next.on !== path.opensOn)
    changes.push(`${path.next.on} ${NEXT_WORDS[path.next.state] ?? `变为${path.next.state}`}`)
  for (const need of path.needs) if (need.at.startsWith('参数:')) changes.push(`核定：${need.what}`)
  if (path.steps.some((step) => step.unverified)) changes.push('待核实的条件原文核实后可能变化')
  return [...new Set(changes)]
}
