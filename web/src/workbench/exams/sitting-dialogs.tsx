import { Button, Input, Modal, Radio, Upload } from 'antd'
import { useId, useState } from 'react'
import { Notice, Problem, ScoreInput } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { useCommand } from '../api.ts'
import type { CandidateRow, SittingRecord } from './sitting-page.tsx'
import { PART_WORDS } from './words.ts'

const PART_OPTIONS = Object.entries(PART_WORDS).map(([value, label]) => ({ value, label }))
type Part = keyof typeof PART_WORDS

function ReasonField(props: { label: string; value: string; onChange: (reason: string) => void }) {
  const id = useId()
  return (
    <>
      <p style={{ marginTop: 12 }}>
        <label htmlFor={id}>{props.label}</label>
      </p>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={1000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </>
  )
}

export function CancelDialog(props: { one: SittingRecord; open: boolean; onClose: () => void }) {
  const cancel = useCommand('exams.cancel-sitting', { inPlace: true, onDone: props.onClose })
  const [reason, setReason] = useState('')
  return (
    <Modal
      open={props.open}
      title="取消场次"
      okText="取消场次"
      cancelText="不取消"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      confirmLoading={cancel.running}
      onCancel={props.onClose}
      onOk={() => void cancel.run({ sittingId: props.one.id, reason: reason.trim() })}
    >
      <Problem problem={cancel.problem} />
      <p>{props.one.candidates} 名考生将移出本场，资格不受影响，可编入其他场次。</p>
      <ReasonField label="取消原因" value={reason} onChange={setReason} />
    </Modal>
  )
}

/** Absent or misconduct, with reason and evidence; or taking such a mark back. */
export function MarkDialog(props: { sittingId: string; row: CandidateRow; onClose: () => void }) {
  const { row } = props
  const mark = useCommand('exams.mark-candidate', { inPlace: true, onDone: props.onClose })
  const clear = useCommand('exams.clear-mark', { inPlace: true, onDone: props.onClose })
  const [part, setPart] = useState<Part>('theory')
  const [what, setWhat] = useState<'absent' | 'misconduct'>('absent')
  const [reason, setReason] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const marked = (part === 'theory' ? row.theoryMark : row.abilityMark) !== 'present'
  const of = { sittingId: props.sittingId, candidateId: row.id, part, reason: reason.trim() }
  const fixed = row.fixedMarks.find((one) => one.part === part)?.message
  const blocked = of.reason.length < 2 || fixed !== undefined
  return (
    <Modal
      open
      title={`登记缺考、违纪：${row.personName}`}
      onCancel={props.onClose}
      footer={[
        <Button key="close" onClick={props.onClose}>
          取消
        </Button>,
        marked ? (
          <Button key="clear" disabled={blocked} loading={clear.running} onClick={() => void clear.run(of)}>
            撤销登记
          </Button>
        ) : null,
        <Button
          key="mark"
          type="primary"
          danger={what === 'misconduct'}
          disabled={blocked || (what === 'misconduct' && !file)}
          loading={mark.running}
          onClick={() => void mark.run({ ...of, mark: what }, file ? { evidence: file } : undefined)}
        >
          登记
        </Button>,
      ]}
    >
      <Problem problem={mark.problem ?? clear.problem} />
      <p>
        <Radio.Group
          aria-label="科目"
          value={part}
          options={PART_OPTIONS}
          onChange={(event) => setPart(event.target.value)}
        />
      </p>
      <p>
        <Radio.Group
          aria-label="登记为"
          value={what}
          options={[
            { value: 'absent', label: '缺考' },
            { value: 'misconduct', label: '违纪' },
          ]}
          onChange={(event) => setWhat(event.target.value)}
        />
      </p>
      {fixed ? <Notice tone="waiting">{fixed}</Notice> : null}
      <ReasonField label="情况说明" value={reason} onChange={setReason} />
      <p style={{ marginTop: 12 }}>
        <Upload
          accept=".pdf,.jpg,.jpeg,.png"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
          onRemove={() => setFile(null)}
        >
          <Button>{what === 'misconduct' ? '选择证据（必须）' : '选择证据（选填）'}</Button>
        </Upload>
      </p>
    </Modal>
  )
}

export function CorrectionDialog(props: { sittingId: string; row: CandidateRow; onClose: () => void }) {
  const { row } = props
  const propose = useCommand('exams.propose-correction', { inPlace: true, onDone: props.onClose })
  const [part, setPart] = useState<Part>('theory')
  const [tenths, setTenths] = useState<number>()
  const [reason, setReason] = useState('')
  const id = useId()
  const now = part === 'theory' ? row.theoryScoreTenths : row.abilityScoreTenths
  const bad = tenths === undefined || Number.isNaN(tenths) || reason.trim().length < 2
  return (
    <Modal
      open
      title={`提出成绩更正：${row.personName}`}
      okText="提出更正"
      cancelText="取消"
      okButtonProps={{ disabled: bad }}
      confirmLoading={propose.running}
      onCancel={props.onClose}
      onOk={() =>
        void propose.run({
          sittingId: props.sittingId,
          candidateId: row.id,
          part,
          toTenths: tenths as number,
          reason: reason.trim(),
        })
      }
    >
      <Problem problem={propose.problem} />
      <p>须由本机构另一位管理员复核；原成绩保留在办理经过中。</p>
      <p>
        <Radio.Group
          aria-label="科目"
          value={part}
          options={PART_OPTIONS}
          onChange={(event) => setPart(event.target.value)}
        />
      </p>
      <p>原成绩：{now === null ? '无' : score(now)}</p>
      <p>
        <label htmlFor={`${id}-score`}>更正为</label>
      </p>
      <ScoreInput
        id={`${id}-score`}
        {...(tenths === undefined ? {} : { value: tenths })}
        onChange={setTenths}
      />
      <ReasonField label="更正理由" value={reason} onChange={setReason} />
    </Modal>
  )
}
