import { Progress } from 'antd'
import {
  ActButton,
  Day,
  DeskPage,
  Group,
  ListTable,
  Loaded,
  Nothing,
  Notice,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { OUTCOME_WORDS } from '../../ui/verdict/verdict-words.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { Counts } from './counts.tsx'
import { useReckoning } from './use-reckoning.ts'
import { OUTCOME_CHOICES, type RevisionRecord } from './words.ts'

export function AffectedPage() {
  const query = useApiQuery('rules.revision', { id: useParam('id') })
  return <Loaded query={query}>{(revision) => <Affected revision={revision} />}</Loaded>
}

function Affected({ revision }: { revision: RevisionRecord }) {
  const { query, isRunning } = useReckoning(revision.id)
  const reckon = useCommand('rules.reckon')
  const may = useMe().data?.permissions ?? []
  const reckoning = query.data?.reckoning
  return (
    <DeskPage
      title={`受影响人员：${revision.title}`}
      lead="对本省在平台上有记录的人员，按施行日分别用现行文字和新文字判定。已经作出的决定不受影响。"
      back={{ to: `/rules/revisions/${revision.id}`, label: revision.number }}
      acts={
        may.includes('rule.revise') ? (
          <ActButton
            act={revision.actions.reckon}
            busy={reckon.running || isRunning}
            onAct={() => reckon.run({ id: revision.id })}
          >
            测算
          </ActButton>
        ) : null
      }
    >
      {reckoning && !reckoning.isCurrent ? (
        <Notice tone="waiting">测算之后文字又有改动，下面是旧文字的结果。请重新测算。</Notice>
      ) : null}
      {reckoning?.state === 'failed' ? (
        <Notice tone="waiting">测算期间文字有改动，没有完成。请重新测算。</Notice>
      ) : null}
      {isRunning && reckoning ? (
        <section aria-label="测算进度">
          <p role="status">
            正在测算：{reckoning.reckoned} / {reckoning.total || '…'}
          </p>
          <Progress
            aria-label="测算进度"
            percent={reckoning.total ? Math.round((reckoning.reckoned / reckoning.total) * 100) : 0}
          />
        </section>
      ) : null}
      {reckoning?.state === 'done' ? (
        <>
          <Group title="结论的变化">
            <Counts reckoning={reckoning} />
          </Group>
          {may.includes('rule.affected') ? <People id={revision.id} /> : null}
        </>
      ) : null}
      {!reckoning ? <p className="nothing">还没有测算过。填好施行日期和文字后即可测算。</p> : null}
    </DeskPage>
  )
}

function People({ id }: { id: string }) {
  const list = useList('rules.affected', { id })
  return (
    <ListTable
      label="结论或日期改变的人员"
      list={list}
      rowKey={(row) => String(row.position)}
      searchHint="姓名"
      filters={[
        { name: 'before', label: '现行结论', choices: OUTCOME_CHOICES },
        { name: 'after', label: '新结论', choices: OUTCOME_CHOICES },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.name },
        { title: '市州', render: (row) => row.city ?? <Nothing /> },
        { title: '职业和等级', render: (row) => row.asked || <Nothing /> },
        { title: '现行结论', render: (row) => <StateOf state={row.before} of={OUTCOME_WORDS} /> },
        { title: '现行最早日期', render: (row) => <Day on={row.beforeOpensOn} /> },
        { title: '新结论', render: (row) => <StateOf state={row.after} of={OUTCOME_WORDS} /> },
        { title: '新最早日期', render: (row) => <Day on={row.afterOpensOn} /> },
      ]}
      onExport={() => saveFile('rules.export-affected', { ...list.values, id } as { id: string })}
      empty="没有人的结论或日期因此改变。"
    />
  )
}
