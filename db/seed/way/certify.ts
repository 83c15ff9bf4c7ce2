import type { Parties, Way } from './way.ts'

/** The report that a published sitting gave rise to, found by the sitting's title. */
export async function resultReportOf(way: Way, key: string, sittingTitle: string): Promise<string> {
  const { rows } = await way.must(way.staff(key).read('certificates.list-reports', { size: 200 }))
  const report = rows.find((one: { sittingTitle: string }) => one.sittingTitle === sittingTitle)
  if (!report) throw new Error(`no result report of the sitting ${sittingTitle}`)
  return report.id
}

export async function submitResultReport(way: Way, parties: Parties, reportId: string): Promise<void> {
  await way.must(
    way.staff(parties.evaluation).act('certificates.submit-report', {
      reportId,
      narrative: '考核组织规范，成绩双人录入一致，无异常情况。',
      withheld: [],
    }),
  )
}

export async function confirmResultReport(way: Way, parties: Parties, reportId: string): Promise<void> {
  await way.must(way.staff(parties.province).act('certificates.confirm-report', { reportId }))
}

export async function sendToNational(way: Way, parties: Parties, reportIds: string[]): Promise<string> {
  const { id } = await way.must(
    way.staff(parties.province).act('certificates.send-to-national', { reportIds }),
  )
  return id
}

export async function auditReport(way: Way, parties: Parties, reportId: string): Promise<void> {
  await way.must(way.staff(parties.national).act('certificates.audit-report', { reportId, returned: [] }))
}

export async function issueCertificates(way: Way, parties: Parties, reportId: string): Promise<number> {
  const { certificates } = await way.must(
    way.staff(parties.evaluation).act('certificates.issue-report', { reportId }),
  )
  await way.settle()
  return certificates
}
