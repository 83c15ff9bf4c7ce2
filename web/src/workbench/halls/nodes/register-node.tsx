import { Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { Problem } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'

/** The secret is shown once: the dialog closes only when somebody says that it is written down. */
export function RegisterNode() {
  const [open, setOpen] = useState(false)
  const [siteId, setSiteId] = useState<string>()
  const [name, setName] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const id = useId()
  const sites = useApiQuery('halls.list-sites', { state: 'active', size: 100 })
  const register = useCommand('halls.register-node', {
    inPlace: true,
    onDone: (made) => setSecret(made.secret),
  })
  const close = () => {
    setOpen(false)
    setSecret(null)
    setName('')
  }
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        登记节点
      </Button>
      <Modal
        open={open}
        title={secret ? '节点密钥' : '登记节点'}
        okText={secret ? '已保存密钥' : '登记'}
        cancelText="返回"
        closable={!secret}
        cancelButtonProps={{ disabled: secret !== null }}
        okButtonProps={{ disabled: !secret && (!siteId || name.trim().length < 2) }}
        confirmLoading={register.running}
        onOk={() => (secret || !siteId ? close() : void register.run({ siteId, name: name.trim() }))}
        onCancel={close}
      >
        <Problem problem={register.problem} />
        {secret ? (
          <>
            <p>只显示这一次。请填入节点主机的配置，不要用邮件或聊天工具发送。</p>
            <Input.TextArea readOnly rows={4} value={secret} aria-label="节点密钥" />
          </>
        ) : (
          <>
            <p>
              <label htmlFor={`${id}-site`}>考点</label>
            </p>
            <Select
              id={`${id}-site`}
              style={{ width: '100%' }}
              value={siteId}
              onChange={setSiteId}
              options={(sites.data?.rows ?? []).map((site) => ({ value: site.id, label: site.name }))}
            />
            <p style={{ marginTop: 12 }}>
              <label htmlFor={`${id}-name`}>节点名称</label>
            </p>
            <Input
              id={`${id}-name`}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </>
        )}
      </Modal>
    </>
  )
}
