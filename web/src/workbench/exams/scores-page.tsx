import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  DeskPage,
  ImportDialog,
  Loaded,
  Notice,
  Problem,
  ScoreInput,
  StateOf,
  type StateWords,
  useParam,
  WideTable,
} from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { act, saveFile, useApiQuery, useCommand } from '../api.ts'
import { PART_WORDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'exams.score-sheet'>['rows'][number]
type Part = keyof typeof PART_WORDS

const ENTRY_WORDS: StateWords = {
  open: ['待录入', 'idle'],
  'mine-entered': ['您已录，待另一人', 'running'],
  'other-entered': ['另一人已录，待您录', 'waiting'],
  agreed: ['两人一致', 'done'],
  differing: ['不一致，请重录', 'refused'],
  exempt: ['不录入', 'idle'],
}
const ENTERABLE = ['open', 'other-entered', 'differing']

/** 成绩双录: one examiner's own sheet. The other examiner's figures are never shown. */
export function ScoresPage() {
  const sittingId = useParam('id')
  const sitting = useApiQuery('exams.read-sitting', { sittingId })
  const sheet = useApiQuery('exams.score-sheet', { sittingId })
  const [importing, setImporting] = useState(false)
  return (
    <Loaded query={sitting}>
      {(one) => (
        <DeskPage
          title="录入成绩"
          back={{ to: `/exams/sittings/${sittingId}`, label: one.title }}
          lead="两位考评员分别独立录入，互相看不到对方的成绩；两人一致即为最终成绩。百分制，至多一位小数。"
          acts={
            <>
              <Button onClick={() => void saveFile('exams.score-template', { sittingId })}>下载录入表</Button>
              <Button onClick={() => setImporting(true)}>导入成绩</Button>
            </>
          }
        >
          {one.actions.enterScores?.allowed === false ? (
            <Notice tone="waiting">{one.actions.enterScores.because.message}</Notice>
          ) : null}
          <Loaded query={sheet}>
            {({ rows }) => <ScoreSheet key={one.progress.done} sittingId={sittingId} rows={rows} />}
          </Loaded>
          <ImportDialog
            open={importing}
            title="导入成绩"
            onClose={() => setImporting(false)}
            onTemplate={() => saveFile('exams.score-template', { sittingId })}
            upload={(file, keep) => act('exams.import-scores', { sittingId, keep }, { sheet: file })}
            onSaved={() => {
              setImporting(false)
              void sheet.refetch()
              void sitting.refetch()
            }}
          />
        </DeskPage>
      )}
    </Loaded>
  )
}

function ScoreSheet({ sittingId, rows }: { sittingId: string; rows: Row[] }) {
  const [typed, setTyped] = useState<Record<string, number | undefined>>({})
  const record = useCommand('exams.record-scores', { inPlace: true, onDone: () => setTyped({}) })
  const scores = rows.flatMap((row) =>
    (['theory', 'ability'] as const).flatMap((part) => {
      const scoreTenths = typed[`${row.ticketNumber} ${part}`]
      return scoreTenths === undefined ? [] : [{ ticketNumber: row.ticketNumber, part, scoreTenths }]
    }),
  )
  const unreadable = scores.some((one) => Number.isNaN(one.scoreTenths))
  const set = (row: Row, part: Part) => (value: number | undefined) =>
    setTyped((now) => ({ ...now, [`${row.ticketNumber} ${part}`]: value }))
  const cell = (part: Part) => (_: unknown, row: Row) => (
    <ScoreCell row={row} part={part} value={typed[`${row.ticketNumber} ${part}`]} onChange={set(row, part)} />
  )
  return (
    <>
      <Problem problem={record.problem} />
      <RowProblems problem={record.problem} />
      <WideTable<Row>
        size="small"
        rowKey="candidateId"
        dataSource={rows}
        sticky
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: '本场没有考生。' }}
        columns={[
          { title: '准考证号', render: (_, row) => <span className="num">{row.ticketNumber}</span> },
          { title: '姓名', dataIndex: 'personName' },
          { title: PART_WORDS.theory, render: cell('theory') },
          { title: PART_WORDS.ability, render: cell('ability') },
        ]}
      />
      <div className="form-foot">
        <Button
          type="primary"
          loading={record.running}
          disabled={scores.length === 0 || unreadable}
          onClick={() => void record.run({ sittingId, scores })}
        >
          {`提交 ${scores.length} 个成绩`}
        </Button>
        <span role="status">{unreadable ? '有成绩不是 0 至 100 的数字，请改正。' : ''}</span>
      </div>
    </>
  )
}

function ScoreCell(props: {
  row: Row
  part: Part
  value: number | undefined
  onChange: (value: number | undefined) => void
}) {
  const { row, part } = props
  const state = row[part]
  const mine = part === 'theory' ? row.theoryMine : row.abilityMine
  const mark = part === 'theory' ? row.theoryMark : row.abilityMark
  if (mark !== 'present') return <span>{mark === 'absent' ? '缺考' : '违纪'}</span>
  return (
    <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
      <label className="sr-only" htmlFor={`score-${row.ticketNumber}-${part}`}>
        {row.personName} {PART_WORDS[part]}
      </label>
      {ENTERABLE.includes(state) ? (
        <ScoreInput
          id={`score-${row.ticketNumber}-${part}`}
          {...(props.value === undefined ? {} : { value: props.value })}
          onChange={props.onChange}
        />
      ) : (
        <span className="num">{mine === null ? '' : score(mine)}</span>
      )}
      <StateOf state={state} of={ENTRY_WORDS} />
    </div>
  )
}

interface RefusedRow {
  row: number
  ticketNumber: string
  part: Part
  refusal: { message: string }
}

function RowProblems({ problem }: { problem: { kind: string; refusal?: unknown } | null }) {
  const refusal = problem?.refusal as { facts?: { rows?: RefusedRow[] } } | undefined
  const rows = refusal?.facts?.rows ?? []
  if (rows.length === 0) return null
  return (
    <ul>
      {rows.slice(0, 50).map((row) => (
        <li key={`${row.ticketNumber}${row.part}`}>
          {row.ticketNumber} {PART_WORDS[row.part]}：{row.refusal.message}
        </li>
      ))}
    </ul>
  )
}
