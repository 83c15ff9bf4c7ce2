import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { portalClient } from '../../ui/clients.ts'
import { DeskForm, DeskPage, FormField } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'
import { ORGANISATION_KINDS } from './words.ts'

interface Values {
  kind: (typeof ORGANISATION_KINDS)[number]['value']
  name: string
  creditCode?: string
  provinceCode: string
  cityCode?: string
  address?: string
  contactName?: string
  contactPhone?: string
}

export function NewOrganisationPage() {
  const navigate = useNavigate()
  const regions = useQuery({
    queryKey: ['portal', 'people', 'regions'],
    queryFn: () => portalClient.read('people.list-regions'),
  })
  const [province, setProvince] = useState<string>()
  const cities = regions.data?.provinces.find((one) => one.code === province)?.cities ?? []
  const register = useCommand('people.register-organisation', { inPlace: true })
  return (
    <DeskPage
      title="登记单位"
      lead="登记后即可邀请其工作人员。类别、代码和地区以后不能修改。"
      back={{ to: '/people/organisations', label: '单位' }}
    >
      <DeskForm
        draftKey="organisation:new"
        command={register}
        submitLabel="登记"
        onValues={(values: Values) => setProvince(values.provinceCode)}
        toInput={(values: Values) => ({
          kind: values.kind,
          name: values.name,
          creditCode: values.creditCode?.trim().toUpperCase() ?? null,
          provinceCode: values.provinceCode,
          cityCode: values.cityCode ?? null,
          address: values.address ?? null,
          contactName: values.contactName ?? null,
          contactPhone: values.contactPhone ?? null,
        })}
        onDone={({ id }) => void navigate({ to: `/people/organisations/${id}` })}
      >
        <FormField name="kind" label="类别" required>
          <Select options={[...ORGANISATION_KINDS]} />
        </FormField>
        <FormField name="name" label="单位全称" required>
          <Input maxLength={100} />
        </FormField>
        <FormField name="creditCode" label="统一社会信用代码" help="18 位，末位为校验码。">
          <Input maxLength={18} />
        </FormField>
        <FormField name="provinceCode" label="省份" required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(regions.data?.provinces ?? []).map((one) => ({ value: one.code, label: one.name }))}
          />
        </FormField>
        <FormField name="cityCode" label="市州" help="省厅和国家办公室不填。">
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={cities.map((one) => ({ value: one.code, label: one.name }))}
          />
        </FormField>
        <FormField name="address" label="地址">
          <Input maxLength={200} />
        </FormField>
        <FormField name="contactName" label="联系人">
          <Input maxLength={30} />
        </FormField>
        <FormField name="contactPhone" label="联系电话">
          <Input maxLength={30} inputMode="tel" />
        </FormField>
      </DeskForm>
    </DeskPage>
  )
}
