/** Kinds of duty on `training-report:<id>`. */
export const reportDuty = {
  submit: 'training.submit-report',
  receive: 'training.receive-report',
} as const

export const reportLink = (reportId: string) => `/training/reports/${reportId}`
