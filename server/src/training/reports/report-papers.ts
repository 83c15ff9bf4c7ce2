import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { printedBy, type ReceiptPaper, type RosterPaper, render } from '../../platform/documents/index.ts'
import { sayInstant } from '../attendance/lesson-time.ts'
import { OFFICES } from './report.ts'
import type { ReportReceipt, ReportRecord, RosterRow } from './store.ts'

const score = (tenths: number | null) => (tenths === null ? '缺考' : (tenths / 10).toString())

/** Roster and training situation as one paper to sign. */
export function reportPdf(
  app: App,
  actor: Actor,
  report: ReportRecord & { organisation: string; occupation: string },
  roster: RosterRow[],
): Promise<Uint8Array> {
  const { summary } = report
  const paper: RosterPaper = {
    title: '培训情况报告和学员名单',
    number: report.number,
    facts: [
      ['培训机构', report.organisation],
      ['班级', `${report.className}(${report.classNumber})`],
      ['职业等级', `${report.occupation} ${report.level}${report.direction ? ` ${report.direction}` : ''}`],
      ['培训日期', `${report.startsOn} 至 ${report.completedOn}`],
      ['在读人数', `${summary.admitted} 人`],
      ['结业人数', `${summary.completed} 人`],
      [
        '学时',
        `计划 ${summary.plannedHours}，实开 ${summary.heldHours}（线上 ${summary.onlineHours}、线下 ${summary.offlineHours}）`,
      ],
      ['出勤率', summary.attendancePermille === null ? '无' : `${summary.attendancePermille / 10}%`],
    ],
    columns: [
      { title: '序号', width: 0.5, align: 'center' },
      { title: '姓名' },
      { title: '证件号码', width: 1.8 },
      { title: '学时', align: 'right', width: 0.7 },
      { title: '结业考核', align: 'right', width: 0.8 },
      { title: '结果', align: 'center', width: 0.8 },
      { title: '培训合格证书编号', width: 1.8 },
    ],
    rows: roster.map((row, place) => [
      String(place + 1),
      row.holderName,
      row.maskedIdNumber,
      String(hoursTotal(row.hours)),
      score(row.scoreTenths),
      row.result === 'completed' ? '结业' : '未结业',
      row.certificateNumber ?? '',
    ]),
    signatures: ['制表人', '负责人'],
    ...(report.narrative ? { note: report.narrative } : {}),
  }
  return render('roster', { papers: [paper], demo: app.config.demo, printed: printedBy(app, actor) })
}

export function hoursTotal(hours: Record<string, number>): number {
  const sum = Object.values(hours).reduce((total, value) => total + value, 0)
  return Math.round(sum * 10) / 10
}

/** The receipt or notice of correction that an office gave. */
export function receiptPdf(
  app: App,
  actor: Actor,
  report: ReportRecord & { organisation: string },
  receipt: ReportReceipt,
  issuer: string,
): Promise<Uint8Array> {
  const received = receipt.decision === 'received'
  const paper: ReceiptPaper = {
    ...(received ? {} : { title: '补正通知书' }),
    number: receipt.receiptNumber ?? report.number,
    to: report.organisation,
    body: received
      ? `你单位报送的“${report.className}”学员名单和培训情况收悉。`
      : `你单位报送的“${report.className}”学员名单和培训情况需要补正：${receipt.reason ?? ''}`,
    rows: [
      [
        ['报告编号', report.number],
        ['报送轮次', `第 ${receipt.round} 次`],
      ],
      [
        ['结业日期', report.completedOn],
        ['应报送日期', report.dueOn],
      ],
      [
        ['首次报送', report.firstSubmittedAt ? sayInstant(report.firstSubmittedAt) : ''],
        ['是否逾期', report.late ? '逾期' : '按期'],
      ],
    ],
    basis: '湖北省人力资源和社会保障厅关于实施数字技术工程师培育项目有关事项的通知第四条第三项',
    issuer: issuer || OFFICES[receipt.office],
    issuedOn: sayInstant(receipt.decidedAt).slice(0, 10),
  }
  return render('report-receipt', { papers: [paper], demo: app.config.demo, printed: printedBy(app, actor) })
}
