import { Button, DatePicker, Form, Input } from 'antd'
import dayjs from 'dayjs'
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import type { FieldProblem } from '../api.ts'
import { centsOf, tenthsOf, timeOf } from '../format.ts'
import type { CommandState } from '../hooks.ts'
import { DraftOwner, dropDraft, readDraft, writeDraft } from './draft.ts'
import { ErrorSummary, Problem } from './problem.tsx'

const DRAFT_EVERY_MS = 400
const NOT_A_NUMBER = '要填数字，如 1500 或 78.5'
const namePath = (path: string) => path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/**
 * One column, labels above, errors beside the field and summed up on top. What is typed is kept in this browser
 * under `draftKey` until it is submitted. Field names are the command's input paths (`plan.title`), so that the
 * server's problems find their fields.
 */
export function DeskForm<V extends object, I, T>(props: DeskFormProps<V, I, T>) {
  const key = `${useContext(DraftOwner)}:${props.draftKey}`
  const [round, setRound] = useState(0)
  const discard = () => {
    dropDraft(key)
    setRound(round + 1)
  }
  return <FormRound key={`${key} ${round}`} {...props} draftKey={key} onDiscard={discard} />
}

interface DeskFormProps<V extends object, I, T> {
  draftKey: string
  initial?: Partial<V>
  command: CommandState<I, T>
  toInput: (values: V) => I
  onDone?: (output: T) => void
  submitLabel: string
  /** Beside the submit button: 取消, 保存为草稿. */
  besideSubmit?: ReactNode
  wide?: boolean
  onValues?: (values: V) => void
  children: ReactNode
}

function FormRound<V extends object, I, T>(props: DeskFormProps<V, I, T> & { onDiscard: () => void }) {
  const [form] = Form.useForm<V>()
  const [draft, setDraft] = useState(() => readDraft<V>(props.draftKey))
  const [saved, setSaved] = useState<Date | null>(null)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const saving = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { command } = props

  useEffect(() => () => clearTimeout(saving.current), [])
  useEffect(() => {
    if (command.problem?.kind !== 'problems') return
    setProblems(command.problem.problems)
    for (const problem of command.problem.problems) {
      if (problem.path) form.setFields([{ name: namePath(problem.path) as never, errors: [problem.message] }])
    }
  }, [command.problem, form])

  const keep = (values: V) => {
    props.onValues?.(values)
    clearTimeout(saving.current)
    saving.current = setTimeout(() => {
      const now = new Date()
      writeDraft(props.draftKey, values, now)
      setSaved(now)
    }, DRAFT_EVERY_MS)
  }
  const submit = async (values: V) => {
    setProblems([])
    const output = await command.run(props.toInput(values))
    if (output === undefined) return
    clearTimeout(saving.current)
    dropDraft(props.draftKey)
    setDraft(null)
    props.onDone?.(output)
  }

  return (
    <Form<V>
      form={form}
      name="field"
      layout="vertical"
      className={`form ${props.wide ? 'form-wide' : ''}`}
      initialValues={{ ...props.initial, ...draft?.values }}
      requiredMark={(label, { required }) => (
        <>
          {label}
          {required ? null : <span className="nothing">（选填）</span>}
        </>
      )}
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Ant Design fills in the label
      validateMessages={{ required: '请填写“${label}”' }}
      onValuesChange={(_, values) => keep(values)}
      onFinish={(values) => void submit(values)}
      onFinishFailed={({ errorFields }) =>
        setProblems(errorFields.map((one) => ({ path: one.name.join('.'), message: one.errors[0] ?? '' })))
      }
    >
      {draft ? (
        <div className="notice" role="status">
          已恢复您 {timeOf(draft.at)} 填写但未提交的内容。
          <Button type="link" size="small" onClick={props.onDiscard}>
            放弃草稿
          </Button>
        </div>
      ) : null}
      <ErrorSummary problems={problems} />
      {command.problem && command.problem.kind !== 'problems' ? <Problem problem={command.problem} /> : null}
      {props.children}
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={command.running}>
          {props.submitLabel}
        </Button>
        {props.besideSubmit}
        <span className="form-draft" role="status">
          {saved ? `草稿已存在本机 ${timeOf(saved)}` : ''}
        </span>
      </div>
    </Form>
  )
}

/** Label above, help where the doubt arises, error below the control. `name` is the input path. */
export function FormField(props: {
  name: string
  label: string
  help?: ReactNode
  required?: boolean
  rules?: readonly { pattern?: RegExp; min?: number; max?: number; message: string }[]
  children: ReactNode
}) {
  return (
    <Form.Item
      name={namePath(props.name) as never}
      label={props.label}
      {...(props.help ? { extra: props.help } : {})}
      required={Boolean(props.required)}
      rules={[
        ...(props.required ? [{ required: true }] : []),
        {
          validator: (_: unknown, value: unknown) =>
            Number.isNaN(value)
              ? Promise.reject(new Error(`“${props.label}”${NOT_A_NUMBER}`))
              : Promise.resolve(),
        },
        ...((props.rules ?? []) as { pattern: RegExp; message: string }[]),
      ]}
    >
      {props.children}
    </Form.Item>
  )
}

export function FormSection({ title }: { title: string }) {
  return <h2 className="form-section">{title}</h2>
}

// --- controls whose values are what the API takes --------------------------------------------------------------
// Inside a FormField, `id`, `value` and `onChange` are handed in by it.

interface Control<T> {
  id?: string
  /** Name of a control that stands in a table, without a label of its own. */
  label?: string
  value?: T | null
  onChange?: (value: T | undefined) => void
  disabled?: boolean
}

/** Enter takes the day that was typed; it must not send the whole form. */
function takeTyped(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter' && (event.target as HTMLInputElement).value) event.preventDefault()
}

/** A civil day as `YYYY-MM-DD`. */
export function DayInput(props: Control<string> & { notBefore?: string }) {
  const { notBefore } = props
  return (
    <DatePicker
      {...(props.id ? { id: props.id } : {})}
      value={props.value ? dayjs(props.value) : null}
      disabled={Boolean(props.disabled)}
      onKeyDown={takeTyped}
      onChange={(day) => props.onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
      {...(notBefore ? { minDate: dayjs(notBefore) } : {})}
    />
  )
}

/** An instant, shown in China's time, as an ISO string. */
export function InstantInput(props: Control<string>) {
  const china = (at: string) =>
    dayjs(new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16))
  return (
    <DatePicker
      {...(props.id ? { id: props.id } : {})}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={props.value ? china(props.value) : null}
      disabled={Boolean(props.disabled)}
      onKeyDown={takeTyped}
      onChange={(at) =>
        props.onChange?.(at ? new Date(`${at.format('YYYY-MM-DDTHH:mm')}:00+08:00`).toISOString() : undefined)
      }
    />
  )
}

/** Typed in yuan, valued in 分. */
export function MoneyInput(props: Control<number>) {
  return <NumberText {...props} unit="元" width={200} show={(cents) => String(cents / 100)} read={centsOf} />
}

/** Typed as 78.5, valued in tenths. */
export function ScoreInput(props: Control<number>) {
  return (
    <NumberText {...props} unit="分" width={120} show={(tenths) => String(tenths / 10)} read={tenthsOf} />
  )
}

/** What cannot be read is handed on as NaN, which `FormField` refuses: nothing typed is silently dropped. */
function NumberText(
  props: Control<number> & {
    unit: string
    width: number
    show: (value: number) => string
    read: (text: string) => number | undefined
  },
) {
  const { value, show, read } = props
  const [text, setText] = useState('')
  const isOwn =
    value === undefined || value === null ? text === '' : Number.isNaN(value) || read(text) === value
  const shown = isOwn ? text : value === undefined || value === null ? '' : show(value)
  return (
    <Input
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': props.label } : {})}
      inputMode="decimal"
      suffix={props.unit}
      style={{ maxWidth: props.width }}
      value={shown}
      disabled={Boolean(props.disabled)}
      onChange={(event) => {
        const typed = event.target.value
        setText(typed)
        props.onChange?.(typed.trim() === '' ? undefined : (read(typed) ?? Number.NaN))
      }}
    />
  )
}
