import { Button, Checkbox } from 'antd'
import { ConditionEditor } from './condition-editor.tsx'
import type { Choices, Kind, Raw } from './condition-schema.ts'
import { ChoiceField, ChoicesField, TextField } from './fields.tsx'

interface Case {
  当?: { 等级?: string[]; 职业?: string[] }
  前提?: Raw
  排除?: Raw[]
  路径: Path[]
}
interface Path {
  路径: string
  名称: string
  条款?: string
  条件: Raw
}
interface Exception {
  例外: string
  替代: string
  条款: string
  条件: Raw
  说明?: string
}
interface Effect {
  当?: Case['当']
  效果: string
  名称: string
  条款?: string
  自动: boolean
  说明?: string
}
interface Body {
  情形: Case[]
  例外?: Exception[]
  效果?: Effect[]
}
export interface EditorProps {
  body: Raw
  predicates: readonly Kind[]
  choices: Choices
  onChange: (body: Raw) => void
}

const replaced = <T,>(list: readonly T[], index: number, next: T) =>
  list.map((one, i) => (i === index ? next : one))
const removed = <T,>(list: readonly T[], index: number) => list.filter((_, i) => i !== index)

/** The body of a version: for whom, what everybody must meet, the ways, exceptions and effects. */
export function VersionEditor(props: EditorProps) {
  const body = props.body as unknown as Body
  const cases = body.情形 ?? []
  const exceptions = body.例外 ?? []
  const effects = body.效果 ?? []
  const set = (changed: Partial<Body>) => {
    const next = { ...body, ...changed }
    if (next.例外?.length === 0) delete next.例外
    if (next.效果?.length === 0) delete next.效果
    props.onChange(next as unknown as Raw)
  }
  return (
    <>
      {cases.map((one, index) => (
        <CaseEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a case is known by its place
          key={index}
          {...props}
          one={one}
          name={cases.length === 1 ? '判定条件' : `情形 ${index + 1}`}
          onCase={(next) => set({ 情形: replaced(cases, index, next) })}
          {...(cases.length > 1 ? { onRemove: () => set({ 情形: removed(cases, index) }) } : {})}
        />
      ))}
      <Button
        type="dashed"
        onClick={() => set({ 情形: [...cases, { 当: {}, 路径: [{ 路径: '途径一', 名称: '', 条件: {} }] }] })}
      >
        添加情形（按等级或职业分别规定）
      </Button>
      {exceptions.map((one, index) => (
        <ExceptionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: an exception is known by its place
          key={index}
          {...props}
          one={one}
          targets={cases.flatMap((each) =>
            each.路径.map((path) => ({ value: path.路径, label: path.名称 || path.路径 })),
          )}
          onException={(next) => set({ 例外: replaced(exceptions, index, next) })}
          onRemove={() => set({ 例外: removed(exceptions, index) })}
        />
      ))}
      <p className="rule-row">
        <Button
          type="dashed"
          onClick={() => set({ 例外: [...exceptions, { 例外: '', 替代: '', 条款: '', 条件: {} }] })}
        >
          添加例外
        </Button>
      </p>
      {effects.map((one, index) => (
        <EffectEditor
          key={one.效果}
          {...props}
          one={one}
          onEffect={(next) => set({ 效果: replaced(effects, index, next) })}
          onRemove={() => set({ 效果: removed(effects, index) })}
        />
      ))}
    </>
  )
}

function CaseEditor(
  props: EditorProps & { one: Case; name: string; onCase: (next: Case) => void; onRemove?: () => void },
) {
  const { one, name, predicates, choices, onCase } = props
  const exclusions = one.排除 ?? []
  const withExclusions = (next: Raw[]) => {
    const { 排除: _, ...rest } = one
    onCase(next.length > 0 ? { ...rest, 排除: next } : rest)
  }
  return (
    <fieldset className="rule-block">
      <legend>{name}</legend>
      {props.onRemove ? (
        <p className="rule-row">
          <Button onClick={props.onRemove}>{`删除${name}`}</Button>
        </p>
      ) : null}
      <When when={one.当 ?? {}} choices={choices} onChange={(当) => onCase({ ...one, 当 })} />
      {one.前提 ? (
        <ConditionEditor
          label="共同前提"
          value={one.前提}
          predicates={predicates}
          choices={choices}
          onChange={(前提) => onCase({ ...one, 前提 })}
          onRemove={() => {
            const { 前提: _, ...rest } = one
            onCase(rest)
          }}
        />
      ) : null}
      {exclusions.map((exclusion, index) => (
        <ConditionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place
          key={index}
          label={`不得有的情形 ${index + 1}`}
          value={exclusion}
          predicates={predicates}
          choices={choices}
          onChange={(next) => withExclusions(replaced(exclusions, index, next))}
          onRemove={() => withExclusions(removed(exclusions, index))}
        />
      ))}
      <p className="rule-row">
        {one.前提 ? null : (
          <Button type="dashed" onClick={() => onCase({ ...one, 前提: {} })}>
            添加共同前提
          </Button>
        )}
        <Button type="dashed" onClick={() => withExclusions([...exclusions, {}])}>
          添加不得有的情形
        </Button>
      </p>
      {one.路径.map((path, index) => (
        <PathEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a path is known by its place while its name is typed
          key={index}
          {...props}
          path={path}
          number={index + 1}
          onPath={(next) => onCase({ ...one, 路径: replaced(one.路径, index, next) })}
          {...(one.路径.length > 1
            ? { onRemove: () => onCase({ ...one, 路径: removed(one.路径, index) }) }
            : {})}
        />
      ))}
      <Button
        type="dashed"
        onClick={() =>
          onCase({ ...one, 路径: [...one.路径, { 路径: `途径${one.路径.length + 1}`, 名称: '', 条件: {} }] })
        }
      >
        添加途径
      </Button>
    </fieldset>
  )
}

function When(props: {
  when: NonNullable<Case['当']>
  choices: Choices
  onChange: (next: NonNullable<Case['当']>) => void
}) {
  const set = (name: '等级' | '职业', values: string[]) => {
    const { [name]: _, ...rest } = props.when
    props.onChange(values.length > 0 ? { ...rest, [name]: values } : rest)
  }
  return (
    <details open={Boolean(props.when.等级 || props.when.职业)}>
      <summary className="rule-about">只适用于部分等级或职业（不选即全部适用）</summary>
      <div className="rule-row">
        <ChoicesField
          label="适用等级"
          value={props.when.等级 ?? []}
          choices={props.choices.levels}
          onChange={(values) => set('等级', values)}
        />
        <ChoicesField
          label="适用职业"
          value={props.when.职业 ?? []}
          choices={props.choices.occupations}
          onChange={(values) => set('职业', values)}
        />
      </div>
    </details>
  )
}

function PathEditor(
  props: EditorProps & { path: Path; number: number; onPath: (next: Path) => void; onRemove?: () => void },
) {
  const { path, number, onPath } = props
  return (
    <fieldset className="rule-block">
      <legend>{`途径 ${number}：${path.名称 || '未命名'}`}</legend>
      <div className="rule-row">
        <TextField
          label={`途径 ${number} 名称`}
          value={path.名称}
          wide
          onChange={(名称) => onPath({ ...path, 名称 })}
        />
        <TextField label="简称" value={path.路径} max={30} onChange={(路径) => onPath({ ...path, 路径 })} />
        <ChoiceField
          label="单独依据的条款"
          value={path.条款}
          choices={props.choices.clauses}
          optional
          onChange={(条款) => {
            const { 条款: _, ...rest } = path
            onPath(条款 ? { ...rest, 条款 } : rest)
          }}
        />
        {props.onRemove ? (
          <Button onClick={props.onRemove} aria-label={`删除途径 ${number}`}>
            删除途径
          </Button>
        ) : null}
      </div>
      <ConditionEditor
        label={`途径 ${number} 的条件`}
        value={path.条件}
        predicates={props.predicates}
        choices={props.choices}
        onChange={(条件) => onPath({ ...path, 条件 })}
      />
    </fieldset>
  )
}

function ExceptionEditor(
  props: EditorProps & {
    one: Exception
    targets: { value: string; label: string }[]
    onException: (next: Exception) => void
    onRemove: () => void
  },
) {
  const { one, onException } = props
  return (
    <fieldset className="rule-block">
      <legend>例外</legend>
      <div className="rule-row">
        <TextField label="例外的名称" value={one.例外} onChange={(例外) => onException({ ...one, 例外 })} />
        <ChoiceField
          label="替代哪一条途径"
          value={one.替代}
          choices={props.targets}
          onChange={(替代) => onException({ ...one, 替代: 替代 ?? '' })}
        />
        <ChoiceField
          label="例外的依据"
          value={one.条款}
          choices={props.choices.clauses}
          onChange={(条款) => onException({ ...one, 条款: 条款 ?? '' })}
        />
        <Button onClick={props.onRemove}>删除例外</Button>
      </div>
      <ConditionEditor
        label="例外的条件"
        value={one.条件}
        predicates={props.predicates}
        choices={props.choices}
        onChange={(条件) => onException({ ...one, 条件 })}
      />
    </fieldset>
  )
}

/** What follows from the verdict is carried out by the platform: its words may change, what it does may not. */
function EffectEditor(
  props: EditorProps & { one: Effect; onEffect: (next: Effect) => void; onRemove: () => void },
) {
  const { one, onEffect } = props
  return (
    <fieldset className="rule-block">
      <legend>{`效果：${one.名称}`}</legend>
      <When when={one.当 ?? {}} choices={props.choices} onChange={(当) => onEffect({ ...one, 当 })} />
      <div className="rule-row">
        <TextField label="效果的表述" value={one.名称} wide onChange={(名称) => onEffect({ ...one, 名称 })} />
        <Checkbox checked={one.自动} onChange={(event) => onEffect({ ...one, 自动: event.target.checked })}>
          自动生效
        </Checkbox>
        <Button onClick={props.onRemove}>删除效果</Button>
      </div>
    </fieldset>
  )
}
