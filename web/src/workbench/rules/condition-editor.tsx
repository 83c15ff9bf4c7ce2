import { Button, Input, InputNumber, Select } from 'antd'
import { useId } from 'react'
import {
  type Choices,
  childrenOf,
  GROUPS,
  type Kind,
  kindOf,
  notesOf,
  type Raw,
  withChildren,
  withKind,
} from './condition-schema.ts'
import { ChoiceField, Field, SchemaFields } from './fields.tsx'

const GROUP_HELP: Record<string, string> = {
  全部满足: '下列各项都要满足',
  任一满足: '下列各项满足任一项即可',
  至少: '下列各项中至少满足若干项',
  不得: '下列情形不得存在；情况不明的不予通过',
}

export interface ConditionProps {
  /** Where it stands, for who cannot see the indentation: 途径一 条件 2. */
  label: string
  value: Raw
  predicates: readonly Kind[]
  choices: Choices
  onChange: (value: Raw) => void
  onRemove?: () => void
}

/** One condition: a group of conditions, or a predicate of the closed set with its own fields. */
export function ConditionEditor(props: ConditionProps) {
  const { label, value, predicates, choices } = props
  const id = useId()
  const kind = kindOf(value)
  const predicate = predicates.find((one) => one.name === kind)
  const isGroup = (GROUPS as readonly string[]).includes(kind)
  return (
    <fieldset className="rule-node">
      <legend>{label}</legend>
      <div className="rule-row">
        <Select
          id={id}
          aria-label={`${label}的种类`}
          style={{ minWidth: 200 }}
          placeholder="选择条件"
          value={kind || null}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { label: '组合', options: GROUPS.map((name) => ({ value: name, label: name })) },
            {
              label: '条件',
              options: predicates.map((one) => ({ value: one.name, label: one.name })),
            },
          ]}
          onChange={(next: string) => props.onChange(withKind(value, next, predicates))}
        />
        {kind === '至少' ? <LeastField {...props} /> : null}
        {props.onRemove ? (
          <Button onClick={props.onRemove} aria-label={`删除${label}`}>
            删除
          </Button>
        ) : null}
      </div>
      <p className="rule-about">{isGroup ? GROUP_HELP[kind] : predicate?.about}</p>
      {predicate ? (
        <SchemaFields
          schema={predicate.params}
          value={(value[kind] as Raw) ?? {}}
          choices={choices}
          onChange={(params) => props.onChange({ [kind]: params, ...notesOf(value) })}
        />
      ) : null}
      {isGroup ? <Children {...props} /> : null}
      <Notes {...props} />
    </fieldset>
  )
}

function LeastField({ label, value, onChange }: ConditionProps) {
  const inner = value.至少 as { 项?: number; 条件?: Raw[] }
  return (
    <InputNumber
      aria-label={`${label}至少几项`}
      min={1}
      precision={0}
      value={inner.项 ?? 1}
      onChange={(count) => onChange({ 至少: { 项: count ?? 1, 条件: inner.条件 ?? [] }, ...notesOf(value) })}
    />
  )
}

function Children(props: ConditionProps) {
  const { label, value, onChange } = props
  const children = childrenOf(value)
  const isSingle = kindOf(value) === '不得'
  const set = (next: Raw[]) => onChange(withChildren(value, next))
  return (
    <>
      {children.map((child, index) => (
        <ConditionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place
          key={index}
          label={isSingle ? `${label}的情形` : `${label}之 ${index + 1}`}
          value={child ?? {}}
          predicates={props.predicates}
          choices={props.choices}
          onChange={(next) => set(children.map((one, i) => (i === index ? next : one)))}
          {...(isSingle || children.length === 1
            ? {}
            : { onRemove: () => set(children.filter((_, i) => i !== index)) })}
        />
      ))}
      {isSingle ? null : (
        <Button type="dashed" onClick={() => set([...children, {}])} aria-label={`在${label}中添加条件`}>
          添加条件
        </Button>
      )}
    </>
  )
}

const PROOFS = ['自述', '已上传', '已核验'].map((value) => ({ value, label: `至少${value}` }))

/** Clause, label, note and proof of this one condition; folded, since most inherit the rule's. */
function Notes({ value, choices, onChange }: ConditionProps) {
  const kind = kindOf(value)
  if (!kind) return null
  const notes = notesOf(value)
  const set = (name: string, next: string | undefined) => {
    const { [name]: _, ...rest } = notes
    onChange({ [kind]: value[kind], ...rest, ...(next ? { [name]: next } : {}) })
  }
  const text = (name: string) => (notes[name] as string | undefined) ?? ''
  return (
    <details>
      <summary className="rule-about">依据、名称和说明</summary>
      <div className="rule-row">
        <ChoiceField
          label="单独依据的条款"
          value={text('条款')}
          choices={choices.clauses}
          optional
          wide
          onChange={(next) => set('条款', next)}
        />
        <Field label="简称">
          {(id) => (
            <Input
              id={id}
              maxLength={20}
              value={text('标签')}
              onChange={(event) => set('标签', event.target.value)}
            />
          )}
        </Field>
        <ChoiceField
          label="证明要求"
          value={text('证明')}
          choices={PROOFS}
          optional
          onChange={(next) => set('证明', next)}
        />
        <Field label="说明" wide>
          {(id) => (
            <Input
              id={id}
              maxLength={200}
              value={text('说明')}
              onChange={(event) => set('说明', event.target.value)}
            />
          )}
        </Field>
      </div>
    </details>
  )
}
