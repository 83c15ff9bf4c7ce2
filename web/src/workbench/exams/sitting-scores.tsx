import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActButton, Group, Loaded, Problem, ScoreInput } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { useApiQuery, useCommand } from '../api.ts'
import type { SittingRecord } from './sitting-page.tsx'
import { PART_WORDS } from './words.ts'

type Difference = OutputOf<WorkbenchApi, 'exams.list-differences'>['rows'][number]

/** Pairs of entries that differ: a third person settles, the two who entered see no figures and enter again. */
export function Differences({ sittingId }: { sittingId: string }) {
  const query = useApiQuery('exams.list-differences', { sittingId })
  const [settling, setSettling] = useState<Difference | null>(null)
  return (
    <Group title="录入不一致，待重录或裁定">
      <Loaded query={query}>
        {({ rows }) => (
          <ul>
            {rows.map((row) => (
              <li key={`${row.candidateId}${row.part}`}>
                <span className="num">{row.ticketNumber}</span> {row.personName} {PART_WORDS[row.part]}：
                {row.firstBy} {row.first === null ? '' : score(row.first)}，{row.secondBy}{' '}
                {row.second === null ? '' : score(row.second)}{' '}
                <ActButton act={row.settle} onAct={() => setSettling(row)}>
                  裁定
                </ActButton>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {settling ? (
        <SettleDialog sittingId={sittingId} row={settling} onClose={() => setSettling(null)} />
      ) : null}
    </Group>
  )
}

function SettleDialog(props: { sittingId: string; row: Difference; onClose: () => void }) {
  const { row } = props
  const settle = useCommand('exams.settle-score', { inPlace: true, onDone: props.onClose })
  const [tenths, setTenths] = useState<number>()
  const [reason, setReason] = useState('')
  const id = useId()
  const bad = tenths === undefined || Number.isNaN(tenths)
  return (
    <Modal
      open
      title={`裁定 ${row.personName} ${PART_WORDS[row.part]}`}
      okText="裁定"
      cancelText="取消"
      okButtonProps={{ disabled: bad || reason.trim().length < 2 }}
      confirmLoading={settle.running}
      onCancel={props.onClose}
      onOk={() =>
        void settle.run({
          sittingId: props.sittingId,
          candidateId: row.candidateId,
          part: row.part,
          scoreTenths: tenths as number,
          reason: reason.trim(),
        })
      }
    >
      <Problem problem={settle.problem} />
      <p>
        {row.firstBy} 录入 {row.first === null ? '' : score(row.first)}，{row.secondBy} 录入{' '}
        {row.second === null ? '' : score(row.second)}。裁定后原录入仍然保留。
      </p>
      <p>
        <label htmlFor={`${id}-score`}>裁定成绩</label>
      </p>
      <ScoreInput
        id={`${id}-score`}
        {...(tenths === undefined ? {} : { value: tenths })}
        onChange={setTenths}
      />
      <p style={{ marginTop: 12 }}>
        <label htmlFor={`${id}-reason`}>裁定理由</label>
      </p>
      <Input.TextArea
        id={`${id}-reason`}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}

/** Corrections of published scores: proposed by one, decided by another; the old figure stays. */
export function Corrections({ one }: { one: SittingRecord }) {
  const decide = useCommand('exams.decide-correction', { alsoChanges: ['certificates'] })
  return (
    <Group title="成绩更正">
      {batchesOf(one).map((batch) => (
        <CorrectionBatch key={batch.batchId} sittingId={one.id} batch={batch} />
      ))}
      <ul>
        {one.corrections.map((correction) => (
          <li key={correction.id}>
            <span className="num">{correction.ticketNumber}</span> {correction.personName}{' '}
            {PART_WORDS[correction.part]} {score(correction.fromTenths)} → {score(correction.toTenths)}，
            {correction.reason}（{correction.proposedByName} 提出）
            {correction.decision === 'approved' ? ' 已更正' : null}
            {correction.decision === 'rejected' ? ' 不同意' : null}
            {correction.mayDecide ? (
              <>
                {' '}
                <ActButton
                  act={correction.mayDecide}
                  busy={decide.running}
                  confirm="同意后按更正的成绩重新判定结果。"
                  onAct={() => decide.run({ correctionId: correction.id, decision: 'approved' })}
                >
                  同意更正
                </ActButton>
                {correction.mayDecide.allowed ? (
                  <Button
                    onClick={() => void decide.run({ correctionId: correction.id, decision: 'rejected' })}
                  >
                    不同意
                  </Button>
                ) : null}
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}

type Correction = SittingRecord['corrections'][number]
interface Batch {
  batchId: string
  waiting: Correction[]
  /** The first that may not be decided says why. */
  act: NonNullable<Correction['mayDecide']>
}

/** What one wrong key caused in several candidates' scores and nobody has decided yet. */
function batchesOf(one: SittingRecord): Batch[] {
  const batches = new Map<string, Batch>()
  for (const correction of one.corrections) {
    const { batchId, mayDecide } = correction
    if (!batchId || !mayDecide) continue
    const batch = batches.get(batchId) ?? { batchId, waiting: [], act: mayDecide }
    batch.waiting.push(correction)
    batches.set(batchId, mayDecide.allowed ? batch : { ...batch, act: mayDecide })
  }
  return [...batches.values()].filter((batch) => batch.waiting.length > 1)
}

function CorrectionBatch({ sittingId, batch }: { sittingId: string; batch: Batch }) {
  const decide = useCommand('exams.decide-corrections-together', { alsoChanges: ['certificates'] })
  const { batchId, waiting, act } = batch
  const count = waiting.length
  return (
    <p>
      同一题答案更正（{waiting[0]?.reason}）引起 {count} 人成绩更正。{' '}
      <ActButton
        act={act}
        main
        busy={decide.running}
        confirm={`同意后，${count} 人逐人按更正的成绩重新判定结果，每人各留一条记录。`}
        onAct={() => decide.run({ sittingId, batchId, decision: 'approved' })}
      >
        一并同意
      </ActButton>{' '}
      {act.allowed ? (
        <ActButton
          act={act}
          busy={decide.running}
          confirm={`不同意后，${count} 人的成绩都不变。`}
          onAct={() => decide.run({ sittingId, batchId, decision: 'rejected' })}
        >
          一并不同意
        </ActButton>
      ) : null}
    </p>
  )
}
