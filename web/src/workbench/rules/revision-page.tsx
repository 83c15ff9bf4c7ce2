import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import {
  ActButton,
  ActLink,
  ClauseTag,
  Day,
  DecisionDialog,
  Group,
  Instant,
  Loaded,
  Notice,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { Counts } from './counts.tsx'
import { Findings } from './findings.tsx'
import { useReckoning } from './use-reckoning.ts'
import { BeforeAfter } from './wording.tsx'
import { REVISION_STATES, type RevisionRecord } from './words.ts'

export function RevisionPage() {
  const query = useApiQuery('rules.revision', { id: useParam('id') })
  return <Loaded query={query}>{(revision) => <Revision revision={revision} />}</Loaded>
}

const NEXT: Partial<Record<RevisionRecord['state'], { what: string; who: string }>> = {
  drafted: { what: '完成起草，测算受影响人员，提交确认', who: '起草人' },
  returned: { what: '按退回意见修改后再提交', who: '起草人' },
  proposed: { what: '核对文字和受影响人员，确认或退回', who: '同厅另一位经办人' },
  confirmed: { what: '等待施行日期', who: '自动施行' },
}

function Revision({ revision }: { revision: RevisionRecord }) {
  const { isRunning } = useReckoning(revision.id)
  const next = NEXT[revision.state]
  return (
    <RecordPage
      back={{ to: '/rules/revisions', label: '规则修订' }}
      kind={revision.kindName}
      name={revision.title}
      number={revision.number}
      state={<StateOf state={revision.state} of={REVISION_STATES} />}
      {...(next ? { next } : {})}
      acts={<Acts revision={revision} />}
      notice={
        <>
          {revision.decisionReason ? (
            <Notice tone="waiting">
              {revision.decidedBy}：{revision.decisionReason}
            </Notice>
          ) : null}
          <Findings report={revision.report} />
        </>
      }
      facts={[
        {
          title: '修订',
          rows: [
            ['施行日期', <Day key="from" on={revision.fromOn} />],
            ['依据', <ClauseTag key="clause" id={revision.clause} />],
            ['理由', revision.reason || '尚未填写'],
            ['辖区', revision.place],
            ['起草', revision.draftedBy],
            revision.proposedBy !== null && [
              '提交',
              <span key="proposed">
                {revision.proposedBy} <Instant at={revision.proposedAt} />
              </span>,
            ],
            revision.decidedBy !== null && [
              '处理',
              <span key="decided">
                {revision.decidedBy} <Instant at={revision.decidedAt} />
              </span>,
            ],
          ],
        },
      ]}
      timeline={revision.timeline}
    >
      <BeforeAfter before={revision.before} after={revision.after} />
      <Group title="必须成立的例子">
        {revision.content.examples.length === 0 ? <p className="nothing">没有。</p> : null}
        <ul>
          {revision.content.examples.map((one) => {
            const failing = revision.report.failing.find((each) => each.name === one.name)
            return (
              <li key={one.name}>
                {one.name}：应为{one.expected}
                {failing ? `，现为${failing.found}` : ''}
              </li>
            )
          })}
        </ul>
      </Group>
      <Group title="受影响人员">
        {isRunning ? <p role="status">正在测算…</p> : null}
        {revision.reckoning?.state === 'done' ? <Counts reckoning={revision.reckoning} /> : null}
        {revision.reckoning && !revision.reckoning.isCurrent ? (
          <p className="nothing">这是旧文字的结果，文字改动后须重新测算。</p>
        ) : null}
        {revision.reckoning?.state === 'failed' ? (
          <p className="nothing">测算期间文字有改动，没有完成。请重新测算。</p>
        ) : null}
        {revision.reckoning ? null : <p className="nothing">还没有测算过。</p>}
        <p>
          <Link to={`/rules/revisions/${revision.id}/affected` as string}>查看受影响人员</Link>
        </p>
      </Group>
      <details>
        <summary>规则文件（只读）</summary>
        <pre className="rule-yaml">{revision.text}</pre>
        <p className="nothing">
          摘要 <span className="num">{revision.textSha}</span>
        </p>
      </details>
    </RecordPage>
  )
}

function Acts({ revision }: { revision: RevisionRecord }) {
  const me = useMe()
  const { id, actions } = revision
  const reckon = useCommand('rules.reckon')
  const propose = useCommand('rules.propose-revision')
  const confirm = useCommand('rules.confirm-revision')
  if (!me.data?.permissions?.includes('rule.revise')) return null
  const isWriting = actions.save.allowed
  const isWaiting = revision.state === 'proposed'
  const changed = revision.reckoning?.state === 'done' ? revision.reckoning.changed : 0
  return (
    <>
      {isWriting ? (
        <>
          <ActLink to={`/rules/revisions/${id}/edit`}>编辑</ActLink>
          <ActButton act={actions.reckon} busy={reckon.running} onAct={() => reckon.run({ id })}>
            测算受影响人员
          </ActButton>
          <ActButton
            main
            act={actions.propose}
            busy={propose.running}
            confirm="提交后由同厅另一位经办人核对；确认之前可以撤回。"
            onAct={() => propose.run({ id })}
          >
            提交确认
          </ActButton>
        </>
      ) : null}
      {isWaiting ? (
        <>
          <ActButton
            main
            act={actions.confirm}
            busy={confirm.running}
            confirm={`自 ${revision.fromOn} 起施行，结论改变 ${changed} 人次。确认后不能更改，只能再作新的修订。`}
            onAct={() => confirm.run({ id })}
          >
            确认
          </ActButton>
          <Back id={id} verb="退回" act={actions.return} clause={revision.clause} />
        </>
      ) : null}
      {isWriting || isWaiting ? (
        <Back id={id} verb="撤回" act={actions.withdraw} clause={revision.clause} />
      ) : null}
    </>
  )
}

const REASONS = {
  退回: [
    { value: 'basis', label: '依据条款不符或不足' },
    { value: 'text', label: '文字与文件不一致' },
    { value: 'affected', label: '影响人员须先作安排' },
    { value: 'day', label: '施行日期不当' },
  ],
  撤回: [
    { value: 'document', label: '文件尚未印发' },
    { value: 'mistake', label: '起草有误' },
    { value: 'other', label: '其他' },
  ],
} as const

function Back(props: {
  id: string
  verb: '退回' | '撤回'
  act: RevisionRecord['actions']['return']
  clause: string
}) {
  const { id, verb, act } = props
  const [open, setOpen] = useState(false)
  const close = { inPlace: true, onDone: () => setOpen(false) }
  const sendBack = useCommand('rules.return-revision', close)
  const withdraw = useCommand('rules.withdraw-revision', close)
  const command = verb === '退回' ? sendBack : withdraw
  return (
    <>
      {act.allowed ? (
        <Button onClick={() => setOpen(true)}>{verb}</Button>
      ) : (
        <ActButton act={act} onAct={() => {}}>
          {verb}
        </ActButton>
      )}
      <DecisionDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`${verb}规则修订`}
        verb={verb}
        clause={props.clause}
        reasons={[...REASONS[verb]]}
        preview={({ reason, words }) =>
          `规则修订已${verb}。\n理由：${REASONS[verb].find((one) => one.value === reason)?.label ?? ''}。${words}`
        }
        onDecide={({ reason, words }) =>
          command.run({
            id,
            reason: `${REASONS[verb].find((one) => one.value === reason)?.label ?? ''}。${words}`,
          })
        }
        problem={command.problem}
        running={command.running}
      />
    </>
  )
}
