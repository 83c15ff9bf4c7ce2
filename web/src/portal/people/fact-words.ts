import type { Tone } from '../../ui/marks.tsx'

export type FactKind =
  | 'education'
  | 'technicalSchool'
  | 'titles'
  | 'employment'
  | 'levelCertificates'
  | 'skillPosts'
  | 'retirement'

export const KIND_WORDS: Record<FactKind, { name: string; why: string; none?: string }> = {
  education: { name: '学历学位', why: '申报条件按学历和专业区分年限。' },
  technicalSchool: {
    name: '技工院校毕业',
    why: '技工院校毕业生有单独的申报规定。',
    none: '我不是技工院校毕业',
  },
  titles: { name: '职称', why: '已有职称的，可走职称对应的申报路径。', none: '我没有职称' },
  employment: { name: '工作经历', why: '从事本职业的年限按您填写的起止日期计算。', none: '我没有工作经历' },
  levelCertificates: {
    name: '已有的专业技术等级证书',
    why: '申报上一等级时要看下一等级证书和取得时间。',
    none: '我没有等级证书',
  },
  skillPosts: { name: '高技能人才岗位', why: '在聘的高技能人才可申报相应等级。', none: '我没有受聘技能岗位' },
  retirement: { name: '退休情况', why: '政策规定培育对象不含已退休人员。' },
}
export const KINDS = Object.keys(KIND_WORDS) as FactKind[]

export const PROOF_TONES: Record<string, Tone> = {
  自述: 'idle',
  已上传: 'running',
  已核验: 'done',
  已过期: 'refused',
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A fact in one line, as its person would say it. */
export function saidFact(
  kind: string,
  value: Record<string, unknown>,
  occupationName: (id: string) => string,
): string {
  const occupation = value.occupation ? occupationName(text(value.occupation)) : ''
  switch (kind) {
    case 'education':
      return [text(value.degree), text(value.school), text(value.major), text(value.status)]
        .filter(Boolean)
        .join(' · ')
    case 'technicalSchool':
      return [text(value.class), text(value.school), text(value.major)].filter(Boolean).join(' · ')
    case 'titles':
      return [`${text(value.level)}职称`, text(value.name), text(value.specialty)].filter(Boolean).join(' · ')
    case 'employment':
      return [text(value.status), text(value.employer), occupation].filter(Boolean).join(' · ')
    case 'levelCertificates':
    case 'trainingCertificates':
      return [occupation, text(value.level), text(value.number)].filter(Boolean).join(' · ')
    case 'skillPosts':
      return [text(value.skillLevel), text(value.employer), occupation].filter(Boolean).join(' · ')
    case 'retirement':
      return value.retired ? '已退休' : '未退休'
    case 'judgements':
      return [text(value.term), text(value.result)].filter(Boolean).join('：')
    default:
      return ''
  }
}
