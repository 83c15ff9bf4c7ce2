import type { StateWords } from '../../ui/marks.tsx'

export const DECLARATION_WORDS: StateWords = {
  drafted: ['未提交', 'idle'],
  submitted: ['等待资格确认', 'waiting'],
  qualified: ['资格已确认', 'done'],
  returned: ['需要补正', 'refused'],
  refused: ['未获确认', 'refused'],
  withdrawn: ['已撤回', 'idle'],
}
export const RESULT_WORDS: StateWords = {
  passed: ['合格', 'done'],
  failed: ['不合格', 'refused'],
  absent: ['缺考', 'idle'],
  misconduct: ['违纪', 'refused'],
}

interface Standing {
  state: string
  source: string
  level: string
  occupationName: string
  evaluationOrganisation: string
  trainingOrganisation: string
  sittingNumber: string | null
  result: string | null
  closed: boolean
}

/** Where a declaration stands, in one sentence, and what its person does now. */
export function saidStanding(one: Standing): string {
  const what = `${one.occupationName}${one.level}`
  switch (one.state) {
    case 'drafted':
      return one.source === 'batch'
        ? `${one.trainingOrganisation}正在为您准备${what}的申报，还没有提交。`
        : `您的${what}申报还没有提交。`
    case 'submitted':
      return `您的${what}申报已提交，正等待${one.evaluationOrganisation}确认考生资格。`
    case 'returned':
      return `您的${what}申报被退回补正。请按要求补充材料后再次提交。`
    case 'refused':
      return `您的${what}申报未获确认资格。条件具备后可以重新申报。`
    case 'withdrawn':
      return `您的${what}申报已撤回。`
    case 'qualified':
      if (one.closed || one.result === 'passed') return `您已通过${what}考核，等待颁发证书。`
      if (one.result === 'failed') return `您的${what}考核未合格，可以参加补考，请等待安排。`
      if (one.result === 'absent') return `您上次${what}考核缺考，可以参加以后的场次，请等待安排。`
      if (one.result === 'misconduct') return `您上次${what}考核因违纪没有成绩。`
      return one.sittingNumber
        ? `您已编入${what}考核，请按准考证上的时间、地点参加。`
        : `您的考生资格已确认，请等待${one.evaluationOrganisation}安排考核。`
    default:
      return ''
  }
}

/** Which page of 我的资料 answers a missing statement. */
export const FACT_PAGES: Record<string, string> = {
  education: '学历学位',
  technicalSchool: '技工院校毕业',
  titles: '职称',
  employment: '工作经历',
  levelCertificates: '专业技术等级证书',
  skillPosts: '高技能人才岗位',
  retirement: '退休情况',
}
