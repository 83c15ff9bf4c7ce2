import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import type { InputOf, OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskForm, DeskPage, FormField, Loaded } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'

type Values = InputOf<WorkbenchApi, 'halls.register-site'>

export function NewSitePage() {
  const navigate = useNavigate()
  const choices = useApiQuery('halls.site-choices')
  const register = useCommand('halls.register-site', { inPlace: true })
  return (
    <DeskPage
      title="登记考点"
      back={{ to: '/halls/sites', label: '考点考场' }}
      lead="登记后再新增考场和考位。准考证上印考点名称和地址，请写考生找得到的地址。"
    >
      <Loaded query={choices}>
        {({ cities }) => (
          <DeskForm<Partial<Values>, Values, OutputOf<WorkbenchApi, 'halls.register-site'>>
            draftKey="site:new"
            initial={{}}
            command={register}
            submitLabel="登记考点"
            toInput={(values) => values as Values}
            onDone={({ id }) => void navigate({ to: `/halls/sites/${id}` })}
          >
            <FormField name="name" label="考点名称" required>
              <Input maxLength={80} />
            </FormField>
            <FormField name="cityCode" label="所在市州" required>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={cities.map((city) => ({ value: city.code, label: city.name }))}
              />
            </FormField>
            <FormField name="address" label="详细地址" required help="印在准考证上">
              <Input maxLength={200} />
            </FormField>
            <FormField name="contactName" label="联系人" required>
              <Input maxLength={40} />
            </FormField>
            <FormField name="contactPhone" label="联系电话" required help="考生在准考证页面能看到">
              <Input maxLength={20} inputMode="tel" />
            </FormField>
          </DeskForm>
        )}
      </Loaded>
    </DeskPage>
  )
}
