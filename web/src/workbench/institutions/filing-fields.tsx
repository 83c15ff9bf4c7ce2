import { AutoComplete, Button, Checkbox, Form, type FormInstance, Input, InputNumber, Select } from 'antd'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActLink, DayInput, FormField, FormSection, Unverified } from '../../ui/desk/index.ts'
import { money } from '../../ui/format.ts'
import './filing.css'
import type { FilingValues } from './filing-values.ts'

type Options = OutputOf<WorkbenchApi, 'institutions.filing-options'>
type Asked = { options: Options; form: FormInstance<FilingValues> }

/** The chosen occupation's level as the institution may train it; undefined until both are chosen. */
function useLevel({ options, form }: Asked) {
  const occupationId = Form.useWatch('occupationId', form)
  const level = Form.useWatch('level', form)
  const occupation = options.occupations.find((one) => one.id === occupationId)
  return { occupation, level: occupation?.levels.find((one) => one.level === level) }
}

export function BasicFields(props: Asked & { onChange: () => void }) {
  const { options, form } = props
  const { occupation, level } = useLevel(props)
  // What depended on the old choice no longer fits: direction, assessor and fee are chosen again.
  const clear = (...names: (string | string[])[]) => {
    form.setFields(names.map((name) => ({ name: name as never, value: undefined })))
    props.onChange()
  }
  return (
    <>
      <FormSection title="基本情况" />
      <FormField name="title" label="计划名称" required help="写明年度、职业和等级。">
        <Input maxLength={100} />
      </FormField>
      <FormField name="occupationId" label="职业" required help="只列本机构目录内的职业。">
        <Select
          placeholder="请选择"
          options={options.occupations.map((one) => ({ value: one.id, label: one.name }))}
          onChange={() => clear('level', 'direction', 'evaluationOrganisationId', ['plan', 'feeId'])}
        />
      </FormField>
      <FormField name="level" label="等级" required>
        <Select
          placeholder={occupation ? '请选择' : '请先选择职业'}
          options={(occupation?.levels ?? []).map((one) => ({ value: one.level, label: one.level }))}
          onChange={() => clear('direction', 'evaluationOrganisationId', ['plan', 'feeId'])}
        />
      </FormField>
      <DirectionField level={level} />
      <FormField
        name="evaluationOrganisationId"
        label="评价机构"
        required
        help={
          level && level.evaluators.length === 0
            ? '目录内没有可评价该职业等级的机构，请向省人社厅核实评价机构目录。'
            : '与其商定考核计划和方案；只列目录内可评价该职业等级的机构。'
        }
      >
        <Select
          placeholder={level ? '请选择' : '请先选择职业和等级'}
          options={(level?.evaluators ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      </FormField>
      <FormField name="plannedLearners" label="计划人数" required>
        <InputNumber min={1} max={100_000} precision={0} style={{ width: 160 }} />
      </FormField>
      <FormField name="plan.classes" label="班数" required>
        <InputNumber min={1} max={200} precision={0} style={{ width: 160 }} />
      </FormField>
    </>
  )
}

type Level = Options['occupations'][number]['levels'][number]

function DirectionField({ level }: { level: Level | undefined }) {
  if (level?.directions?.length === 0) {
    return (
      <FormField name="direction" label="职业方向" help="国家职业标准规定本等级不分方向，无需填写。">
        <Input disabled />
      </FormField>
    )
  }
  if (level?.directions && level.directionsComplete) {
    return (
      <FormField name="direction" label="职业方向" required>
        <Select options={level.directions.map((value) => ({ value, label: value }))} placeholder="请选择" />
      </FormField>
    )
  }
  return (
    <FormField
      name="direction"
      label="职业方向"
      help={
        <Unverified>
          该等级的方向名单未查到完整来源，请按国家职业标准填写。{level?.directionsNote ?? ''}
        </Unverified>
      }
    >
      <AutoComplete options={(level?.directions ?? []).map((value) => ({ value }))} maxLength={60} />
    </FormField>
  )
}

export function PlanFields(props: Asked) {
  const { options } = props
  const { level } = useLevel(props)
  return (
    <>
      <FormSection title="培训时间和场地" />
      <FormField name="plan.startsOn" label="开班日" required help="须晚于今天，备案后方可实施。">
        <DayInput />
      </FormField>
      <FormField name="plan.endsOn" label="结业日" required>
        <DayInput />
      </FormField>
      <FormField name="plan.venue.name" label="培训场地" required>
        <Input maxLength={100} />
      </FormField>
      <FormField name="plan.venue.cityCode" label="场地所在市州" required help="只能在本省培训，不得跨省。">
        <Select
          showSearch
          optionFilterProp="label"
          placeholder="请选择"
          options={options.cities.map((one) => ({ value: one.code, label: one.name }))}
        />
      </FormField>
      <FormField name="plan.venue.address" label="详细地址" required>
        <Input maxLength={200} />
      </FormField>
      <FormField name="plan.venue.seats" label="座位数" required>
        <InputNumber min={1} max={5000} precision={0} style={{ width: 160 }} />
      </FormField>

      <FormSection title="学时安排" />
      <HoursSummary level={level} form={props.form} />
      {HOURS.map(([name, label]) => (
        <FormField key={name} name={`plan.hours.${name}`} label={label} required help="没有的填 0。">
          <InputNumber min={0} max={2000} precision={0} style={{ width: 160 }} />
        </FormField>
      ))}

      <FormSection title="师资和条件" />
      <Teachers />
      <FormField name="plan.equipment" label="设备条件" required>
        <Input.TextArea rows={3} maxLength={2000} />
      </FormField>
      <FormField name="plan.content" label="培训内容与进度安排" required>
        <Input.TextArea rows={5} maxLength={5000} />
      </FormField>
      <FormField name="plan.textbook" label="教材" help="如：全国专业技术人员新职业培训教程。">
        <Input maxLength={500} />
      </FormField>

      <FormSection title="收费" />
      <FormField
        name="plan.feeId"
        label="收费标准"
        required
        help={
          level && level.fees.length === 0 ? (
            <>
              该职业等级还没有公布收费标准。<ActLink to="/institutions/fees">去公布</ActLink>
            </>
          ) : (
            '须先公布、后招生；在开班日执行的标准。'
          )
        }
      >
        <Select
          placeholder={level ? '请选择' : '请先选择职业和等级'}
          options={(level?.fees ?? []).map((one) => ({
            value: one.id,
            label: `${money(one.amountCents)}，自 ${one.fromOn}${one.toOn ? ` 至 ${one.toOn}` : ''}`,
          }))}
        />
      </FormField>
    </>
  )
}

const HOURS = [
  ['theoryOnline', '理论线上学时'],
  ['theoryOffline', '理论线下学时'],
  ['practiceOnline', '实操线上学时'],
  ['practiceOffline', '实操线下学时'],
] as const

/** The sum beside the standard; the standard is the server's, with 待核实 where nobody has verified it. */
function HoursSummary({ level, form }: { level: Level | undefined; form: FormInstance<FilingValues> }) {
  const hours = Form.useWatch(['plan', 'hours'], form) as Record<string, number | null> | undefined
  const total = HOURS.reduce((sum, [name]) => sum + (hours?.[name] ?? 0), 0)
  const standard =
    level === undefined ? (
      '选择职业和等级后显示'
    ) : level.hours === null ? (
      <Unverified />
    ) : level.hoursVerified ? (
      `${level.hours} 学时`
    ) : (
      <Unverified>{level.hours} 学时</Unverified>
    )
  return (
    <p role="status">
      合计 <strong className="num">{total}</strong> 学时；标准学时：{standard}
    </p>
  )
}

function Teachers() {
  return (
    <Form.List name={['plan', 'teachers']}>
      {(rows, { add, remove }) => (
        <fieldset className="filing-teachers">
          <legend>教师</legend>
          {rows.map((row, index) => (
            <section key={row.key} aria-label={`第 ${index + 1} 名教师`} className="filing-teacher">
              <Form.Item name={[row.name, 'name']} label="姓名" required>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name={[row.name, 'qualification']} label="职称或等级" required>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name={[row.name, 'subject']} label="承担内容" required>
                <Input maxLength={100} />
              </Form.Item>
              {rows.length > 1 ? (
                <Button onClick={() => remove(row.name)} aria-label={`移除第 ${index + 1} 名教师`}>
                  移除
                </Button>
              ) : null}
            </section>
          ))}
          <Button onClick={() => add({})} disabled={rows.length >= 100}>
            再加一名教师
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}

export function AssessmentFields() {
  return (
    <>
      <FormSection title="考核计划和方案" />
      <FormField name="assessmentPlan.heldOn" label="考核日期" required help="不早于结业日。">
        <DayInput />
      </FormField>
      <FormField name="assessmentPlan.place" label="考核地点" required>
        <Input maxLength={200} />
      </FormField>
      <FormField name="assessmentPlan.parts.0.form" label="理论知识考试方式" required help="如：闭卷机考。">
        <Input maxLength={100} />
      </FormField>
      <FormField name="assessmentPlan.parts.0.minutes" label="理论知识考试时长（分钟）" required>
        <InputNumber min={1} max={600} precision={0} style={{ width: 160 }} />
      </FormField>
      <FormField
        name="assessmentPlan.parts.1.form"
        label="专业能力考核方式"
        required
        help="如：现场操作、方案设计。"
      >
        <Input maxLength={100} />
      </FormField>
      <FormField name="assessmentPlan.parts.1.minutes" label="专业能力考核时长（分钟）" required>
        <InputNumber min={1} max={600} precision={0} style={{ width: 160 }} />
      </FormField>
      <FormField name="assessmentPlan.examiners" label="考评员人数" required>
        <InputNumber min={1} max={200} precision={0} style={{ width: 160 }} />
      </FormField>
      <FormField name="assessmentPlan.notes" label="考核说明">
        <Input.TextArea rows={3} maxLength={2000} />
      </FormField>
    </>
  )
}

const PROMISES = [
  ['noSubcontracting', '不转包、不转让给其他机构'],
  ['noTrainingLoan', '不发放“培训贷”'],
  ['noFalseAdvertising', '不发布虚假广告'],
  ['noExaggeration', '不夸大培训效果（如包过、不过退费、包就业、包年薪）'],
  ['noDisguisedLicensing', '不变相开展资格资质许可和认定'],
] as const

export function PromiseFields() {
  return (
    <>
      <FormSection title="承诺" />
      {PROMISES.map(([name, words]) => (
        <Form.Item key={name} name={['plan', 'commitments', name]} valuePropName="checked">
          <Checkbox>本机构承诺{words}</Checkbox>
        </Form.Item>
      ))}
    </>
  )
}
