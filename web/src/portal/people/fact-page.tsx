import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Button,
  ButtonRow,
  ChoiceList,
  DayField,
  ErrorSummary,
  FileField,
  Loaded,
  Page,
  Problem,
  SelectField,
  TextField,
  useParam,
} from '../../ui/plain/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { type FactKind, KIND_WORDS } from './fact-words.ts'

type Choices = OutputOf<PortalApi, 'people.fact-choices'>
type Part =
  | { name: string; label: string; part: 'text' | 'day'; optional?: boolean; help?: string }
  | { name: string; label: string; part: 'choice'; of: readonly string[]; optional?: boolean; help?: string }
  | { name: string; label: string; part: 'occupation'; optional?: boolean; help?: string }
  | { name: string; label: string; part: 'yes-no'; help?: string }

/** The fields of a kind, in the policy's own names. */
function partsOf(kind: FactKind, of: Choices): Part[] {
  switch (kind) {
    case 'education':
      return [
        {
          name: 'degree',
          label: '学历或学位',
          part: 'choice',
          of: of.degrees,
          help: '学历和学位请分两条填写。',
        },
        { name: 'status', label: '现在的情况', part: 'choice', of: ['毕业', '在读'] },
        { name: 'graduatesOn', label: '毕业日期', part: 'day', help: '在读的填预计毕业日期。' },
        { name: 'schoolKind', label: '学校类型', part: 'choice', of: of.schoolKinds, optional: true },
        { name: 'school', label: '学校', part: 'text', optional: true },
        {
          name: 'major',
          label: '专业',
          part: 'text',
          optional: true,
          help: '是否属于相关专业由评价机构认定。',
        },
      ]
    case 'technicalSchool':
      return [
        { name: 'class', label: '班别', part: 'choice', of: of.schoolClasses },
        { name: 'graduatedOn', label: '毕业日期', part: 'day' },
        { name: 'school', label: '学校', part: 'text', optional: true },
        { name: 'major', label: '专业', part: 'text', optional: true },
      ]
    case 'titles':
      return [
        { name: 'level', label: '职称等级', part: 'choice', of: of.titleLevels },
        { name: 'obtainedOn', label: '取得日期', part: 'day' },
        { name: 'name', label: '职称名称', part: 'text', optional: true, help: '如 助理工程师' },
        { name: 'specialty', label: '专业', part: 'text', optional: true },
      ]
    case 'employment':
      return [
        { name: 'status', label: '工作情况', part: 'choice', of: of.employmentStatuses },
        { name: 'from', label: '开始日期', part: 'day' },
        { name: 'to', label: '结束日期', part: 'day', optional: true, help: '仍在做的不填。' },
        { name: 'employer', label: '单位', part: 'text', optional: true },
        {
          name: 'occupation',
          label: '从事的职业',
          part: 'occupation',
          optional: true,
          help: '按年限申报的，只计从事本职业的时间。',
        },
      ]
    case 'levelCertificates':
      return [
        { name: 'occupation', label: '职业', part: 'occupation' },
        { name: 'level', label: '等级', part: 'choice', of: of.engineerLevels },
        { name: 'issuedOn', label: '发证日期', part: 'day' },
        { name: 'number', label: '证书编号', part: 'text', optional: true },
      ]
    case 'skillPosts':
      return [
        { name: 'skillLevel', label: '受聘的技能等级', part: 'choice', of: of.skillLevels },
        { name: 'from', label: '受聘日期', part: 'day' },
        { name: 'to', label: '结束日期', part: 'day', optional: true, help: '仍在聘的不填。' },
        { name: 'employer', label: '单位', part: 'text', optional: true },
        { name: 'occupation', label: '职业', part: 'occupation', optional: true },
      ]
    case 'retirement':
      return [
        { name: 'retired', label: '您是否已办理退休？', part: 'yes-no' },
        { name: 'on', label: '退休日期', part: 'day', optional: true },
      ]
  }
}

/** Stating one fact, with its paper if it is at hand. */
export function FactPage() {
  const asked = useParam('kind')
  const kind = asked in KIND_WORDS ? (asked as FactKind) : 'education'
  const words = KIND_WORDS[kind]
  const choices = useApiQuery('people.fact-choices')
  return (
    <Page title={`填写${words.name}`} lead={words.why} back={{ to: '/mine/facts', label: '我的资料' }}>
      <Loaded query={choices}>{(of) => <FactForm key={kind} kind={kind} choices={of} />}</Loaded>
    </Page>
  )
}

function FactForm({ kind, choices }: { kind: FactKind; choices: Choices }) {
  const navigate = useNavigate()
  const parts = partsOf(kind, choices)
  // A certificate of an engineer's level exists for the engineers' occupations only.
  const fitting =
    kind === 'levelCertificates'
      ? { ...choices, occupations: choices.occupations.filter((one) => one.engineer) }
      : choices
  const [values, setValues] = useState<Record<string, string>>({})
  const [papers, setPapers] = useState<File[]>([])
  const [missing, setMissing] = useState<{ path: string; message: string }[]>([])
  const state = useCommand('people.state-fact', {
    inPlace: true,
    onDone: () => void navigate({ to: '/mine/facts' }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = parts.filter((part) => !('optional' in part && part.optional) && !values[part.name])
    setMissing(empty.map((part) => ({ path: part.name, message: `请填写“${part.label}”` })))
    if (empty.length > 0) return
    const value = Object.fromEntries(
      parts
        .filter((part) => values[part.name])
        .map((part) => [part.name, part.part === 'yes-no' ? values[part.name] === 'yes' : values[part.name]]),
    )
    void state.run({ kind, value }, papers[0] ? { paper: papers[0] } : undefined)
  }
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={missing} />
      <Problem problem={state.problem} />
      {parts.map((part) => (
        <PartField
          key={part.name}
          part={part}
          choices={fitting}
          value={values[part.name] ?? ''}
          error={missing.find((one) => one.path === part.name)?.message}
          onChange={(value) => setValues({ ...values, [part.name]: value })}
        />
      ))}
      <FileField
        name="paper"
        label="证明材料"
        optional
        camera
        accept="application/pdf,image/jpeg,image/png"
        help="毕业证、职称证、劳动合同等的照片或 PDF；没有可先不传。"
        files={papers}
        onChange={setPapers}
      />
      <ButtonRow>
        <Button submit weight="main" busy={state.running}>
          保存
        </Button>
      </ButtonRow>
    </form>
  )
}

function PartField(props: {
  part: Part
  choices: Choices
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const { part, value, onChange } = props
  const shared = {
    name: part.name,
    label: part.label,
    value,
    onChange,
    ...(part.help ? { help: part.help } : {}),
    ...(props.error ? { error: props.error } : {}),
    ...('optional' in part && part.optional ? { optional: true } : {}),
  }
  switch (part.part) {
    case 'text':
      return <TextField {...shared} maxLength={100} />
    case 'day':
      return <DayField {...shared} />
    case 'choice':
      return <SelectField {...shared} choices={part.of.map((one) => ({ value: one, label: one }))} />
    case 'occupation':
      return (
        <SelectField
          {...shared}
          choices={props.choices.occupations.map((one) => ({ value: one.id, label: one.name }))}
        />
      )
    case 'yes-no':
      return (
        <ChoiceList
          {...shared}
          choices={[
            { value: 'no', label: '没有退休' },
            { value: 'yes', label: '已经退休' },
          ]}
        />
      )
  }
}
