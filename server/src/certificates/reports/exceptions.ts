import { isLate, type ResultReport } from '../result-report.ts'
import type { ItemNow } from '../store/reports.ts'

export interface ReportException {
  /** The report cannot be confirmed while it stands. */
  blocking: boolean
  text: string
}

/**
 * What a confirmer should look at before the rest, worst first. Blocking: the list says something the results or
 * the register no longer say. The others are only worth a look.
 */
export function exceptionsOf(report: ResultReport, items: ItemNow[]): ReportException[] {
  const blocking: string[] = []
  const notes: string[] = []
  const included = items.filter((item) => item.state === 'included')
  for (const item of included) {
    if (item.resultNow !== 'passed') blocking.push(`${item.holderName}的成绩已更正，不再合格`)
    else if (item.theoryNow !== item.theoryScoreTenths || item.abilityNow !== item.abilityScoreTenths) {
      blocking.push(`${item.holderName}的成绩已更正，与名单不同`)
    }
    if (item.nameNow !== item.holderName || item.maskedIdNumberNow !== item.maskedIdNumber) {
      blocking.push(`${item.holderName}的姓名或证件号码与实名信息不一致`)
    }
  }
  if (report.round === 1 && report.submittedOn && isLate(report.submitDueOn, report.submittedOn)) {
    notes.push(`逾期报送：应于 ${report.submitDueOn} 前报送，实际 ${report.submittedOn}（鄂·四（四））`)
  }
  if (report.round > 1) notes.push(`第 ${report.round} 次报送`)
  const withheld = items.filter((item) => item.state === 'withheld')
  if (withheld.length > 0) notes.push(`${withheld.length} 人合格但暂不报送`)
  if (report.counts.misconduct > 0) notes.push(`本场有 ${report.counts.misconduct} 人违纪`)
  const retaking = included.filter((item) => item.attempt > 1)
  if (retaking.length > 0) notes.push(`${retaking.length} 人为补考`)
  if (report.supplementsId) notes.push('补充报送')
  return [
    ...blocking.map((text) => ({ blocking: true, text })),
    ...notes.map((text) => ({ blocking: false, text })),
  ]
}
