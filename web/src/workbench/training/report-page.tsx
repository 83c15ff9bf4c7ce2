import { Button, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  clauseLabel,
  Day,
  DecisionDialog,
  DueText,
  Group,
  Instant,
  Loaded,
  Masked,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  StateTag,
  useParam,
  WideTable,
} from '../../ui/desk/index.ts'
import { score, share } from '../../ui/format.ts'
import { openFile, saveFile, useApiQuery, useCommand } from '../api.ts'
import { REPORT_WORDS, subject } from './words.ts'

type Report = OutputOf<WorkbenchApi, 'training.read-report'>
type Learner = Report['roster'][number]

const OFFICES = { province: '省人力资源和社会保障厅', city: '市州人力资源和社会保障局' } as const
const RETURN_REASONS = [
  { value: 'roster', label: '学员名单不完整或与实名信息不符', clause: 'HB-4.3' },
  { value: 'hours', label: '学时或考勤情况需要说明', clause: 'HB-4.3' },
  { value: 'facts', label: '培训情况说明不完整', clause: 'HB-4.3' },
  { value: 'other', label: '其他', clause: 'HB-4.3' },
]

export function ReportPage() {
  const query = useApiQuery('training.read-report', { reportId: useParam('id') })
  return <Loaded query={query}>{(report) => <ReportView report={report} />}</Loaded>
}

function ReportView({ report }: { report: Report }) {
  const decide = useCommand('training.decide-report')
  const giveBack = useCommand('training.decide-report', { inPlace: true, onDone: () => setReturning(false) })
  const [returning, setReturning] = useState(false)
  const reportId = report.id
  const sendable = report.state === 'drafted' || report.state === 'returned'
  const lastReturn = report.receipts.find((one) => one.decision === 'returned' && one.round === report.round)
  const decidable = report.state === 'submitted' ? report.actions.decide : undefined
  return (
    <RecordPage
      back={{ to: '/training/reports', label: '培训报告' }}
      kind="培训报告"
      name={report.className}
      number={report.number}
      state={
        <>
          <StateOf state={report.state} of={REPORT_WORDS} />{' '}
          {report.overdue ? <StateTag tone="refused">逾期</StateTag> : null}
        </>
      }
      clock={sendable ? <DueText on={report.dueOn} left={report.daysLeft} /> : null}
      next={nextOf(report)}
      acts={
        decidable ? (
          <>
            <ActButton
              act={decidable}
              main
              busy={decide.running}
              confirm="接收后出具回执；省、市均接收后，本班报送办结。"
              onAct={() => decide.run({ reportId, decision: 'received' })}
            >
              接收
            </ActButton>
            {decidable.allowed ? (
              <ActButton act={decidable} grave onAct={() => setReturning(true)}>
                退回补正
              </ActButton>
            ) : null}
          </>
        ) : undefined
      }
      notice={
        report.state === 'returned' && lastReturn ? (
          <Notice tone="waiting">
            {OFFICES[lastReturn.office]}退回：{lastReturn.reason}。请补正后重新报送，期限不变。
          </Notice>
        ) : null
      }
      facts={factsOf(report)}
      {...(report.round > 0 ? { documents: documentsOf(report) } : {})}
      timeline={report.timeline}
    >
      {report.actions.submit && sendable ? <SubmitPart report={report} /> : <Narrative report={report} />}
      <Receipts report={report} />
      <Roster report={report} />
      <DecisionDialog
        open={returning}
        onClose={() => setReturning(false)}
        title="退回补正"
        verb="退回"
        reasons={RETURN_REASONS}
        preview={({ words, clause }) =>
          `贵单位培训报告 ${report.number}（${report.className}）已退回。\n情况：${words}\n依据：${clause ? clauseLabel(clause) : ''}\n请补正后重新报送，报送期限 ${report.dueOn} 不变。`
        }
        onDecide={({ words }) => giveBack.run({ reportId, decision: 'returned', reason: words })}
        problem={giveBack.problem}
        running={giveBack.running}
      />
    </RecordPage>
  )
}

function documentsOf(report: Report) {
  const reportId = report.id
  return [
    { name: '培训情况报告和学员名单.pdf', onOpen: () => openFile('training.report-pdf', { reportId }) },
    { name: '学员名单.xlsx', onOpen: () => saveFile('training.report-roster', { reportId }) },
    ...report.receipts.map((one) => ({
      name: `第 ${one.round} 次报送 ${OFFICES[one.office]}${one.decision === 'received' ? '回执' : '补正通知'}.pdf`,
      onOpen: () => openFile('training.report-receipt', { reportId, round: one.round, office: one.office }),
    })),
  ]
}

function nextOf(report: Report): { what: string; who: string } | undefined {
  if (report.state === 'drafted') return { what: '填写培训情况并报送', who: report.organisation }
  if (report.state === 'returned') return { what: '补正后重新报送', who: report.organisation }
  if (report.state !== 'submitted') return undefined
  const decided = report.receipts.filter((one) => one.round === report.round).map((one) => one.office)
  const waiting = (['province', 'city'] as const).filter((office) => !decided.includes(office))
  return { what: '接收或退回', who: waiting.map((office) => OFFICES[office]).join('、') }
}

function factsOf(report: Report) {
  const { summary } = report
  return [
    {
      title: '基本情况',
      rows: [
        ['培训机构', report.organisation],
        ['班级', `${report.className}（${report.classNumber}）`],
        ['职业等级', subject(report)],
        ['培训日期', `${report.startsOn} 至 ${report.completedOn}`],
        ['报送期限', <Day key="due" on={report.dueOn} />],
        ['首次报送', <Instant key="first" at={report.firstSubmittedAt} />],
      ] as const,
    },
    {
      title: '培训情况',
      rows: [
        ['在读', `${summary.admitted} 人`],
        ['结业', `${summary.completed} 人，未结业 ${summary.failed} 人`],
        ['课程', `${summary.lessons} 节，教师 ${summary.teachers} 名`],
        [
          '学时',
          `计划 ${summary.plannedHours}，实开 ${summary.heldHours}（线上 ${summary.onlineHours}、线下 ${summary.offlineHours}）`,
        ],
        [
          '出勤率',
          summary.attendancePermille === null ? (
            <Nothing key="none" />
          ) : (
            share(summary.attendancePermille, 1000)
          ),
        ],
        [
          '结业考核',
          `合格 ${summary.assessmentPassed} 人${summary.assessmentAverageTenths === null ? '' : `，平均 ${score(summary.assessmentAverageTenths)} 分`}`,
        ],
      ] as const,
    },
  ]
}

/** The institution's own words, kept on the server as they are saved, and the submission. */
function SubmitPart({ report }: { report: Report }) {
  const [narrative, setNarrative] = useState(report.narrative)
  const save = useCommand('training.save-narrative')
  const submit = useCommand('training.submit-report')
  const reportId = report.id
  return (
    <Group title="培训情况说明">
      <label htmlFor="narrative">组织实施、教学安排、学员反馈和需要说明的情况</label>
      <Input.TextArea
        id="narrative"
        rows={6}
        maxLength={5000}
        showCount
        value={narrative}
        onChange={(event) => setNarrative(event.target.value)}
        onBlur={() => {
          if (narrative !== report.narrative) void save.run({ reportId, narrative })
        }}
      />
      <p style={{ marginTop: 12 }}>
        <ActButton
          act={report.actions.submit}
          main
          busy={submit.running}
          confirm={`将学员名单和培训情况同时报省、市人力资源和社会保障部门，报送后不能修改。${report.overdue ? '本次为逾期报送，将标明逾期。' : ''}`}
          onAct={() => submit.run({ reportId, narrative })}
        >
          报送
        </ActButton>{' '}
        <Button loading={save.running} onClick={() => void save.run({ reportId, narrative })}>
          保存
        </Button>
      </p>
    </Group>
  )
}

function Narrative({ report }: { report: Report }) {
  return (
    <Group title="培训情况说明">
      {report.narrative ? (
        <p style={{ whiteSpace: 'pre-wrap' }}>{report.narrative}</p>
      ) : (
        <p className="nothing">没有填写。</p>
      )}
    </Group>
  )
}

function Receipts({ report }: { report: Report }) {
  if (report.receipts.length === 0) return null
  return (
    <Group title="省、市处理情况">
      <ul>
        {report.receipts.map((one) => (
          <li key={`${one.round} ${one.office}`}>
            第 {one.round} 次：{OFFICES[one.office]} {one.decidedByName} <Instant at={one.decidedAt} />{' '}
            {one.decision === 'received' ? `接收，回执 ${one.receiptNumber}` : `退回：${one.reason}`}
          </li>
        ))}
      </ul>
    </Group>
  )
}

function Roster({ report }: { report: Report }) {
  return (
    <Group
      title={
        report.round > 0 ? `学员名单（第 ${report.round} 次报送，${report.roster.length} 人）` : '学员名单'
      }
    >
      <WideTable<Learner>
        rowKey={(row) => row.enrolmentId}
        dataSource={report.roster}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: '报送时按结业判定生成名单。' }}
        columns={[
          { title: '姓名', render: (_, row) => row.holderName },
          { title: '证件号码', render: (_, row) => <Masked number={row.maskedIdNumber} /> },
          { title: '学时', align: 'right', render: (_, row) => totalOf(row.hours) },
          {
            title: '结业考核',
            align: 'right',
            render: (_, row) => (row.scoreTenths === null ? '缺考' : score(row.scoreTenths)),
          },
          {
            title: '结果',
            render: (_, row) =>
              row.result === 'completed' ? (
                <StateTag tone="done">结业</StateTag>
              ) : (
                <StateTag tone="refused">未结业</StateTag>
              ),
          },
          {
            title: '培训合格证书',
            render: (_, row) =>
              row.certificateNumber ? <span className="num">{row.certificateNumber}</span> : <Nothing />,
          },
        ]}
      />
    </Group>
  )
}

function totalOf(hours: Record<string, number>): number {
  return Math.round(Object.values(hours).reduce((sum, value) => sum + value, 0) * 10) / 10
}
