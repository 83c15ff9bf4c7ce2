import { Input, Radio } from 'antd'
import { DayInput } from '../../ui/desk/index.ts'
import type { Choice } from './condition-schema.ts'
import { ChoiceField, Field, TextField } from './fields.tsx'
import type { Content } from './words.ts'

const NEW_DOCUMENT = {
  kind: 'document' as const,
  name: '',
  number: '',
  issuer: '',
  issuedOn: null,
  title: '',
  paraphrase: '',
}

/** From when, on which clause or new document, and why. */
export function BasisEditor(props: {
  content: Content
  clauses: Choice[]
  onChange: (changed: Partial<Content>) => void
}) {
  const { content, onChange } = props
  const { basis } = content
  const setDocument = (changed: object) => onChange({ basis: { ...basis, ...changed } as Content['basis'] })
  return (
    <fieldset className="rule-block">
      <legend>施行日期、依据和理由</legend>
      <div className="rule-row">
        <Field label="施行日期">
          {(id) => (
            <DayInput id={id} value={content.fromOn} onChange={(day) => onChange({ fromOn: day ?? null })} />
          )}
        </Field>
        <Radio.Group
          aria-label="依据"
          value={basis.kind}
          options={[
            { value: 'clause', label: '引用已登记的条款' },
            { value: 'document', label: '依据新文件' },
          ]}
          onChange={(event) =>
            onChange({
              basis:
                event.target.value === 'clause'
                  ? { kind: 'clause', clause: props.clauses[0]?.value ?? '' }
                  : NEW_DOCUMENT,
            })
          }
        />
      </div>
      {basis.kind === 'clause' ? (
        <ChoiceField
          label="依据条款"
          value={basis.clause}
          choices={props.clauses}
          wide
          onChange={(clause) => onChange({ basis: { kind: 'clause', clause: clause ?? '' } })}
        />
      ) : (
        <div className="rule-row">
          <TextField label="文件名称" value={basis.name} wide onChange={(name) => setDocument({ name })} />
          <TextField
            label="文号"
            value={basis.number}
            max={30}
            onChange={(number) => setDocument({ number })}
          />
          <TextField
            label="发文机关"
            value={basis.issuer}
            max={60}
            onChange={(issuer) => setDocument({ issuer })}
          />
          <Field label="发文日期">
            {(id) => (
              <DayInput
                id={id}
                value={basis.issuedOn}
                onChange={(issuedOn) => setDocument({ issuedOn: issuedOn ?? null })}
              />
            )}
          </Field>
          <TextField
            label="条款，如 第三条"
            value={basis.title}
            max={20}
            onChange={(title) => setDocument({ title })}
          />
          <TextField
            label="条款大意（自己的话）"
            value={basis.paraphrase}
            wide
            max={300}
            onChange={(paraphrase) => setDocument({ paraphrase })}
          />
        </div>
      )}
      <Field label="修订理由" wide>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={1000}
            value={content.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  )
}
