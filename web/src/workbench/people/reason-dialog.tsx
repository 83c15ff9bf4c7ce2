import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { ApiProblem } from '../../ui/api.ts'
import { Problem } from '../../ui/desk/index.ts'

/** An act on an account asks why; the reason stands in the log. */
export function ReasonDialog(props: {
  title: string
  says: string
  verb: string
  running: boolean
  problem: ApiProblem | null
  onAct: (reason: string) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const id = useId()
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      cancelText="取消"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      confirmLoading={props.running}
      onOk={() => props.onAct(reason.trim())}
      onCancel={props.onClose}
    >
      <Problem problem={props.problem} />
      <p>{props.says}</p>
      <p>
        <label htmlFor={id}>原因（记入操作日志）</label>
      </p>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
