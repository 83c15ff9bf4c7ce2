import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { printedBy, render } from '../../platform/documents/index.ts'
import {
  DECISION_ACTS,
  ITEM_STATES,
  type ReportItem,
  type ResultReport,
  scoreText,
} from '../result-report.ts'
import type { DecisionRow } from '../store/reports.ts'

/** The result report as it goes on paper: facts of the assessment, who is put forward, what was decided (HB-4.4). */
export function reportPdf(
  app: App,
  actor: Actor,
  paper: {
    report: ResultReport
    institution: string
    occupation: string
    items: ReportItem[]
    decisions: DecisionRow[]
  },
): Promise<Uint8Array> {
  const { report } = paper
  const { counts } = report
  return render('result-report', {
    demo: app.config.demo,
    printed: printedBy(app, actor),
    papers: [
      {
        number: report.number,
        round: report.round,
        institution: paper.institution,
        sitting: report.sittingNumber,
        occupation: paper.occupation,
        level: report.level,
        direction: report.direction,
        endedOn: report.endedOn,
        venue: report.venue,
        counts: {
          sat: counts.candidates,
          passed: counts.passed,
          failed: counts.failed,
          absent: counts.absent,
          misconduct: counts.misconduct,
        },
        rows: paper.items.map((item) => ({
          name: item.holderName,
          maskedIdNumber: item.maskedIdNumber,
          ticketNumber: item.ticketNumber,
          theory: scoreText(item.theoryScoreTenths),
          ability: scoreText(item.abilityScoreTenths),
          state: ITEM_STATES[item.state],
        })),
        decisions: paper.decisions.map((one) => ({
          on: one.actedOn,
          office: one.organisationName,
          act: DECISION_ACTS[one.act] + (one.late ? '（逾期）' : ''),
          reason: one.reason ?? '',
        })),
        basis: '湖北省数字技术工程师培育项目通知 四（四），HB-4.4',
      },
    ],
  })
}
