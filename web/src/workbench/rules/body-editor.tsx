import { Input, InputNumber, Select } from 'antd'
import { MoneyInput } from '../../ui/desk/index.ts'
import { ConditionEditor } from './condition-editor.tsx'
import type { Raw } from './condition-schema.ts'
import { Field, TextField } from './fields.tsx'
import { type EditorProps, VersionEditor } from './version-editor.tsx'
import type { RevisionRecord } from './words.ts'

/** The part of the form that becomes the pack's own words; which one follows from what is revised. */
export function BodyEditor(
  props: EditorProps & { kind: RevisionRecord['kind']; title: string; unit: string | null },
) {
  if (props.kind === 'version') return <VersionEditor {...props} />
  if (props.kind === 'parameter') return <FigureEditor {...props} />
  const { body, onChange } = props
  return (
    <fieldset className="rule-block">
      <legend>{props.title}</legend>
      <ConditionEditor
        label="本省规定的条件"
        value={(body.条件 as Raw | undefined) ?? {}}
        predicates={props.predicates}
        choices={props.choices}
        onChange={(条件) => onChange({ ...body, 条件 })}
      />
      <TextField
        label="说明（选填）"
        value={(body.说明 as string | undefined) ?? ''}
        wide
        max={300}
        onChange={(text) => {
          const { 说明: _, ...rest } = body
          onChange(text ? { ...rest, 说明: text } : rest)
        }}
      />
    </fieldset>
  )
}

function FigureEditor({ body, title, unit, onChange }: EditorProps & { title: string; unit: string | null }) {
  const value = body.值
  return (
    <fieldset className="rule-block">
      <legend>{title}</legend>
      <Field label="新的取值">
        {(id) => {
          if (typeof value === 'boolean')
            return (
              <Select
                id={id}
                style={{ width: 160 }}
                value={String(value)}
                options={[
                  { value: 'true', label: '是' },
                  { value: 'false', label: '否' },
                ]}
                onChange={(next) => onChange({ 值: next === 'true' })}
              />
            )
          if (typeof value === 'string')
            return <Input id={id} value={value} onChange={(event) => onChange({ 值: event.target.value })} />
          if (unit === '分')
            return (
              <MoneyInput
                id={id}
                value={typeof value === 'number' ? value : null}
                onChange={(next) => onChange({ 值: next === undefined || Number.isNaN(next) ? null : next })}
              />
            )
          return (
            <InputNumber
              id={id}
              suffix={unit ?? undefined}
              min={0}
              value={typeof value === 'number' ? value : null}
              onChange={(next) => onChange({ 值: next ?? null })}
            />
          )
        }}
      </Field>
    </fieldset>
  )
}
