import { Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import type { ApiProblem } from '../api.ts'
import { ClauseTag } from './clause-tag.tsx'
import { Problem } from './problem.tsx'

export interface Reason {
  value: string
  label: string
  clause?: string
}
export interface Decision {
  /** Value of the chosen reason. */
  reason: string
  /** What was written, in the decider's words. */
  words: string
  clause: string | null
}

const WORDS_MIN = 5

/**
 * A return, refusal or revocation: a reason chosen and written, its clause attached, and what the other side will
 * read, shown before it is sent.
 */
export function DecisionDialog(props: {
  open: boolean
  title: string
  /** 退回， 不予确认， 撤销 */
  verb: string
  reasons: readonly Reason[]
  /** Clause of the decision where the reason names none. */
  clause?: string
  /** The letter the other side gets. */
  preview: (decision: Decision) => string
  onDecide: (decision: Decision) => Promise<unknown>
  onClose: () => void
  problem?: ApiProblem | null
  running?: boolean
}) {
  const [reason, setReason] = useState<string>()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const id = useId()
  const chosen = props.reasons.find((one) => one.value === reason)
  const clause = chosen?.clause ?? props.clause ?? null
  const decision = { reason: reason ?? '', words: words.trim(), clause }
  const missing = [
    chosen ? '' : '请选择理由。',
    decision.words.length < WORDS_MIN ? `请写明具体情况（不少于 ${WORDS_MIN} 个字），对方要据此改正。` : '',
  ].filter(Boolean)
  return (
    <Modal
      open={props.open}
      title={props.title}
      okText={props.verb}
      cancelText="取消"
      okButtonProps={{ danger: true }}
      confirmLoading={Boolean(props.running)}
      onCancel={props.onClose}
      onOk={() => {
        setTried(true)
        if (missing.length === 0) void props.onDecide(decision)
      }}
      width={600}
    >
      {tried && missing.length > 0 ? (
        <div className="problem" role="alert">
          {missing.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      ) : null}
      <Problem problem={props.problem ?? null} />
      <p>
        <label htmlFor={`${id}-reason`}>{props.verb}理由</label> {clause ? <ClauseTag id={clause} /> : null}
      </p>
      <Select
        id={`${id}-reason`}
        style={{ width: '100%' }}
        placeholder="请选择"
        value={reason ?? null}
        options={props.reasons.map(({ value, label }) => ({ value, label }))}
        onChange={(value) => setReason(value ?? undefined)}
      />
      <p style={{ marginTop: 16 }}>
        <label htmlFor={`${id}-words`}>具体情况</label>
      </p>
      <Input.TextArea
        id={`${id}-words`}
        rows={4}
        maxLength={1000}
        showCount
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <section className="letter" aria-label="对方将看到">
        <p className="letter-label">对方将看到</p>
        {chosen && decision.words
          ? props.preview(decision)
          : '选择理由并写明情况后，这里显示对方将收到的内容。'}
      </section>
    </Modal>
  )
}
