import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  DayInput,
  DeskForm,
  DeskPage,
  FormField,
  FormSection,
  InstantInput,
  Loaded,
  Notice,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { type ClassRecord, CONTENTS, MODES } from './words.ts'

interface Shared {
  title: string
  mode: 'online' | 'offline'
  content: 'theory' | 'practice'
  teacherId: string
  room?: string
  minutes: number
}
type Shaped<V> = Omit<V, 'room'> & { classId: string; room: string | null }
type Single = Shared & { startsAt: string; endsAt: string }
type Weekly = Shared & {
  fromOn: string
  toOn: string
  weekdays: number[]
  startTime: string
  endTime: string
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'].map((name, index) => ({
  value: index + 1,
  label: `周${name}`,
}))
const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** 排课: one lesson, or one on each day of a weekly pattern. */
export function NewLessonPage() {
  const query = useApiQuery('training.read-class', { classId: useParam('id') })
  return <Loaded query={query}>{(one) => <LessonForms one={one} />}</Loaded>
}

function LessonForms({ one }: { one: ClassRecord }) {
  const [way, setWay] = useState<'single' | 'weekly'>('single')
  return (
    <DeskPage
      title="排课"
      lead={`培训期 ${one.startsOn} 至 ${one.endsOn}。计划 ${one.hours.planned} 学时，已排 ${one.hours.held} 学时，一学时 ${one.standardHourMinutes} 分钟。`}
      back={{ to: `/training/classes/${one.id}/timetable`, label: '课程表' }}
    >
      <Radio.Group
        value={way}
        optionType="button"
        options={[
          { value: 'single', label: '添加一节课' },
          { value: 'weekly', label: '按周排课' },
        ]}
        onChange={(event) => setWay(event.target.value as 'single' | 'weekly')}
        style={{ marginBottom: 16 }}
      />
      <Requirement level={one.level} />
      {way === 'single' ? <SingleForm one={one} /> : <WeeklyForm one={one} />}
    </DeskPage>
  )
}

function Requirement({ level }: { level: string }) {
  const asked = useApiQuery('training.teacher-requirements').data
  const text = asked?.levels.find((row) => row.level === level)?.asked
  if (!asked || !text) return null
  return (
    <Notice>
      {level}班教师要求：{asked.verified ? text : <Unverified>{text}</Unverified>}
    </Notice>
  )
}

function SingleForm({ one }: { one: ClassRecord }) {
  const add = useCommand('training.add-lesson', { inPlace: true })
  const navigate = useNavigate()
  return (
    <DeskForm<Single, Shaped<Single>, unknown>
      draftKey={`lesson:${one.id}`}
      initial={{ mode: 'offline', content: 'theory', minutes: 2 * one.standardHourMinutes }}
      command={add}
      submitLabel="添加课程"
      toInput={(values) => ({
        ...values,
        classId: one.id,
        room: values.mode === 'offline' ? (values.room ?? null) : null,
      })}
      onDone={() => void navigate({ to: `/training/classes/${one.id}/timetable` })}
    >
      <SharedFields />
      <FormSection title="时间" />
      <FormField name="startsAt" label="开始" required help="线上课为可以开始学习的时间。">
        <InstantInput />
      </FormField>
      <FormField name="endsAt" label="结束" required help="线上课为最晚学完的时间。">
        <InstantInput />
      </FormField>
    </DeskForm>
  )
}

function WeeklyForm({ one }: { one: ClassRecord }) {
  const add = useCommand('training.add-weekly-lessons', { inPlace: true })
  const navigate = useNavigate()
  const time = [{ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: '请按 09:00 的样式填写' }]
  return (
    <DeskForm<Weekly, Shaped<Weekly>, unknown>
      draftKey={`lessons:${one.id}`}
      initial={{
        mode: 'offline',
        content: 'practice',
        minutes: 2 * one.standardHourMinutes,
        fromOn: one.startsOn,
        toOn: one.endsOn,
      }}
      command={add}
      submitLabel="按周排课"
      toInput={(values) => ({
        ...values,
        classId: one.id,
        room: values.mode === 'offline' ? (values.room ?? null) : null,
      })}
      onDone={() => void navigate({ to: `/training/classes/${one.id}/timetable` })}
    >
      <SharedFields />
      <FormSection title="时间" />
      <FormField name="fromOn" label="自" required>
        <DayInput />
      </FormField>
      <FormField name="toOn" label="至" required>
        <DayInput />
      </FormField>
      <FormField name="weekdays" label="星期" required>
        <Checkbox.Group options={WEEKDAYS} />
      </FormField>
      <FormField name="startTime" label="开始时间" required rules={time}>
        <Input placeholder="09:00" style={{ width: 120 }} />
      </FormField>
      <FormField name="endTime" label="结束时间" required rules={time}>
        <Input placeholder="11:30" style={{ width: 120 }} />
      </FormField>
    </DeskForm>
  )
}

function SharedFields() {
  const mode = Form.useWatch('mode', Form.useFormInstance())
  const teachers = useApiQuery('training.list-teachers', { size: 200 }).data?.rows ?? []
  return (
    <>
      <FormField name="title" label="课程名称" required>
        <Input maxLength={100} />
      </FormField>
      <FormField name="mode" label="方式" required>
        <Radio.Group options={options(MODES)} />
      </FormField>
      <FormField name="content" label="内容" required>
        <Radio.Group options={options(CONTENTS)} />
      </FormField>
      <FormField name="teacherId" label="教师" required help="没有要选的教师，请先在“教师”中登记其资格。">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={teachers.map((one) => ({
            value: one.id,
            label: `${one.name}（${one.qualifications.map((held) => `${held.occupation ?? held.specialty ?? ''}${held.level}`).join('、') || '未登记资格'}）`,
          }))}
        />
      </FormField>
      {mode === 'online' ? null : (
        <FormField name="room" label="教室" required>
          <Input maxLength={60} />
        </FormField>
      )}
      <FormField name="minutes" label="时长（分钟）" required help="不含课间休息；按此折算学时。">
        <InputNumber min={1} max={600} />
      </FormField>
    </>
  )
}
