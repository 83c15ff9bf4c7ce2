import { Button, Input, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import type { ApiProblem } from '../../ui/api.ts'
import { Problem } from '../../ui/desk/index.ts'

/** An act that needs its reason written; the reason stands in the record's timeline. */
export function ReasonDialog(props: {
  title: string
  verb: string
  says: ReactNode
  grave?: boolean
  /** What is written most often, one press each: a hall of sixty waits at the door. */
  usual?: readonly string[]
  problem: ApiProblem | null
  running: boolean
  onAct: (reason: string) => unknown
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const id = useId()
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      cancelText="返回"
      okButtonProps={{ danger: Boolean(props.grave), disabled: reason.trim().length < 4 }}
      confirmLoading={props.running}
      onOk={() => void props.onAct(reason.trim())}
      onCancel={props.onClose}
    >
      <Problem problem={props.problem} />
      <p>{props.says}</p>
      <p style={{ marginTop: 12 }}>
        <label htmlFor={id}>理由</label>
      </p>
      {props.usual ? (
        <section className="usual-reasons" aria-label="常用理由">
          {props.usual.map((text) => (
            <Button key={text} size="small" onClick={() => setReason(text)}>
              {text}
            </Button>
          ))}
        </section>
      ) : null}
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={500}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
