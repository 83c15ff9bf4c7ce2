import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { DeskForm, FormField } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'

type Organisation = OutputOf<WorkbenchApi, 'people.my-organisation'>
interface Values {
  name: string
  address?: string
  contactName?: string
  contactPhone?: string
}

/** What of an organisation may change: address and contact; the name only for the administrator. */
export function OrganisationForm(props: {
  organisation: Organisation
  mayRename: boolean
  onDone: () => void
  beside?: ReactNode
}) {
  const { organisation } = props
  const change = useCommand('people.change-organisation', { inPlace: true, onDone: props.onDone })
  const initial: Values = {
    name: organisation.name,
    ...(organisation.address ? { address: organisation.address } : {}),
    ...(organisation.contactName ? { contactName: organisation.contactName } : {}),
    ...(organisation.contactPhone ? { contactPhone: organisation.contactPhone } : {}),
  }
  return (
    <DeskForm
      draftKey={`organisation:${organisation.id}`}
      initial={initial}
      command={change}
      submitLabel="保存"
      besideSubmit={props.beside}
      toInput={(values: Values) => ({
        id: organisation.id,
        name: values.name,
        address: values.address ?? null,
        contactName: values.contactName ?? null,
        contactPhone: values.contactPhone ?? null,
      })}
    >
      <FormField
        name="name"
        label="单位名称"
        required
        {...(props.mayRename ? {} : { help: '名称由平台管理员维护。更名请携登记证书联系平台管理员。' })}
      >
        <Input maxLength={100} disabled={!props.mayRename} />
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
  )
}
