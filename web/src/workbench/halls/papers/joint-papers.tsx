import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  ActLink,
  Facts,
  Group,
  Instant,
  Loaded,
  Notice,
  StateOf,
  StateTag,
  WideTable,
} from '../../../ui/desk/index.ts'
import { score } from '../../../ui/format.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ARRANGEMENT_WORDS, PART_WORDS } from '../words.ts'
import { ImportPaper } from './import-paper.tsx'
import { JointKeyChanges } from './joint-key-changes.tsx'
import { KeysDialog } from './keys-dialog.tsx'

type Joint = OutputOf<WorkbenchApi, 'halls.read-joint-papers'>
type Paper = Joint['papers'][number]
type Member = Joint['sittings'][number]

/** 统一命题: one paper for every sitting; the province brings and approves it, the sittings take it when they seal. */
export function JointPapers({ familyId }: { familyId: string }) {
  const query = useApiQuery('halls.read-joint-papers', { familyId })
  const [importing, setImporting] = useState(false)
  const { refetch } = query
  const running = query.data?.keyChanges.some((change) =>
    change.sittings.some((sitting) => sitting.state === 'waiting'),
  )
  useEffect(() => {
    if (!running) return undefined
    const timer = setInterval(() => void refetch(), 1500)
    return () => clearInterval(timer)
  }, [running, refetch])
  return (
    <Loaded query={query}>
      {(one) => (
        <>
          <Group
            title="统一命题"
            acts={
              <ActButton act={one.actions.import ?? undefined} onAct={() => setImporting(true)}>
                导入统考试卷
              </ActButton>
            }
          >
            {one.papers.length === 0 ? (
              <Notice>还没有导入统考试卷。各场次封装时自动取用，不能另行导入。</Notice>
            ) : null}
            {one.papers.map((paper) => (
              <JointPaper key={paper.id} paper={paper} province={one.actions.import !== null} />
            ))}
            <WideTable<Member>
              size="small"
              rowKey="sittingId"
              dataSource={one.sittings}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              scroll={{ x: 900 }}
              locale={{ emptyText: '还没有场次加入。' }}
              columns={[
                {
                  title: '场次',
                  render: (_, row) => (
                    <Link to={`/halls/arrangements/${row.sittingId}`}>
                      {row.title} {row.number}
                    </Link>
                  ),
                },
                { title: '评价机构', dataIndex: 'organisation', width: 200 },
                { title: '市州', dataIndex: 'cityName', width: 90 },
                {
                  title: '状态',
                  width: 100,
                  render: (_, row) => <StateOf state={row.state} of={ARRANGEMENT_WORDS} />,
                },
                {
                  title: '已取用',
                  width: 180,
                  render: (_, row) => row.taken.map((part) => PART_WORDS[part]).join('、') || '未取用',
                },
                {
                  title: '封装',
                  width: 110,
                  render: (_, row) => (row.expected === null ? '未封装' : `${row.sealed} / ${row.expected}`),
                },
              ]}
            />
          </Group>
          {one.keyChanges.length > 0 ? <JointKeyChanges changes={one.keyChanges} /> : null}
          {importing ? (
            <ImportPaper
              into={{ familyId }}
              parts={Object.keys(PART_WORDS)}
              onClose={() => setImporting(false)}
              onSaved={() => {
                setImporting(false)
                void query.refetch()
              }}
            />
          ) : null}
        </>
      )}
    </Loaded>
  )
}

function JointPaper({ paper, province }: { paper: Paper; province: boolean }) {
  const approve = useCommand('halls.approve-joint-paper')
  const [keys, setKeys] = useState(false)
  return (
    <section aria-label={paper.title}>
      <Facts
        rows={[
          [PART_WORDS[paper.part], paper.title],
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
          ['导入', `${paper.importedByName}，${paper.sourceFileName}`],
          [
            '内容摘要',
            <code key="sha" style={{ overflowWrap: 'anywhere' }}>
              {paper.itemsSha256}
            </code>,
          ],
        ]}
      />
      {province ? (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>
          <ActLink to={`/halls/papers/joint-preview/${paper.id}`}>按考生所见预览</ActLink>
          <Button onClick={() => setKeys(true)}>查看答案</Button>
          {paper.approvedAt ? null : (
            <ActButton
              act={paper.actions.approve ?? undefined}
              main
              busy={approve.running}
              confirm="您已核对试题和答案，同意用于本次统考的全部场次。"
              onAct={() => approve.run({ paperId: paper.id })}
            >
              复核通过
            </ActButton>
          )}
        </div>
      ) : null}
      {keys ? (
        <KeysDialog
          paperId={paper.id}
          change={paper.actions.changeKey}
          joint
          onClose={() => setKeys(false)}
        />
      ) : null}
    </section>
  )
}
