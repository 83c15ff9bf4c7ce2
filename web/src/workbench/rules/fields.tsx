import { Checkbox, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import {
  alternativeName,
  type Choice,
  type Choices,
  emptyOf,
  fitsAlternative,
  type Raw,
  type Schema,
  startOf,
} from './condition-schema.ts'

/** A label over its control; the control gets the id it is known by. */
export function Field(props: { label: string; wide?: boolean; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={props.wide ? 'rule-field rule-field-wide' : 'rule-field'}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  )
}

export function ChoiceField(props: {
  label: string
  value: string | undefined
  choices: readonly Choice[]
  onChange: (value: string | undefined) => void
  optional?: boolean
  wide?: boolean
}) {
  return (
    <Field label={props.label} {...(props.wide ? { wide: true } : {})}>
      {(id) => (
        <Select
          id={id}
          style={{ width: '100%', minWidth: 150 }}
          placeholder="请选择"
          value={props.value || null}
          allowClear={Boolean(props.optional)}
          options={[...props.choices]}
          showSearch={props.choices.length > 8 ? { optionFilterProp: 'label' } : false}
          onChange={(value) => props.onChange(value ?? undefined)}
        />
      )}
    </Field>
  )
}

export function ChoicesField(props: {
  label: string
  value: readonly string[]
  choices: readonly Choice[]
  onChange: (value: string[]) => void
  free?: boolean
}) {
  return (
    <Field label={props.label} wide>
      {(id) => (
        <Select
          id={id}
          mode={props.free ? 'tags' : 'multiple'}
          style={{ width: '100%', minWidth: 200 }}
          placeholder={props.free ? '输入后按回车' : '请选择'}
          value={[...props.value]}
          options={[...props.choices]}
          optionFilterProp="label"
          onChange={props.onChange}
        />
      )}
    </Field>
  )
}

export function TextField(props: {
  label: string
  value: string
  onChange: (value: string) => void
  wide?: boolean
  max?: number
}) {
  return (
    <Field label={props.label} {...(props.wide ? { wide: true } : {})}>
      {(id) => (
        <Input
          id={id}
          maxLength={props.max ?? 100}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** The fields of a predicate, each in the control its schema asks for. */
export function SchemaFields(props: {
  schema: Schema
  value: Raw
  choices: Choices
  onChange: (value: Raw) => void
}) {
  const fields = Object.entries(props.schema.properties ?? {})
  if (fields.length === 0) return null
  const set = (name: string, next: unknown) => {
    const { [name]: _, ...rest } = props.value
    props.onChange(next === undefined ? rest : { ...rest, [name]: next })
  }
  return (
    <div className="rule-row">
      {fields.map(([name, schema]) => (
        <SchemaField
          key={name}
          name={name}
          schema={schema}
          value={props.value[name]}
          choices={props.choices}
          optional={!props.schema.required?.includes(name)}
          onChange={(next) => set(name, next)}
        />
      ))}
    </div>
  )
}

interface SchemaFieldProps {
  name: string
  schema: Schema
  value: unknown
  choices: Choices
  optional: boolean
  onChange: (value: unknown) => void
}

const asChoices = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }))

function SchemaField(props: SchemaFieldProps) {
  const { name, schema, value, choices, optional, onChange } = props
  if (schema.const !== undefined) return <p className="rule-about">{`${name}：${sayConst(schema.const)}`}</p>
  if (schema.anyOf) return <AlternativeField {...props} alternatives={schema.anyOf} />
  if (schema.enum) {
    const text = value === undefined ? undefined : String(value)
    return (
      <ChoiceField
        label={name}
        value={text}
        choices={asChoices(schema.enum)}
        optional={optional}
        onChange={onChange}
      />
    )
  }
  if (schema.type === 'array') {
    const known = schema.items?.enum
    return (
      <ChoicesField
        label={name}
        value={(value as string[] | undefined) ?? []}
        choices={asChoices(known ?? [])}
        free={!known}
        onChange={onChange}
      />
    )
  }
  if (schema.type === 'boolean') {
    return (
      <Checkbox checked={value === true} onChange={(event) => onChange(event.target.checked)}>
        {name}
      </Checkbox>
    )
  }
  if (schema.type === 'integer' || schema.type === 'number') return <NumberField {...props} />
  if (schema.properties && '参数' in schema.properties) {
    return (
      <ChoiceField
        label={`${name}（参数）`}
        value={(value as Raw | undefined)?.参数 as string | undefined}
        choices={choices.figures}
        optional={optional}
        wide
        onChange={(figure) => onChange(figure === undefined ? undefined : { 参数: figure })}
      />
    )
  }
  if (schema.properties) {
    return <SchemaFields schema={schema} value={(value as Raw) ?? {}} choices={choices} onChange={onChange} />
  }
  return <WordField {...props} />
}

/** A word with a meaning of its own: an occupation, a figure, a value of it; else free text. */
function WordField({ name, schema, value, choices, optional, onChange }: SchemaFieldProps) {
  const text = typeof value === 'boolean' ? (value ? '是' : '否') : String(value ?? '')
  if (name === '职业') {
    const own = [...asChoices(['本职业', '不限']), ...choices.occupations]
    return (
      <ChoiceField label={name} value={text} choices={own} optional={optional} wide onChange={onChange} />
    )
  }
  if (name === '参数')
    return <ChoiceField label={name} value={text} choices={choices.figures} wide onChange={onChange} />
  const takesBoolean = Array.isArray(schema.type) && schema.type.includes('boolean')
  const read = (typed: string) =>
    takesBoolean && (typed === '是' || typed === '否') ? typed === '是' : typed
  return <TextField label={name} value={text} wide onChange={(typed) => onChange(read(typed))} />
}

function NumberField({ name, schema, value, optional, onChange }: SchemaFieldProps) {
  const least = schema.exclusiveMinimum === undefined ? schema.minimum : schema.exclusiveMinimum + 1
  return (
    <Field label={optional ? `${name}（选填）` : name}>
      {(id) => (
        <InputNumber
          id={id}
          precision={0}
          min={least ?? 0}
          max={Math.min(schema.maximum ?? 9999, 9999)}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )}
    </Field>
  )
}

/** A field that may be said in several ways: a number, or the policy's own figure. */
function AlternativeField(props: SchemaFieldProps & { alternatives: Schema[] }) {
  const { name, alternatives, value, choices, optional, onChange } = props
  const chosen = alternatives.find((one) => fitsAlternative(one, value))
  return (
    <>
      <ChoiceField
        label={`${name}的写法`}
        value={chosen ? alternativeName(chosen) : undefined}
        choices={asChoices(alternatives.map(alternativeName))}
        optional={optional}
        onChange={(way) => {
          const next = alternatives.find((one) => alternativeName(one) === way)
          onChange(next && startOf(next))
        }}
      />
      {chosen && chosen.const === undefined ? (
        <SchemaField
          name={name}
          schema={chosen}
          value={value ?? emptyOf(chosen)}
          choices={choices}
          optional={false}
          onChange={onChange}
        />
      ) : null}
    </>
  )
}

function sayConst(value: unknown): string {
  return value === true ? '是' : String(value)
}
