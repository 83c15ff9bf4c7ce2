import { Button, Input, Modal, Radio, Select, Upload } from 'antd'
import { useId, useState } from 'react'
import { ClauseTag, clauseLabel, DecisionDialog, Problem } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'
import type { DeclarationRecord } from './declaration-page.tsx'
import { OVERRIDE_REASONS, REFUSE_REASONS } from './words.ts'

interface DialogProps {
  one: DeclarationRecord
  open: boolean
  onClose: () => void
}

/** One person proposes, a second approves, the province is told. */
export function OverrideDialog({ one, open, onClose }: DialogProps) {
  const propose = useCommand('exams.propose-override', { inPlace: true, onDone: onClose })
  return (
    <DecisionDialog
      open={open}
      onClose={onClose}
      title={`提出例外认定（规则结论：${one.outcome}）`}
      verb="提出"
      reasons={OVERRIDE_REASONS}
      clause="HB-4.4"
      preview={({ words, clause }) =>
        `${one.personName}（${one.number}）按规则结论为“${one.outcome}”，拟作例外认定。\n理由：${words}\n依据：${clause ? clauseLabel(clause) : ''}\n须由本机构另一人复核，并报省人力资源和社会保障厅。`
      }
      onDecide={({ reason, words, clause }) => {
        const label = OVERRIDE_REASONS.find((each) => each.value === reason)?.label ?? ''
        return propose.run({
          declarationId: one.id,
          reason: `${label}：${words}`,
          clause: clause ?? 'HB-4.4',
        })
      }}
      problem={propose.problem}
      running={propose.running}
    />
  )
}

export function DecideOverrideDialog(props: {
  override: DeclarationRecord['overrides'][number]
  open: boolean
  onClose: () => void
}) {
  const { override } = props
  const decide = useCommand('exams.decide-override', { inPlace: true, onDone: props.onClose })
  const [decision, setDecision] = useState<'approved' | 'rejected'>('approved')
  const [reason, setReason] = useState('')
  const id = useId()
  return (
    <Modal
      open={props.open}
      title="复核例外认定"
      okText={decision === 'approved' ? '同意' : '不同意'}
      cancelText="取消"
      okButtonProps={{ disabled: reason.trim().length < 2, danger: decision === 'rejected' }}
      confirmLoading={decide.running}
      onCancel={props.onClose}
      onOk={() => void decide.run({ overrideId: override.id, decision, reason: reason.trim() })}
    >
      <Problem problem={decide.problem} />
      <p>
        {override.proposedByName} 提出：{override.reason} <ClauseTag id={override.clause} />
      </p>
      <Radio.Group
        aria-label="复核意见"
        value={decision}
        onChange={(event) => setDecision(event.target.value)}
        options={[
          { value: 'approved', label: '同意，确认资格并报省厅' },
          { value: 'rejected', label: '不同意' },
        ]}
      />
      <p style={{ marginTop: 16 }}>
        <label htmlFor={`${id}-reason`}>复核意见的理由</label>
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

/** What no rule can decide: each open term with the confirmer's judgement and reason. */
export function JudgeDialog({ one, open, onClose }: DialogProps) {
  const judge = useCommand('exams.judge-declaration', { inPlace: true, onDone: onClose })
  const { asked } = one.judgements
  const [at, setAt] = useState(0)
  const [result, setResult] = useState<'认定' | '不认定'>('认定')
  const [reason, setReason] = useState('')
  const id = useId()
  const question = asked[at] ?? asked[0]
  return (
    <Modal
      open={open}
      title="人工认定"
      okText="记录认定"
      cancelText="取消"
      okButtonProps={{ disabled: !question || reason.trim().length < 2 }}
      confirmLoading={judge.running}
      onCancel={onClose}
      onOk={() =>
        question &&
        void judge.run({
          declarationId: one.id,
          term: question.term,
          personFactId: question.personFactId,
          result,
          reason: reason.trim(),
        })
      }
    >
      <Problem problem={judge.problem} />
      <p>
        <label htmlFor={`${id}-what`}>认定事项</label>
      </p>
      <Select
        id={`${id}-what`}
        style={{ width: '100%' }}
        value={at}
        options={asked.map((each, value) => ({ value, label: each.what }))}
        onChange={(value) => setAt(value ?? 0)}
      />
      <p style={{ marginTop: 16 }}>
        <Radio.Group
          aria-label="认定结果"
          value={result}
          onChange={(event) => setResult(event.target.value)}
          options={[
            { value: '认定', label: '认定为符合' },
            { value: '不认定', label: '认定为不符合' },
          ]}
        />
      </p>
      <p>
        <label htmlFor={`${id}-reason`}>认定理由</label>
      </p>
      <Input.TextArea
        id={`${id}-reason`}
        rows={3}
        maxLength={1000}
        placeholder="如：所学主要课程与职业标准的基本要求对照"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}

/** A paper for one missing need; the verdict is made again at once. */
export function EvidenceDialog({ one, open, onClose }: DialogProps) {
  const attach = useCommand('exams.attach-evidence', { inPlace: true, onDone: onClose })
  const needs = [...one.papers.map((paper) => paper.what), '其他']
  const [need, setNeed] = useState(needs[0] ?? '其他')
  const [file, setFile] = useState<File | null>(null)
  const id = useId()
  return (
    <Modal
      open={open}
      title="补充证明材料"
      okText="上传"
      cancelText="取消"
      okButtonProps={{ disabled: !file }}
      confirmLoading={attach.running}
      onCancel={onClose}
      onOk={() => file && void attach.run({ declarationId: one.id, need }, { evidence: file })}
    >
      <Problem problem={attach.problem} />
      <p>
        <label htmlFor={`${id}-need`}>对应哪一项缺少的材料</label>
      </p>
      <Select
        id={`${id}-need`}
        style={{ width: '100%' }}
        value={need}
        options={needs.map((value) => ({ value, label: value }))}
        onChange={(value) => setNeed(value ?? '其他')}
      />
      <p style={{ marginTop: 16 }}>
        <Upload
          accept=".pdf,.jpg,.jpeg,.png"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
          onRemove={() => setFile(null)}
        >
          <Button>选择文件（PDF、JPG、PNG，不超过 10 MB）</Button>
        </Upload>
      </p>
    </Modal>
  )
}

export function RevokeDialog({ one, open, onClose }: DialogProps) {
  const revoke = useCommand('exams.revoke-confirmation', { inPlace: true, onDone: onClose })
  return (
    <DecisionDialog
      open={open}
      onClose={onClose}
      title="撤销资格确认"
      verb="撤销"
      reasons={REFUSE_REASONS}
      clause="HB-4.4"
      preview={({ words }) =>
        `${one.personName} 的考生资格确认已撤销，回到待确认；已编入尚未开始的场次的，同时移出。\n原因：${words}`
      }
      onDecide={({ words, clause }) =>
        revoke.run({ declarationId: one.id, reason: words, clause: clause ?? 'HB-4.4' })
      }
      problem={revoke.problem}
      running={revoke.running}
    />
  )
}
