import { Button, DatePicker, Form, Input } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { FieldProblem } from '../api.ts'
import { centsOf, timeOf } from '../format.ts'
import type { CommandState } from '../hooks.ts'
import { dropDraft, readDraft, writeDraft } from './draft.ts'
import { ErrorSummary, Problem } from './problem.tsx'

const DRAFT_EVERY_MS = 400
const namePath = (path: string) => path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/**
 * One column, labels above, errors beside the field and summed up on top. What is typed is kept in this browser
 * under `draftKey` until it is submitted. Field names are the command's input paths (`plan.title`), so that the
 * server's problems find their fields.
 */
export function DeskForm<V extends object, I, T>(props: {
  draftKey: string
  initial?: Partial<V>
  command: CommandState<I, T>
  toInput: (values: V) => I
  onDone?: (output: T) => void
  submitLabel: string
  /** Beside the submit button: 取消， 保存为草稿. */
  besideSubmit?: ReactNode
  wide?: boolean
  onValues?: (values: V) => void
  children: ReactNode
}) {
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
  const discard = () => {
    dropDraft(props.draftKey)
    setDraft(null)
    form.resetFields()
    if (props.initial) form.setFieldsValue(props.initial as never)
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
          <Button type="link" size="small" onClick={discard}>
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
  value?: T | null
  onChange?: (value: T | undefined) => void
  disabled?: boolean
}

/** A civil day as `YYYY-MM-DD`. */
export function DayInput(props: Control<string> & { notBefore?: string }) {
  const { notBefore } = props
  return (
    <DatePicker
      {...(props.id ? { id: props.id } : {})}
      value={props.value ? dayjs(props.value) : null}
      disabled={Boolean(props.disabled)}
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
      onChange={(at) =>
        props.onChange?.(at ? new Date(`${at.format('YYYY-MM-DDTHH:mm')}:00+08:00`).toISOString() : undefined)
      }
    />
  )
}

/** Typed in yuan, valued in 分. */
export function MoneyInput(props: Control<number>) {
  const [text, setText] = useState(
    props.value === null || props.value === undefined ? '' : String(props.value / 100),
  )
  return (
    <Input
      {...(props.id ? { id: props.id } : {})}
      inputMode="decimal"
      suffix="元"
      style={{ maxWidth: 200 }}
      value={text}
      disabled={Boolean(props.disabled)}
      onChange={(event) => {
        setText(event.target.value)
        props.onChange?.(centsOf(event.target.value))
      }}
    />
  )
}

/** Typed as 78.5, valued in tenths. */
export function ScoreInput(props: Control<number>) {
  const [text, setText] = useState(
    props.value === null || props.value === undefined ? '' : String(props.value / 10),
  )
  return (
    <Input
      {...(props.id ? { id: props.id } : {})}
      inputMode="decimal"
      suffix="分"
      style={{ maxWidth: 120 }}
      value={text}
      disabled={Boolean(props.disabled)}
      onChange={(event) => {
        setText(event.target.value)
        props.onChange?.(
          /^\d{1,3}(\.\d)?$/.test(event.target.value)
            ? Math.round(Number(event.target.value) * 10)
            : undefined,
        )
      }}
    />
  )
}
