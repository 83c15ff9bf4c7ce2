/** The stages from enrolment to certificate, in order; names as the funnel shows them. */
export const STAGES = {
  registered: '报名',
  admitted: '录取',
  trained: '取得培训合格证书',
  declared: '申报等级',
  qualified: '资格确认',
  passed: '考核合格',
  certified: '取得等级证书',
} as const
export type Stage = keyof typeof STAGES
export const STAGE_NAMES = Object.keys(STAGES) as Stage[]
