import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Problem } from '../../ui/desk/index.ts'
import { useApiQuery, useApiQueryWhen, useCommand } from '../api.ts'
import { LinkDialog } from './link-dialog.tsx'
import { STAFF_ROLES } from './words.ts'

type Role = (typeof STAFF_ROLES)[number]['value']
interface Values {
  organisationId: string
  role: Role
  name: string
  username: string
}

/** Invites somebody into the own organisation; the administrator chooses the organisation first. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const [invited, setInvited] = useState<{ name: string; link: string } | null>(null)
  const me = useApiQuery('people.me')
  const isAdministrator = me.data?.permissions.includes('people.register-organisation') ?? false
  const [search, setSearch] = useState('')
  const organisations = useApiQueryWhen(
    'people.list-organisations',
    isAdministrator ? { q: search, size: 50 } : undefined,
  )
  const invite = useCommand('people.invite-staff', { inPlace: true })
  const submit = async (values: Values) => {
    const answer = await invite.run({
      ...values,
      organisationId: values.organisationId ?? me.data?.acting.organisationId ?? '',
    })
    if (!answer) return
    if (answer.link) setInvited({ name: values.name, link: answer.link })
    else onClose()
  }
  if (invited) return <LinkDialog {...invited} onClose={onClose} />
  return (
    <Modal
      open
      title="邀请工作人员"
      okText="邀请"
      cancelText="取消"
      confirmLoading={invite.running}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Problem problem={invite.problem} />
      <Form<Values> form={form} layout="vertical" onFinish={(values) => void submit(values)}>
        {isAdministrator ? (
          <Form.Item name="organisationId" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
            <Select
              showSearch={{ filterOption: false, onSearch: setSearch }}
              placeholder="输入名称查找"
              options={(organisations.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
        ) : null}
        <Form.Item name="role" label="身份" rules={[{ required: true, message: '请选择身份' }]}>
          <Select options={[...STAFF_ROLES]} />
        </Form.Item>
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item
          name="username"
          label="账号"
          extra="3 至 30 位字母、数字、点、横线，以字母开头。已有账号的填原账号，即增加一个身份。"
          rules={[{ required: true, message: '请填写账号' }]}
        >
          <Input maxLength={30} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
