import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { ApiProblem, FieldProblem } from '../../ui/api.ts'
import {
  Button,
  ButtonRow,
  ConsentBox,
  DayField,
  ErrorSummary,
  Loaded,
  Page,
  Problem,
  Section,
  SelectField,
  TextField,
  useAddressSearch,
} from '../../ui/plain/index.ts'
import { safeNext, splitNext } from '../../ui/sign-in.ts'
import { useApiQuery, useCommand } from '../api.ts'

const DOCUMENTS = [
  '居民身份证',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '外国人永久居留身份证',
  '护照',
] as const
type DocumentType = (typeof DOCUMENTS)[number]
type Purpose = 'identity' | 'notice' | 'benefits' | 'face'

/** Real-name registration (HB-5.4): once, before the first thing that has to be stored under a name. */
export function RegisterPage() {
  const { next } = useAddressSearch()
  const goal = safeNext(next, '/mine')
  const me = useApiQuery('people.me')
  return (
    <Page
      title="实名登记"
      lead="报名、考核和证书都以实名为准，一人只登记一次。请对照证件填写。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={me}>
        {({ person }) => (person ? <Done name={person.name} goal={goal} /> : <RegisterForm goal={goal} />)}
      </Loaded>
    </Page>
  )
}

function Done({ name, goal }: { name: string; goal: string }) {
  const navigate = useNavigate()
  return (
    <>
      <p>{name}，您已完成实名登记。</p>
      <ButtonRow>
        <Button weight="main" onPress={() => void navigate(splitNext(goal) as never)}>
          继续办理
        </Button>
      </ButtonRow>
    </>
  )
}

/** What is wrong field by field; a refusal that names its field stands beside it too. */
function problemsOf(problem: ApiProblem | null): readonly FieldProblem[] {
  if (problem?.kind === 'problems') return problem.problems
  const field = problem?.kind === 'refusal' ? problem.refusal.facts.field : undefined
  return problem && typeof field === 'string' ? [{ path: field, message: problem.message }] : []
}

function RegisterForm({ goal }: { goal: string }) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [documentType, setDocumentType] = useState<DocumentType>('居民身份证')
  const [idNumber, setIdNumber] = useState('')
  const [birthOn, setBirthOn] = useState('')
  const [provinceCode, setProvinceCode] = useState<string>()
  const [cityCode, setCityCode] = useState('')
  const [consents, setConsents] = useState<Purpose[]>([])
  const regions = useApiQuery('people.list-regions')
  const texts = useApiQuery('people.consent-texts')
  const register = useCommand('people.register-real-name', {
    inPlace: true,
    onDone: () => void navigate(splitNext(goal) as never),
  })
  const province = provinceCode ?? regions.data?.own ?? ''
  const cities = regions.data?.provinces.find((one) => one.code === province)?.cities ?? []
  const byNumber = documentType === '居民身份证'
  const problems = problemsOf(register.problem)
  const said = (field: string) => {
    const error = problems.find((one) => one.path === field)?.message
    return error ? { error } : {}
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void register.run({
      name,
      documentType,
      idNumber,
      consents,
      ...(byNumber || !birthOn ? {} : { birthOn }),
      ...(cityCode ? { cityCode } : {}),
    })
  }
  const toggle = (purpose: Purpose, on: boolean) =>
    setConsents(on ? [...consents, purpose] : consents.filter((one) => one !== purpose))

  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      {problems.length === 0 ? <Problem problem={register.problem} /> : null}
      <TextField
        name="name"
        label="姓名"
        help="与证件上的写法一致，少数民族姓名中间的点请用“·”。"
        autoComplete="name"
        maxLength={60}
        value={name}
        onChange={setName}
        {...said('name')}
      />
      <SelectField
        name="documentType"
        label="证件类型"
        choices={DOCUMENTS.map((one) => ({ value: one, label: one }))}
        value={documentType}
        onChange={(value) => setDocumentType((value || '居民身份证') as DocumentType)}
      />
      <TextField
        name="idNumber"
        label="证件号码"
        help={
          byNumber ? '18 位，末位可以是 X。加密保存，页面只显示部分数字。' : '加密保存，页面只显示部分数字。'
        }
        maxLength={30}
        value={idNumber}
        onChange={(text) => setIdNumber(text.toUpperCase())}
        {...said('idNumber')}
      />
      {byNumber ? null : (
        <DayField
          name="birthOn"
          label="出生日期"
          value={birthOn}
          onChange={setBirthOn}
          {...said('birthOn')}
        />
      )}
      <SelectField
        name="province"
        label="所在省份"
        choices={(regions.data?.provinces ?? []).map((one) => ({ value: one.code, label: one.name }))}
        value={province}
        onChange={(code) => {
          setProvinceCode(code)
          setCityCode('')
        }}
      />
      {cities.length > 0 ? (
        <SelectField
          name="cityCode"
          label="所在市州"
          help="用于确定为您办理业务的人力资源社会保障局。"
          choices={cities.map((one) => ({ value: one.code, label: one.name }))}
          value={cityCode}
          onChange={setCityCode}
          {...said('cityCode')}
        />
      ) : null}
      <Section title="个人信息处理">
        {(texts.data?.purposes ?? []).map((one) => (
          <div key={one.purpose}>
            <p>
              <strong>{one.title}</strong>：{one.text}
            </p>
            <ConsentBox
              name={`consent-${one.purpose}`}
              checked={consents.includes(one.purpose)}
              onChange={(on) => toggle(one.purpose, on)}
            >
              同意{one.title}
              {one.needed ? '（必需）' : '（可不同意，随时可改）'}
            </ConsentBox>
          </div>
        ))}
      </Section>
      <ButtonRow>
        <Button
          submit
          weight="main"
          busy={register.running}
          {...(consents.includes('identity') ? {} : { because: '请阅读并同意“个人身份信息处理”后提交' })}
        >
          提交登记
        </Button>
      </ButtonRow>
    </form>
  )
}
