import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { type ReactNode, useId } from 'react'
import type { Refusal } from '../api.ts'
import { ClauseTag } from './clause-tag.tsx'

export type Allowed = { allowed: true } | { allowed: false; because: Refusal }

/**
 * An act as the server offers it on the record: `<ActButton act={filing.actions.submit} onAct={…}>提交备案</ActButton>`.
 * Not allowed: greyed, with the reason in words beside it. `confirm` asks first, saying what will happen.
 */
export function ActButton(props: {
  act: Allowed | undefined
  children: string
  onAct: () => unknown
  main?: boolean
  grave?: boolean
  busy?: boolean
  confirm?: ReactNode
}) {
  const reason = useId()
  const { modal } = App.useApp()
  const { act } = props
  if (!act) return null
  const press = () => {
    if (!props.confirm) return void props.onAct()
    modal.confirm({
      title: `${props.children}？`,
      content: props.confirm,
      okText: props.children,
      cancelText: '取消',
      okButtonProps: { danger: Boolean(props.grave) },
      onOk: async () => {
        await props.onAct()
      },
    })
  }
  return (
    <span className="act">
      <Button
        type={props.main ? 'primary' : 'default'}
        danger={Boolean(props.grave)}
        loading={Boolean(props.busy)}
        disabled={!act.allowed}
        aria-describedby={act.allowed ? undefined : reason}
        onClick={press}
      >
        {props.children}
      </Button>
      {act.allowed ? null : (
        <span className="act-reason" id={reason}>
          {act.because.message} {act.because.clause ? <ClauseTag id={act.because.clause} /> : null}
        </span>
      )}
    </span>
  )
}

/** A link that looks like a button: 新建备案. */
export function ActLink({ to, children, main }: { to: string; children: ReactNode; main?: boolean }) {
  return (
    <Link to={to} className={main ? 'act-link act-link-main' : 'act-link'}>
      {children}
    </Link>
  )
}
