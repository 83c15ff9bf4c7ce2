import { type ChangeEvent, type ReactNode, useId } from 'react'

export interface FieldProps {
  label: string
  /** Where the doubt arises: one line. */
  help?: ReactNode
  error?: string | undefined
  optional?: boolean
  /** Input path, so that the summary's link finds the field. */
  name: string
}

export const fieldId = (name: string) => `field-${name.replaceAll('.', '-')}`

function Label({ label, optional }: { label: string; optional: boolean | undefined }) {
  return (
    <>
      {label}
      {optional ? <span className="field-optional">（选填）</span> : null}
    </>
  )
}

/** Label above, help, error, then the control: `children` gets the attributes that tie them together. */
export function Field(
  props: FieldProps & {
    children: (control: {
      id: string
      'aria-describedby': string | undefined
      'aria-invalid': boolean
    }) => ReactNode
  },
) {
  const id = fieldId(props.name)
  const says = [props.help ? `${id}-help` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={`field ${props.error ? 'field-wrong' : ''}`}>
      <label className="field-label" htmlFor={id}>
        <Label label={props.label} optional={props.optional} />
      </label>
      <Says {...props} id={id} />
      {props.children({ id, 'aria-describedby': says || undefined, 'aria-invalid': Boolean(props.error) })}
    </div>
  )
}

function Says({ id, help, error }: { id: string; help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {help ? (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      {error ? (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </>
  )
}

type InputKind = 'text' | 'tel' | 'email' | 'password' | 'date' | 'month' | 'search'
export function TextField(
  props: FieldProps & {
    value: string
    onChange: (value: string) => void
    kind?: InputKind
    inputMode?: 'text' | 'numeric' | 'decimal' | 'tel'
    autoComplete?: string
    maxLength?: number
    lines?: number
  },
) {
  const change = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    props.onChange(event.target.value)
  const shared = {
    className: 'input',
    name: props.name,
    value: props.value,
    onChange: change,
    ...(props.maxLength ? { maxLength: props.maxLength } : {}),
    ...(props.autoComplete ? { autoComplete: props.autoComplete } : {}),
  }
  return (
    <Field {...props}>
      {(control) =>
        props.lines ? (
          <textarea {...control} {...shared} rows={props.lines} />
        ) : (
          <input {...control} {...shared} type={props.kind ?? 'text'} inputMode={props.inputMode} />
        )
      }
    </Field>
  )
}

/** A civil day, `YYYY-MM-DD`, by the phone's own calendar. */
export function DayField(props: FieldProps & { value: string; onChange: (day: string) => void }) {
  return <TextField {...props} kind="date" />
}

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
}

/** One of several, each a row big enough for a thumb. Up to about ten; beyond that use `SelectField`. */
export function ChoiceList(
  props: FieldProps & {
    choices: readonly Choice[]
    value: string | undefined
    onChange: (value: string) => void
  },
) {
  const group = useId()
  const id = fieldId(props.name)
  return (
    <fieldset
      className={`field ${props.error ? 'field-wrong' : ''}`}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <legend>
        <Label label={props.label} optional={props.optional} />
      </legend>
      <Says {...props} id={id} />
      <div className="choices">
        {props.choices.map((choice, index) => (
          <label className="choice" key={choice.value}>
            <input
              type="radio"
              name={group}
              id={index === 0 ? id : undefined}
              value={choice.value}
              checked={choice.value === props.value}
              onChange={() => props.onChange(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint ? <span className="choice-hint">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function SelectField(
  props: FieldProps & {
    choices: readonly { value: string; label: string }[]
    value: string
    onChange: (value: string) => void
    /** Words of the empty choice: 全部 in a filter, 请选择 in a form. */
    none?: string
  },
) {
  return (
    <Field {...props}>
      {(control) => (
        <select
          {...control}
          className="input"
          name={props.name}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          <option value="">{props.none ?? '请选择'}</option>
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A statement to agree to, with its own box. */
export function ConsentBox(props: {
  name: string
  checked: boolean
  onChange: (checked: boolean) => void
  error?: string
  children: ReactNode
}) {
  const id = fieldId(props.name)
  return (
    <div className={`field ${props.error ? 'field-wrong' : ''}`}>
      <Says id={id} error={props.error} />
      <label className="choice">
        <input
          type="checkbox"
          id={id}
          name={props.name}
          checked={props.checked}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        <span>{props.children}</span>
      </label>
    </div>
  )
}
