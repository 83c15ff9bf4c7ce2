import { useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import { DayInput, DeskForm, DeskPage, FormField, Loaded, useParam } from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { type ClassRecord, subject } from './words.ts'

interface Values {
  title: string
  body: string
  contact: string
  enrolFromOn: string
  enrolToOn: string
}

/** 发布招生公告 (HB-4.2): what the public will read. */
export function AnnouncePage() {
  const query = useApiQuery('training.read-class', { classId: useParam('id') })
  return <Loaded query={query}>{(one) => <AnnounceForm one={one} />}</Loaded>
}

function AnnounceForm({ one }: { one: ClassRecord }) {
  const announce = useCommand('training.announce-class', { inPlace: true })
  const navigate = useNavigate()
  const back = `/training/classes/${one.id}`
  return (
    <DeskPage
      title="发布招生公告"
      lead={`${one.name}（${subject(one)}）。发布后任何人都能看到并报名，收费按已公布的标准。`}
      back={{ to: back, label: one.name }}
    >
      <DeskForm<Values, Values & { classId: string }, { id: string }>
        draftKey={`announce:${one.id}`}
        initial={{
          title: `${one.name}招生公告`,
          body: bodyOf(one),
          enrolToOn: one.startsOn,
        }}
        command={announce}
        submitLabel="发布公告"
        toInput={(values) => ({ classId: one.id, ...values })}
        onDone={() => void navigate({ to: back })}
      >
        <FormField name="title" label="公告标题" required>
          <Input maxLength={100} />
        </FormField>
        <FormField
          name="body"
          label="公告内容"
          required
          help="不得出现“包过”“不过退费”“包就业”“包年薪”“培训贷”等内容。"
        >
          <Input.TextArea rows={12} maxLength={5000} showCount />
        </FormField>
        <FormField name="contact" label="联系方式" required help="电话或地址，公众可见。">
          <Input maxLength={100} />
        </FormField>
        <FormField name="enrolFromOn" label="报名开始" required>
          <DayInput />
        </FormField>
        <FormField name="enrolToOn" label="报名截止" required help={`不晚于开班日期 ${one.startsOn}。`}>
          <DayInput />
        </FormField>
      </DeskForm>
    </DeskPage>
  )
}

function bodyOf(one: ClassRecord): string {
  return [
    `培训职业：${subject(one)}`,
    `培训时间：${one.startsOn} 至 ${one.endsOn}，共 ${one.hours.planned} 学时（理论 ${one.plannedHours.theoryOnline + one.plannedHours.theoryOffline}、实操 ${one.plannedHours.practiceOnline + one.plannedHours.practiceOffline}）`,
    `培训地点：${[one.venueCity, one.venue].filter(Boolean).join(' ')}`,
    `招生人数：${one.capacity} 人`,
    '招生对象：在岗或拟从事数字技术领域工作的各类人员（含新就业形态劳动者、自由职业者），普通高校毕业学年学生。不包含已退休人员。',
  ].join('\n')
}
