import { Button, Input, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import type { ApiProblem } from '../../../ui/api.ts'
import { Problem } from '../../../ui/desk/index.ts'

/** An act with its words: chosen from what is usual, then written as it was. */
export function ActDialog(props: {
  title: string
  verb: string
  says?: ReactNode
  label?: string
  usual: readonly string[]
  least?: number
  most?: number
  grave?: boolean
  ready?: boolean
  /** What else it takes, while `ready` is false. */
  missing?: string
  children?: ReactNode
  problem: ApiProblem | null
  running: boolean
  onAct: (words: string) => unknown
  onClose: () => void
}) {
  const [words, setWords] = useState('')
  const id = useId()
  const { label = '理由', least = 2, most = 500 } = props
  const written = words.trim().length >= least
  const ready = written && props.ready !== false
  const needed = [
    ...(props.ready === false && props.missing ? [props.missing] : []),
    ...(written ? [] : [`写明${label}（至少 ${least} 个字）`]),
  ]
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      cancelText="返回"
      okButtonProps={{ danger: Boolean(props.grave), disabled: !ready }}
      confirmLoading={props.running}
      onOk={() => void props.onAct(words.trim())}
      onCancel={props.onClose}
      width={560}
    >
      <Problem problem={props.problem} />
      {props.says ? <p>{props.says}</p> : null}
      {props.children}
      <p className="act-label">
        <label htmlFor={id}>{label}</label>
      </p>
      <section className="act-usual" aria-label={`常用${label}`}>
        {props.usual.map((one) => (
          <Button key={one} size="small" onClick={() => setWords(one)}>
            {one}
          </Button>
        ))}
      </section>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={most}
        showCount
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={(event) => {
          if (!event.ctrlKey || !ready) return
          void props.onAct(words.trim())
        }}
      />
      <p className="act-needed" role="status">
        {ready ? '' : `还需要：${needed.join('；')}。`}
      </p>
    </Modal>
  )
}
