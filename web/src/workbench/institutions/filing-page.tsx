import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { FieldProblem } from '../../ui/api.ts'
import {
  ActButton,
  ActLink,
  ClauseTag,
  clauseLabel,
  Day,
  DecisionDialog,
  Group,
  Instant,
  Loaded,
  Money,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { FILING_STATES, OFFICE_STATES, PARTS, RETURN_REASONS, type ReturnClause } from './words.tsx'

type Query = ReturnType<typeof useApiQuery<'institutions.read-filing'>>
export type FilingRecord = NonNullable<Query['data']>

const OFFICES = { province: '省级', city: '市级' } as const

/** One filing: what is next and who has it, the plan, every round's answers, and what the reader may do. */
export function FilingPage() {
  const id = useParam('id')
  const query = useApiQuery('institutions.read-filing', { id })
  return <Loaded query={query}>{(filing) => <Filing filing={filing} />}</Loaded>
}

function Filing({ filing }: { filing: FilingRecord }) {
  return (
    <RecordPage
      back={{ to: '/institutions/filings', label: '备案' }}
      kind="备案"
      name={filing.title || '未命名计划'}
      number={filing.number}
      state={<StateOf state={filing.state} of={FILING_STATES} />}
      next={filing.next ?? undefined}
      acts={<Acts filing={filing} />}
      notice={
        <>
          <ReturnNotice filing={filing} />
          <Problems filing={filing} />
        </>
      }
      facts={factsOf(filing)}
      documents={documentsOf(filing)}
      timeline={filing.timeline}
    >
      <Verdicts filing={filing} />
      <Answers filing={filing} />
      <Rounds filing={filing} />
    </RecordPage>
  )
}

function Acts({ filing }: { filing: FilingRecord }) {
  const step = { id: filing.id, revision: filing.revision }
  const propose = useCommand('institutions.propose-filing')
  const recall = useCommand('institutions.recall-filing')
  const agree = useCommand('institutions.agree-filing')
  const submit = useCommand('institutions.submit-filing')
  const receive = useCommand('institutions.receive-filing')
  const { actions } = filing
  const sends = actions.submit?.allowed === true
  return (
    <>
      {actions.edit?.allowed ? (
        <ActLink to={`/institutions/filings/${filing.id}/edit`} main={!sends}>
          填写计划和方案
        </ActLink>
      ) : null}
      {actions.edit?.allowed ? (
        <ActButton
          act={actions.propose}
          busy={propose.running}
          confirm={`将送${filing.evaluation ?? '评价机构'}商定，商定期间不能修改内容。`}
          onAct={() => propose.run(step)}
        >
          送评价机构商定
        </ActButton>
      ) : null}
      {filing.state === 'agreed' || filing.state === 'revised' ? (
        <ActButton
          main={sends}
          act={actions.submit}
          busy={submit.running}
          confirm={`将同时报${filing.province}人力资源和社会保障厅和${filing.city}人力资源和社会保障局，提交后不能修改。`}
          onAct={() => submit.run(step)}
        >
          报省、市备案
        </ActButton>
      ) : null}
      {actions.recall?.allowed ? (
        <ActButton
          act={actions.recall}
          busy={recall.running}
          confirm="撤回后可以修改；改动考核计划和方案的，须重新商定。"
          onAct={() => recall.run(step)}
        >
          撤回商定
        </ActButton>
      ) : null}
      <ActButton
        main
        act={actions.agree}
        busy={agree.running}
        confirm="同意后，培训机构即可报省、市备案。"
        onAct={() => agree.run(step)}
      >
        同意
      </ActButton>
      <RefuseAgreement filing={filing} />
      <ActButton
        main
        act={actions.receive}
        busy={receive.running}
        confirm="受理后生成回执号；省、市均受理即完成备案。"
        onAct={() => receive.run({ id: filing.id, round: filing.round })}
      >
        受理
      </ActButton>
      <ReturnFiling filing={filing} />
      <Withdraw filing={filing} />
    </>
  )
}

function RefuseAgreement({ filing }: { filing: FilingRecord }) {
  const [open, setOpen] = useState(false)
  const back = useCommand('institutions.refuse-agreement', { inPlace: true, onDone: () => setOpen(false) })
  if (!filing.actions.refuseAgreement?.allowed) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>退回商定</Button>
      <DecisionDialog
        open={open}
        onClose={() => setOpen(false)}
        title="退回商定"
        verb="退回"
        reasons={RETURN_REASONS}
        preview={({ words, clause }) =>
          `“${filing.title}”的考核计划和方案未能商定。\n情况：${words}\n依据：${clause ? clauseLabel(clause) : ''}\n请修改后重新送商定。`
        }
        onDecide={({ words, clause }) =>
          back.run({
            id: filing.id,
            revision: filing.revision,
            reason: words,
            clause: clause as ReturnClause,
          })
        }
        problem={back.problem}
        running={back.running}
      />
    </>
  )
}

function ReturnFiling({ filing }: { filing: FilingRecord }) {
  const [open, setOpen] = useState(false)
  const back = useCommand('institutions.return-filing', { inPlace: true, onDone: () => setOpen(false) })
  if (!filing.actions.return?.allowed) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>退回补正</Button>
      <DecisionDialog
        open={open}
        onClose={() => setOpen(false)}
        title="退回补正"
        verb="退回"
        reasons={RETURN_REASONS}
        preview={({ words, clause }) =>
          `贵单位备案 ${filing.number ?? ''}“${filing.title}”（第 ${filing.round} 次报送）退回补正。\n情况：${words}\n依据：${clause ? clauseLabel(clause) : ''}\n请补正后重新提交。`
        }
        onDecide={({ words, clause }) =>
          back.run({ id: filing.id, round: filing.round, reason: words, clause: clause as ReturnClause })
        }
        problem={back.problem}
        running={back.running}
      />
    </>
  )
}

function Withdraw({ filing }: { filing: FilingRecord }) {
  const [open, setOpen] = useState(false)
  const navigate = useNavigate()
  const withdraw = useCommand('institutions.withdraw-filing', {
    inPlace: true,
    onDone: () => {
      setOpen(false)
      void navigate({ to: '/institutions/filings' })
    },
  })
  if (!filing.actions.withdraw?.allowed) return null
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        撤回备案
      </Button>
      <DecisionDialog
        open={open}
        onClose={() => setOpen(false)}
        title="撤回备案"
        verb="撤回"
        clause="HB-4.1"
        reasons={[
          { value: 'cancelled', label: '计划取消' },
          { value: 'replaced', label: '改报其他计划' },
          { value: 'other', label: '其他' },
        ]}
        preview={({ words }) =>
          `“${filing.title}”已由培训机构撤回。\n原因：${words}\n撤回后不能恢复，需要时请新建备案。`
        }
        onDecide={({ words }) => withdraw.run({ id: filing.id, revision: filing.revision, reason: words })}
        problem={withdraw.problem}
        running={withdraw.running}
      />
    </>
  )
}

/** Why it came back, above everything, while it is being corrected. */
function ReturnNotice({ filing }: { filing: FilingRecord }) {
  if (filing.state !== 'returned' && filing.state !== 'revised') return null
  const last =
    filing.returnedBy === 'evaluation'
      ? filing.agreements.find((one) => one.decision === 'returned')
      : filing.decisions.find((one) => one.decision === 'returned')
  if (!last) return null
  const who = filing.returnedBy === 'evaluation' ? '评价机构' : filing.returnedBy === 'city' ? '市级' : '省级'
  const clause = 'clause' in last ? (last.clause as string | null) : null
  return (
    <Notice tone="waiting">
      <p>
        <strong>{who}退回：</strong>
        {last.reason} {clause ? <ClauseTag id={clause} /> : null}
      </p>
      <p>
        {filing.agreementStands
          ? '评价机构已同意的内容没有改动，补正后可直接重新提交。'
          : '考核计划和方案有改动或尚未同意，补正后须先送评价机构商定。'}
      </p>
    </Notice>
  )
}

/** What still speaks against sending it, with the clause of each; gaps are named one by one. */
function Problems({ filing }: { filing: FilingRecord }) {
  if (filing.problems.length === 0) return null
  const gaps = filing.problems.flatMap((one) =>
    one.code === 'FILING_INCOMPLETE' ? (one.facts.problems as FieldProblem[]) : [],
  )
  const others = filing.problems.filter((one) => one.code !== 'FILING_INCOMPLETE')
  return (
    <Group title="送出前还须解决">
      <ul>
        {gaps.map((one) => (
          <li key={one.path}>{one.message}</li>
        ))}
        {others.map((one) => (
          <li key={one.code}>
            {one.message} {one.clause ? <ClauseTag id={one.clause} /> : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}

function Verdicts({ filing }: { filing: FilingRecord }) {
  if (filing.verdict.length === 0) return null
  return (
    <Group title="规则判定">
      {filing.verdict.map((one) => (
        <section key={one.rule} aria-label={one.ruleName}>
          <h3>{one.ruleName}</h3>
          <Verdict decision={one} clause={(id) => <ClauseTag id={id} />} />
        </section>
      ))}
    </Group>
  )
}

/** Every answer: of the evaluation institution, and of province and city by round. */
function Answers({ filing }: { filing: FilingRecord }) {
  if (filing.decisions.length + filing.agreements.length === 0) return null
  return (
    <Group title="商定与受理">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">单位</th>
            <th scope="col">结果</th>
            <th scope="col">回执号或理由</th>
            <th scope="col">办理</th>
          </tr>
        </thead>
        <tbody>
          {filing.decisions.map((one) => (
            <tr key={`${one.round} ${one.office}`}>
              <td>
                {OFFICES[one.office]}（第 {one.round} 次报送）
              </td>
              <td>
                <StateOf state={one.decision} of={OFFICE_STATES} />
              </td>
              <td>
                {one.receiptNumber ?? one.reason}{' '}
                {one.clause && one.reason ? <ClauseTag id={one.clause} /> : null}
              </td>
              <td>
                {one.decidedBy} <Instant at={one.decidedAt} />
              </td>
            </tr>
          ))}
          {filing.agreements.map((one) => (
            <tr key={one.decidedAt}>
              <td>{filing.evaluation}</td>
              <td>
                <StateOf
                  state={one.decision}
                  of={{ agreed: ['同意', 'done'], returned: ['退回商定', 'refused'] }}
                />
              </td>
              <td>{one.reason ?? <Nothing />}</td>
              <td>
                {one.decidedBy} <Instant at={one.decidedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  )
}

function Rounds({ filing }: { filing: FilingRecord }) {
  const changed = filing.versions.filter((one) => one.round > 1)
  if (changed.length === 0) return null
  return (
    <Group title="各次报送的改动">
      {changed.map((version) => (
        <section key={version.round}>
          <h3>
            第 {version.round} 次报送 <Instant at={version.submittedAt} />
          </h3>
          {version.changes.length === 0 ? (
            <p>与上一次相同。</p>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">项目</th>
                  <th scope="col">上一次</th>
                  <th scope="col">本次</th>
                </tr>
              </thead>
              <tbody>
                {version.changes.map((one) => (
                  <tr key={one.field}>
                    <td>{one.field}</td>
                    <td>{one.before}</td>
                    <td>{one.after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
    </Group>
  )
}

function documentsOf(filing: FilingRecord) {
  const answered = (['province', 'city'] as const).flatMap((office) => {
    const last = filing.decisions.find((one) => one.office === office)
    if (!last) return []
    const name = last.decision === 'received' ? '备案回执' : '补正通知书'
    return [
      {
        name: `${OFFICES[office]}${name}.pdf`,
        onOpen: () => openFile('institutions.filing-receipt', { id: filing.id, office }),
      },
    ]
  })
  return [
    ...answered,
    ...filing.attachments.map((one) => ({
      name: one.name,
      note: one.kind,
      onOpen: () => openFile('institutions.filing-file', { id: filing.id, fileId: one.fileId }),
    })),
  ]
}

type FactGroup = Parameters<typeof RecordPage>[0]['facts'][number]

function factsOf(filing: FilingRecord): FactGroup[] {
  const { plan, assessmentPlan } = filing
  const days = (from: string | null | undefined, to: string | null | undefined) =>
    from && to ? `${from} 至 ${to}` : <Nothing />
  const hours = plan.hours ?? {}
  const total =
    (hours.theoryOnline ?? 0) +
    (hours.theoryOffline ?? 0) +
    (hours.practiceOnline ?? 0) +
    (hours.practiceOffline ?? 0)
  return [
    {
      title: '基本情况',
      rows: [
        ['培训机构', `${filing.organisation}（${filing.city}）`],
        ['评价机构', filing.evaluation ?? <Nothing key="none" />],
        ['职业', filing.occupation ?? <Nothing key="none" />],
        ['等级', filing.level ?? <Nothing key="none" />],
        ['职业方向', <Direction key="direction" filing={filing} />],
        ['计划人数', filing.plannedLearners ? `${filing.plannedLearners} 人` : <Nothing key="none" />],
        ['班数', plan.classes ? `${plan.classes} 个` : <Nothing key="none" />],
        ['培训起止', days(plan.startsOn, plan.endsOn)],
        [
          '收费标准',
          filing.fee ? (
            <span key="fee">
              <Money cents={filing.fee.amountCents} />
              ，自 <Day on={filing.fee.fromOn} /> 执行
            </span>
          ) : (
            <Nothing key="none" />
          ),
        ],
        ['备案日期', <Day key="filed" on={filing.filedOn} />],
        filing.withdrawnReason ? (['撤回原因', filing.withdrawnReason] as const) : undefined,
      ],
    },
    {
      title: '学时',
      rows: [
        ['合计', `${total} 学时`],
        ['标准学时', <Standard key="standard" filing={filing} />],
        ['理论', `线上 ${hours.theoryOnline ?? 0}，线下 ${hours.theoryOffline ?? 0}`],
        ['实操', `线上 ${hours.practiceOnline ?? 0}，线下 ${hours.practiceOffline ?? 0}`],
      ],
    },
    {
      title: '培训方案',
      rows: [
        [
          '场地',
          plan.venue?.name
            ? `${plan.venue.name}（${filing.venueCity ?? ''}${plan.venue.address ?? ''}，${plan.venue.seats ?? 0} 座）`
            : '未填',
        ],
        [
          '教师',
          (plan.teachers ?? [])
            .map((one) => `${one.name ?? ''}（${one.qualification ?? ''}，${one.subject ?? ''}）`)
            .join('；') || '未填',
        ],
        ['设备条件', plan.equipment || '未填'],
        ['培训内容', plan.content || '未填'],
        ['教材', plan.textbook || '未填'],
        ['承诺', commitmentText(plan.commitments)],
      ],
    },
    {
      title: '考核计划和方案',
      rows: [
        ['考核日期', <Day key="held" on={assessmentPlan.heldOn} />],
        ['考核地点', assessmentPlan.place || '未填'],
        ...(assessmentPlan.parts ?? []).map(
          (one) => [PARTS[one.part], `${one.form ?? ''}，${one.minutes ?? 0} 分钟`] as const,
        ),
        ['考评员', assessmentPlan.examiners ? `${assessmentPlan.examiners} 人` : '未填'],
        ['说明', assessmentPlan.notes || <Nothing key="none" />],
      ],
    },
  ]
}

function Direction({ filing }: { filing: FilingRecord }) {
  const known = filing.directions
  if (!filing.direction) return known?.directions?.length === 0 ? '本等级不分方向' : <Nothing />
  if (known?.directionsComplete && known.directions?.includes(filing.direction)) return filing.direction
  return <Unverified>{filing.direction}</Unverified>
}

function Standard({ filing }: { filing: FilingRecord }) {
  const { standard } = filing
  if (!standard) return <Nothing />
  if (standard.hours === null) return <Unverified />
  return standard.verified ? (
    <>
      {standard.hours} 学时 <ClauseTag id="HB-4.3" />
    </>
  ) : (
    <Unverified>{standard.hours} 学时</Unverified>
  )
}

function commitmentText(commitments: FilingRecord['plan']['commitments']): string {
  const all = Object.values(commitments ?? {})
  return all.length === 5 && all.every(Boolean)
    ? '已承诺不转包转让、不发放“培训贷”、不虚假广告、不夸大效果、不变相许可'
    : '未全部承诺'
}
