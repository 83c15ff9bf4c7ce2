import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'

type Weight = 'main' | 'quiet' | 'grave'
const weightClass = (weight: Weight) => `button ${weight === 'quiet' ? '' : `button-${weight}`}`

/**
 * A button. While `because` is given it cannot be pressed and says why below; it keeps the focus, so that the
 * reason is heard. `busy` holds a second press back.
 */
export function Button(props: {
  children: ReactNode
  onPress?: () => void
  weight?: Weight
  submit?: boolean
  busy?: boolean
  because?: ReactNode
}) {
  const reason = useId()
  const blocked = Boolean(props.because) || Boolean(props.busy)
  const button = (
    <button
      type={props.submit ? 'submit' : 'button'}
      className={weightClass(props.weight ?? 'quiet')}
      aria-disabled={blocked || undefined}
      aria-describedby={props.because ? reason : undefined}
      onClick={(event) => {
        if (blocked) event.preventDefault()
        else props.onPress?.()
      }}
    >
      {props.busy ? '正在提交…' : props.children}
    </button>
  )
  if (!props.because) return button
  return (
    <div>
      {button}
      <p className="reason" id={reason}>
        {props.because}
      </p>
    </div>
  )
}

/** An act the server offers or withholds: `<ActButton act={enrolment.actions.withdraw} onPress={…}>退出报名</ActButton>`. */
export function ActButton(props: {
  act: { allowed: true } | { allowed: false; because: { message: string } }
  children: ReactNode
  onPress: () => void
  weight?: Weight
  busy?: boolean
}) {
  const { act, ...button } = props
  return <Button {...button} {...(act.allowed ? {} : { because: act.because.message })} />
}

export function ButtonLink(props: { to: string; children: ReactNode; weight?: Weight }) {
  return (
    <Link className={weightClass(props.weight ?? 'quiet')} to={props.to}>
      {props.children}
    </Link>
  )
}

/** Looks like a link, acts like a button: for small things beside the main act. */
export function PlainButton({ children, onPress }: { children: ReactNode; onPress: () => void }) {
  return (
    <button type="button" className="button-plain" onClick={onPress}>
      {children}
    </button>
  )
}

export function PrintButton({ children = '打印' }: { children?: ReactNode }) {
  return <Button onPress={() => window.print()}>{children}</Button>
}

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="button-row no-print">{children}</div>
}
