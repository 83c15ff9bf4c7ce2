import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  Day,
  DecisionDialog,
  DueText,
  Group,
  Loaded,
  Nothing,
  Notice,
  Problem,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { PeopleTable, withReason } from './people-table.tsx'
import { REPORT_WORDS } from './states.ts'

type Report = OutputOf<WorkbenchApi, 'certificates.read-report'>

const RETURN_REASONS = [
  { value: 'list', label: '名单与成绩或实名信息不符', clause: 'HB-4.4' },
  { value: 'facts', label: '考核有关情况不完整', clause: 'HB-4.4' },
  { value: 'order', label: '考核组织存在问题，需要核实', clause: 'HB-6.2' },
  { value: 'other', label: '其他', clause: 'HB-4.4' },
]

export function ReportPage() {
  const query = useApiQuery('certificates.read-report', { reportId: useParam('id') })
  return <Loaded query={query}>{(report) => <ReportRecord report={report} />}</Loaded>
}

function ReportRecord({ report }: { report: Report }) {
  const confirm = useCommand('certificates.confirm-report')
  const send = useCommand('certificates.send-to-national')
  const issue = useCommand('certificates.issue-report', { alsoChanges: ['benefits'] })
  const supplement = useCommand('certificates.supplement-report')
  const [returning, setReturning] = useState(false)
  const [submitting, setSubmitting] = useState(false)
  const [auditing, setAuditing] = useState(false)
  const reportId = report.id
  const { actions } = report
  const lastReturn = [...report.decisions].reverse().find((one) => one.reason && one.act.includes('退回'))
  const returned = report.state === 'returned' || report.state === 'national_returned'
  return (
    <RecordPage
      back={{ to: '/certificates/reports', label: '成绩报送与颁证' }}
      kind={report.supplement ? '补充报送' : '成绩报送'}
      name={report.sittingTitle}
      number={report.number}
      state={<StateOf state={report.state} of={REPORT_WORDS} />}
      clock={report.due ? <DueText {...report.due} /> : null}
      next={report.next ? { what: report.next, who: holderOf(report) } : undefined}
      acts={
        <>
          <ActButton
            act={shown(actions.submit, report, ['drafted', 'returned', 'national_returned'])}
            main
            onAct={() => setSubmitting(true)}
          >
            报送
          </ActButton>
          <ActButton
            act={shown(actions.confirm, report, ['submitted'])}
            main
            busy={confirm.running}
            confirm={`确认后成绩不能再更正，${report.items} 人可报国家审核。`}
            onAct={() => confirm.run({ reportId })}
          >
            确认
          </ActButton>
          <ActButton
            act={shown(actions.return, report, ['submitted'])}
            grave
            onAct={() => setReturning(true)}
          >
            退回
          </ActButton>
          <ActButton
            act={shown(actions.send, report, ['confirmed'])}
            main
            busy={send.running}
            confirm={`将 ${report.items} 人的证书数据报国家办公室审核，并记录校验值。`}
            onAct={() => send.run({ reportIds: [reportId] })}
          >
            报国家审核
          </ActButton>
          <ActButton act={shown(actions.audit, report, ['exported'])} main onAct={() => setAuditing(true)}>
            审核
          </ActButton>
          <ActButton
            act={shown(actions.issue, report, ['audited'])}
            main
            busy={issue.running}
            confirm={`颁发 ${report.people.filter((one) => one.state === 'approved').length} 份专业技术等级证书。证书一经颁发不能修改，只能更正或撤销。`}
            onAct={() => issue.run({ reportId })}
          >
            颁发证书
          </ActButton>
          <ActButton
            act={shown(actions.supplement, report, ['audited', 'issued'])}
            busy={supplement.running}
            confirm="把未报送或被国家退回的合格考生另列一份，重新走报送、确认、审核。"
            onAct={() => supplement.run({ reportId })}
          >
            补充报送
          </ActButton>
        </>
      }
      notice={
        <>
          {returned && lastReturn ? (
            <Notice tone="waiting">
              {lastReturn.organisationName}于 {lastReturn.actedOn} 退回：{lastReturn.reason}
            </Notice>
          ) : null}
          {report.exceptions.length > 0 ? (
            <Notice tone="waiting">
              <p>需要留意：</p>
              <ul>
                {report.exceptions.map((one) => (
                  <li key={one.text}>
                    {one.blocking ? '不能确认：' : ''}
                    {one.text}
                  </li>
                ))}
              </ul>
            </Notice>
          ) : null}
        </>
      }
      facts={[
        {
          title: '考核情况',
          rows: [
            ['评价机构', report.organisationName],
            ['职业与等级', `${report.occupationName} ${report.level}`],
            report.direction ? ['方向', report.direction] : undefined,
            ['考核场次', report.sittingNumber],
            ['考核地点', report.venue],
            ['考核结束', <Day key="ended" on={report.endedOn} />],
            [
              '人数',
              `参加 ${report.counts.candidates}，合格 ${report.counts.passed}，不合格 ${report.counts.failed}，缺考 ${report.counts.absent}，违纪 ${report.counts.misconduct}`,
            ],
            ['情况说明', report.narrative || <Nothing key="none" />],
          ],
        },
        {
          title: '期限',
          rows: [
            ['报送', <Clock key="s" due={report.submitDueOn} done={report.submittedOn} />],
            ['省级确认', <Clock key="c" due={report.confirmDueOn} done={report.confirmedOn} />],
            ['报国家', <Clock key="e" due={null} done={report.exportedOn} />],
            ['国家审核', <Clock key="a" due={null} done={report.auditedOn} />],
            ['颁发', <Clock key="i" due={report.issueDueOn} done={report.issuedOn} />],
          ],
        },
      ]}
      documents={[
        { name: '考核结果报送表.pdf', onOpen: () => openFile('certificates.report-pdf', { reportId }) },
        ...(report.state === 'issued'
          ? [
              {
                name: '本批证书.pdf',
                onOpen: () => openFile('certificates.report-certificates-pdf', { reportId }),
              },
            ]
          : []),
        ...report.exchanges.map((one) => ({
          name: `${one.number}（${one.direction === 'out' ? '报出' : '审核结果'}）`,
          note: ' 见“国家审核数据”',
        })),
      ]}
      timeline={report.timeline}
    >
      <Group title={`名单（${report.people.length} 人）`}>
        <PeopleTable people={report.people} />
      </Group>
      <Group title="办理意见">
        {report.decisions.length === 0 ? <p className="nothing">还没有办理。</p> : null}
        <ul>
          {report.decisions.map((one) => (
            <li key={`${one.round}${one.act}${one.actedOn}`}>
              {one.actedOn} {one.organisationName} {one.actedByName} {one.act}
              {one.late ? `（逾期，期限 ${one.dueOn}）` : ''}
              {one.reason ? `：${one.reason}` : ''}
            </li>
          ))}
        </ul>
      </Group>
      <ReturnDialog report={report} open={returning} onClose={() => setReturning(false)} />
      <SubmitDialog report={report} open={submitting} onClose={() => setSubmitting(false)} />
      <AuditDialog report={report} open={auditing} onClose={() => setAuditing(false)} />
    </RecordPage>
  )
}

/** An act whose turn has not come or has passed is not shown at all: the page says what is next. */
function shown<A>(act: A | undefined, report: Report, states: Report['state'][]): A | undefined {
  return states.includes(report.state) ? act : undefined
}

function holderOf(report: Report): string {
  switch (report.state) {
    case 'submitted':
    case 'confirmed':
      return '省人力资源和社会保障厅'
    case 'exported':
      return '国家办公室'
    default:
      return report.organisationName
  }
}

function Clock({ due, done }: { due: string | null; done: string | null }) {
  const late = due !== null && done !== null && done > due
  return (
    <>
      {done ? <Day on={done} /> : '尚未办理'}
      {due ? `（期限 ${due}）` : ''}
      {late ? ' 逾期' : ''}
    </>
  )
}

function ReturnDialog({ report, open, onClose }: { report: Report; open: boolean; onClose: () => void }) {
  const back = useCommand('certificates.return-report', { inPlace: true, onDone: onClose })
  return (
    <DecisionDialog
      open={open}
      onClose={onClose}
      title="退回成绩报送"
      verb="退回"
      reasons={RETURN_REASONS}
      clause="HB-4.4"
      preview={({ words }) =>
        `贵单位报送的 ${report.number}（${report.sittingTitle}）已退回。\n情况：${words}\n请核实补正后重新报送。`
      }
      onDecide={({ words }) => back.run({ reportId: report.id, reason: words })}
      problem={back.problem}
      running={back.running}
    />
  )
}

function SubmitDialog({ report, open, onClose }: { report: Report; open: boolean; onClose: () => void }) {
  const submit = useCommand('certificates.submit-report', { inPlace: true, onDone: onClose })
  const [narrative, setNarrative] = useState(report.narrative)
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const id = useId()
  const short = narrative.trim().length < 5
  const apart = withReason(reasons)
  const people = report.people.filter((one) => one.reason !== '成绩更正后未合格')
  return (
    <Modal
      open={open}
      title="报送考核结果"
      width={1000}
      okText={`报送 ${people.length - apart.length} 人`}
      cancelText="取消"
      okButtonProps={{ disabled: short }}
      confirmLoading={submit.running}
      onCancel={onClose}
      onOk={() => void submit.run({ reportId: report.id, narrative: narrative.trim(), withheld: apart })}
    >
      <Problem problem={submit.problem} />
      <p>
        <label htmlFor={`${id}-narrative`}>考核有关情况</label>
      </p>
      <Input.TextArea
        id={`${id}-narrative`}
        rows={4}
        maxLength={4000}
        showCount
        placeholder="考核组织、考场秩序、违纪和异常情况的处理等（不少于 5 个字）"
        value={narrative}
        onChange={(event) => setNarrative(event.target.value)}
      />
      <p style={{ marginTop: 16 }}>合格考生默认全部报送。暂不报送的，在该行写明原因。</p>
      <PeopleTable
        people={people}
        reasons={{
          title: '暂不报送的原因',
          hint: '不填即报送',
          values: reasons,
          onChange: (item, reason) => setReasons((now) => ({ ...now, [item]: reason })),
        }}
      />
    </Modal>
  )
}

function AuditDialog({ report, open, onClose }: { report: Report; open: boolean; onClose: () => void }) {
  const audit = useCommand('certificates.audit-report', { inPlace: true, onDone: onClose })
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const people = report.people.filter((one) => one.state === 'included')
  const returned = withReason(reasons)
  const approved = people.length - returned.length
  return (
    <Modal
      open={open}
      title="国家审核"
      width={1000}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          取消
        </Button>,
        <Button
          key="audit"
          type="primary"
          danger={approved === 0}
          loading={audit.running}
          onClick={() => void audit.run({ reportId: report.id, returned })}
        >
          {approved === 0
            ? `全部退回（${returned.length} 人）`
            : `审核通过 ${approved} 人${returned.length > 0 ? `，退回 ${returned.length} 人` : ''}`}
        </Button>,
      ]}
    >
      <Problem problem={audit.problem} />
      <p>默认全部通过。退回的，在该行写明原因，评价机构将看到此原因。</p>
      <PeopleTable
        people={people}
        reasons={{
          title: '退回原因',
          hint: '不填即通过',
          values: reasons,
          onChange: (item, reason) => setReasons((now) => ({ ...now, [item]: reason })),
        }}
      />
    </Modal>
  )
}
