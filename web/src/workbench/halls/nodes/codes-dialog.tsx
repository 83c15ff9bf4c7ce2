import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { Problem } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { PART_WORDS } from '../words.ts'

/** Letters and digits of a code, without hyphens. */
const CODE_LENGTH = 16
const whole = (code: string) => code.replaceAll(/[^A-Za-z2-9]/g, '').length === CODE_LENGTH

/** Two custodians type their codes, each unseen by the other; together they open the papers of a part. */
export function CodesDialog(props: {
  packageId: string
  part: keyof typeof PART_WORDS
  onClose: () => void
}) {
  const { packageId, part, onClose } = props
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const open = useCommand('halls.open-papers-by-codes', { inPlace: true, onDone: onClose })
  const id = useId()
  const field = (label: string, value: string, onChange: (value: string) => void) => (
    <p>
      <label htmlFor={`${id}-${label}`}>{label}</label>
      <Input.Password
        id={`${id}-${label}`}
        autoComplete="off"
        maxLength={30}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </p>
  )
  return (
    <Modal
      open
      title={`解封${PART_WORDS[part]}试卷`}
      okText="解封试卷"
      cancelText="返回"
      okButtonProps={{ disabled: !whole(first) || !whole(second) }}
      confirmLoading={open.running}
      onOk={() => void open.run({ packageId, part, firstCode: first.trim(), secondCode: second.trim() })}
      onCancel={onClose}
    >
      <Problem problem={open.problem} />
      <p>只在连不上省平台时使用。两名保管人各自输入自己的保管码，先后不限；解封会留下记录。</p>
      {field('第一个保管码', first, setFirst)}
      {field('第二个保管码', second, setSecond)}
    </Modal>
  )
}
