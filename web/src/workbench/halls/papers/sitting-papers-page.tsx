import { Button, Progress, Table } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  ActLink,
  DeskPage,
  Facts,
  Group,
  Instant,
  Loaded,
  Notice,
  StateOf,
  StateTag,
  useParam,
} from '../../../ui/desk/index.ts'
import { score, span } from '../../../ui/format.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ARRANGEMENT_WORDS, PART_WORDS } from '../words.ts'
import { ImportPaper } from './import-paper.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { PARTIAL_WORDS } from './words.ts'

type Papers = OutputOf<WorkbenchApi, 'halls.read-papers'>
type Paper = Papers['papers'][number]

export function SittingPapersPage() {
  const query = useApiQuery('halls.read-papers', { sittingId: useParam('id') })
  const { refetch } = query
  const sealing = query.data?.sealing
  const running = sealing ? sealing.finishedAt === null : false
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => void refetch(), 1500)
    return () => clearInterval(timer)
  }, [running, refetch])
  return (
    <Loaded query={query}>{(one) => <SittingPapers one={one} onChanged={() => void refetch()} />}</Loaded>
  )
}

function SittingPapers({ one, onChanged }: { one: Papers; onChanged: () => void }) {
  const [importing, setImporting] = useState(false)
  const { sitting } = one
  const { sittingId } = sitting
  const seal = useCommand('halls.seal-papers')
  const scoring = useCommand('halls.score-sitting', {
    alsoChanges: ['exams'],
    onDone: ({ parts }) => setScored(parts),
  })
  const [scored, setScored] = useState<OutputOf<WorkbenchApi, 'halls.score-sitting'>['parts']>([])
  const current = one.papers.filter((paper) => paper.replacedAt === null)
  const earlier = one.papers.filter((paper) => paper.replacedAt !== null)
  return (
    <DeskPage
      title="试卷与阅卷"
      lead={
        <>
          {sitting.title} <span className="num">{sitting.number}</span>{' '}
          <StateOf state={sitting.state} of={ARRANGEMENT_WORDS} />
        </>
      }
      back={{ to: '/halls/papers', label: '试卷与阅卷' }}
      acts={
        <>
          <ActButton act={one.actions.import} main={current.length === 0} onAct={() => setImporting(true)}>
            导入试卷
          </ActButton>
          <ActButton
            act={one.actions.seal}
            main={current.length > 0}
            busy={seal.running}
            confirm="为每名考生单独组卷、加密。已封装的将作废并重新封装；开考后不能再封装。"
            onAct={() => seal.run({ sittingId })}
          >
            封装试卷
          </ActButton>
          <ActButton
            act={one.actions.score}
            busy={scoring.running}
            confirm="按最后一次确认保存的答案计分，两次独立计算一致才上报成绩。"
            onAct={() => scoring.run({ sittingId })}
          >
            计算机阅卷
          </ActButton>
        </>
      }
    >
      <p>
        <ActLink to={`/halls/archives/${sittingId}`}>档案与回放</ActLink>
      </p>
      {scored.map((part) => (
        <Notice key={part.part}>{part.words}</Notice>
      ))}
      <Group title="场次安排">
        <Facts
          rows={one.parts.map((part) => [PART_WORDS[part.part], span(part.startsAt, part.endsAt)] as const)}
        />
      </Group>
      {one.sealing ? (
        <Group title="封装">
          <Progress
            percent={Math.floor((100 * one.sealing.sealed) / one.sealing.expected)}
            aria-label="封装进度"
          />
          <p>
            {one.sealing.sealed} / {one.sealing.expected} 份，{one.sealing.requestedByName} 于{' '}
            <Instant at={one.sealing.requestedAt} /> 发起
            {one.sealing.finishedAt ? (
              <>
                ，<Instant at={one.sealing.finishedAt} /> 完成
              </>
            ) : (
              '，正在封装'
            )}
          </p>
        </Group>
      ) : null}
      {current.length === 0 ? <Notice>还没有导入试卷。请导入后交第二人复核。</Notice> : null}
      {current.map((paper) => (
        <PaperCard key={paper.id} paper={paper} />
      ))}
      {one.keyChanges.length > 0 ? <KeyChanges one={one} /> : null}
      {earlier.length > 0 ? (
        <Group title="被替换的试卷">
          <Facts
            rows={earlier.map(
              (paper) => [PART_WORDS[paper.part], `${paper.title}，${paper.importedByName} 导入`] as const,
            )}
          />
        </Group>
      ) : null}
      {importing ? (
        <ImportPaper
          into={{ sittingId }}
          parts={one.parts.map((part) => part.part)}
          onClose={() => setImporting(false)}
          onSaved={() => {
            setImporting(false)
            onChanged()
          }}
        />
      ) : null}
    </DeskPage>
  )
}

function PaperCard({ paper }: { paper: Paper }) {
  const approve = useCommand('halls.approve-paper')
  const [keys, setKeys] = useState(false)
  return (
    <Group
      title={`${PART_WORDS[paper.part]}：${paper.title}`}
      acts={
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <ActLink to={`/halls/papers/preview/${paper.id}`}>按考生所见预览</ActLink>
          <Button onClick={() => setKeys(true)}>查看答案</Button>
          {paper.approvedAt ? null : (
            <ActButton
              act={paper.actions.approve}
              main
              busy={approve.running}
              confirm="您已核对试题和答案，同意用于本场考试。"
              onAct={() => approve.run({ paperId: paper.id })}
            >
              复核通过
            </ActButton>
          )}
        </div>
      }
    >
      <Facts
        rows={[
          [
            '复核',
            paper.approvedAt ? (
              <>
                <StateTag tone="done">已复核</StateTag> {paper.approvedByName}{' '}
                <Instant at={paper.approvedAt} />
              </>
            ) : (
              <StateTag key="waiting" tone="waiting">
                待第二人复核
              </StateTag>
            ),
          ],
          ['试题', `${paper.items} 题，满分 ${score(paper.totalTenths)} 分，作答 ${paper.minutes} 分钟`],
          paper.ofFamily && ['来源', '统考试卷，由省厅统一命题；试题答案由省厅统一更正'],
          paper.markedItems > 0 && ['人工评阅', `${paper.markedItems} 题，评阅完成前成绩不上报`],
          ['卷型', paper.forms === 1 ? '全体同一顺序' : '相邻考生题目和选项顺序不同'],
          ['多选题', PARTIAL_WORDS[paper.scoring.multiple]],
          ['考生回放', paper.shownToCandidates ? '显示试题内容' : '不显示试题内容'],
          ['导入', `${paper.importedByName}，${paper.sourceFileName}`],
          [
            '内容摘要',
            <code key="sha" style={{ overflowWrap: 'anywhere' }}>
              {paper.itemsSha256}
            </code>,
          ],
        ]}
      />
      {keys ? (
        <KeysDialog paperId={paper.id} change={paper.actions.changeKey} onClose={() => setKeys(false)} />
      ) : null}
    </Group>
  )
}

function KeyChanges({ one }: { one: Papers }) {
  const decide = useCommand('halls.decide-key-change', { alsoChanges: ['exams'] })
  return (
    <Group title="答案更正">
      {one.keyChanges.map((change) => (
        <div key={change.id}>
          <Facts
            rows={[
              ['题目', `${PART_WORDS[change.part]}${change.number === null ? '' : `第 ${change.number} 题`}`],
              change.jointChangeId !== null && ['统考', '由省厅两人更正，全部场次一并重新计分'],
              ['提出', `${change.proposedByName}：${change.void ? '本题作废。' : ''}${change.reason}`],
              change.decision !== null && [
                '复核',
                `${change.decidedByName}：${change.decision === 'approved' ? '同意，已重新计分' : '不同意'}`,
              ],
            ]}
          />
          {change.decision === null ? (
            <p>
              <ActButton
                act={change.actions.decide}
                main
                busy={decide.running}
                confirm="同意后按新答案重新计分；成绩已公布的，逐人生成成绩更正，由第二人一并或逐人办理。"
                onAct={() => decide.run({ keyChangeId: change.id, decision: 'approved' })}
              >
                同意更正
              </ActButton>{' '}
              {change.actions.decide.allowed ? (
                <ActButton
                  act={change.actions.decide}
                  busy={decide.running}
                  confirm="不同意后，答案和成绩都不变。"
                  onAct={() => decide.run({ keyChangeId: change.id, decision: 'rejected' })}
                >
                  不同意
                </ActButton>
              ) : null}
            </p>
          ) : null}
          {change.differences && change.differences.length > 0 ? (
            <Table
              size="small"
              rowKey="candidateId"
              dataSource={change.differences}
              pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
              columns={[
                { title: '准考证号', dataIndex: 'ticketNumber' },
                {
                  title: '原得分',
                  render: (_, row) => (row.fromTenths === null ? '' : score(row.fromTenths)),
                },
                { title: '新得分', render: (_, row) => (row.toTenths === null ? '' : score(row.toTenths)) },
              ]}
            />
          ) : null}
        </div>
      ))}
    </Group>
  )
}
