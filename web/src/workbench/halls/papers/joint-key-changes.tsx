import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ActButton, Facts, Group, Instant, StateOf, type StateWords } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { PART_WORDS } from '../words.ts'

type Change = OutputOf<WorkbenchApi, 'halls.read-joint-papers'>['keyChanges'][number]
type Outcome = Change['sittings'][number]

const OUTCOME_WORDS: StateWords = {
  waiting: ['正在办理', 'running'],
  changed: ['已按新答案', 'done'],
  refused: ['未办成', 'refused'],
}

/** One key for every sitting: proposed by one person of the province, decided by a second, done sitting by sitting. */
export function JointKeyChanges({ changes }: { changes: Change[] }) {
  return (
    <Group title="答案更正">
      {changes.map((change) => (
        <JointKeyChange key={change.id} change={change} />
      ))}
    </Group>
  )
}

function JointKeyChange({ change }: { change: Change }) {
  const decide = useCommand('halls.decide-joint-key-change', { alsoChanges: ['exams'] })
  const resume = useCommand('halls.resume-joint-key-change', { alsoChanges: ['exams'] })
  const item = `${PART_WORDS[change.part]}${change.number === null ? '' : `第 ${change.number} 题`}`
  const keyChangeId = change.id
  return (
    <section aria-label={`答案更正：${item}`}>
      <Facts
        rows={[
          ['题目', item],
          ['提出', `${change.proposedByName}：${change.void ? '本题作废，全体给分。' : ''}${change.reason}`],
          change.decision !== null && [
            '复核',
            <>
              {change.decidedByName}：{change.decision === 'approved' ? '同意' : '不同意'}{' '}
              <Instant at={change.decidedAt} />
            </>,
          ],
        ]}
      />
      {change.actions.decide ? (
        <p>
          <ActButton
            act={change.actions.decide}
            main
            busy={decide.running}
            confirm="同意后，取用这份试卷的全部场次一并按新答案重新计分；成绩已公布的，逐人生成成绩更正，由评价机构第二人办理。"
            onAct={() => decide.run({ keyChangeId, decision: 'approved' })}
          >
            同意更正
          </ActButton>{' '}
          {change.actions.decide.allowed ? (
            <ActButton
              act={change.actions.decide}
              busy={decide.running}
              confirm="不同意后，答案和各场次成绩都不变。"
              onAct={() => decide.run({ keyChangeId, decision: 'rejected' })}
            >
              不同意
            </ActButton>
          ) : null}
        </p>
      ) : null}
      {change.sittings.length > 0 ? (
        <Table<Outcome>
          size="small"
          rowKey="sittingId"
          dataSource={change.sittings}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            {
              title: '场次',
              width: 200,
              render: (_, row) => (
                <>
                  <Link to={`/halls/arrangements/${row.sittingId}`}>
                    {row.title} {row.number}
                  </Link>
                  <br />
                  {row.organisation}
                </>
              ),
            },
            {
              title: '办理',
              width: 125,
              render: (_, row) => <StateOf state={row.state} of={OUTCOME_WORDS} />,
            },
            { title: '结果', render: (_, row) => outcomeWords(row) },
          ]}
        />
      ) : null}
      {change.actions.resume ? (
        <p style={{ marginTop: 12 }}>
          <ActButton
            act={change.actions.resume}
            busy={resume.running}
            confirm="对未办成的场次再次按新答案重新计分，已办成的不变。"
            onAct={() => resume.run({ keyChangeId })}
          >
            再次办理未办成的场次
          </ActButton>
        </p>
      ) : null}
    </section>
  )
}

function outcomeWords(row: Outcome): string {
  if (row.refusal) return row.refusal.message
  if (row.state === 'waiting') return ''
  if (row.scored === 0) return '尚未阅卷，阅卷时按新答案计分。'
  const open = row.openTickets.length > 0 ? `；${row.openTickets.join('、')} 已有待复核的更正，请先办结` : ''
  const corrected =
    row.corrections === null ? '' : `，成绩已公布，生成 ${row.corrections} 人的成绩更正，待机构第二人办理`
  return `重新计分 ${row.scored} 份，成绩变化 ${row.changed} 人${corrected}${open}。`
}
