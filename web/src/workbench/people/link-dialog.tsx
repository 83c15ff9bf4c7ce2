import { Input, Modal } from 'antd'
import { useId } from 'react'

/** A link to set the password: shown once, handed over by the manager. */
export function LinkDialog(props: { name: string; link: string; onClose: () => void }) {
  const id = useId()
  return (
    <Modal
      open
      title={`请把链接交给${props.name}`}
      okText="已交给本人"
      onOk={props.onClose}
      onCancel={props.onClose}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <p>本人用此链接设置密码，7 天内有效，只能用一次。链接只在这里显示一次。</p>
      <p>
        <label htmlFor={id}>设置密码的链接</label>
      </p>
      <Input.TextArea
        id={id}
        readOnly
        autoSize
        value={props.link}
        onFocus={(event) => event.target.select()}
      />
    </Modal>
  )
}
