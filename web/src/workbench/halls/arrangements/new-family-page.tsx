import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import type { InputOf, OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskForm, DeskPage, FormField, FormSection, InstantInput, Loaded } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'

type Values = InputOf<WorkbenchApi, 'halls.draft-family'>

export function NewFamilyPage() {
  const navigate = useNavigate()
  const choices = useApiQuery('halls.family-choices')
  const draft = useCommand('halls.draft-family', { inPlace: true })
  return (
    <DeskPage
      title="起草统考"
      back={{ to: '/halls/families', label: '统考联考' }}
      lead="成员场次的职业、等级和两科时间必须与这里一致。五统一在下一步逐项确定。"
    >
      <Loaded query={choices}>
        {({ occupations }) => (
          <DeskForm<Partial<Values>, Values, OutputOf<WorkbenchApi, 'halls.draft-family'>>
            draftKey="family:new"
            initial={{}}
            command={draft}
            submitLabel="起草统考"
            toInput={(values) => values as Values}
            onDone={({ id }) => void navigate({ to: `/halls/families/${id}` })}
          >
            <FormField name="title" label="名称" required>
              <Input maxLength={100} />
            </FormField>
            <FormField name="occupationId" label="职业" required>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={occupations.map((one) => ({ value: one.id, label: one.name }))}
              />
            </FormField>
            <FormField name="level" label="等级" required>
              <Select options={['初级', '中级', '高级'].map((value) => ({ value, label: value }))} />
            </FormField>
            <FormSection title="理论知识考试" />
            <FormField name="theory.startsAt" label="理论开始" required>
              <InstantInput />
            </FormField>
            <FormField name="theory.endsAt" label="理论结束" required>
              <InstantInput />
            </FormField>
            <FormSection title="专业能力考核" />
            <FormField name="ability.startsAt" label="能力开始" required>
              <InstantInput />
            </FormField>
            <FormField name="ability.endsAt" label="能力结束" required>
              <InstantInput />
            </FormField>
          </DeskForm>
        )}
      </Loaded>
    </DeskPage>
  )
}
