import { Button, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { Problem } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'

type Codes = OutputOf<WorkbenchApi, 'halls.issue-bind-codes'>

/** A browser keeps its binding by address: at the node's address the machines of the hall are bound anew. */
export function BindMachines({ hallId }: { hallId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>绑定考位机器</Button>
      {open ? <BindDialog hallId={hallId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function BindDialog({ hallId, onClose }: { hallId: string; onClose: () => void }) {
  const [chosen, setChosen] = useState<string[]>([])
  const [codes, setCodes] = useState<Codes | null>(null)
  const hall = useApiQuery('halls.read-hall', { hallId })
  const issue = useCommand('halls.issue-bind-codes', { inPlace: true, onDone: setCodes })
  const id = useId()
  const seats = (hall.data?.seats ?? []).filter((seat) => seat.state !== 'broken')
  const seatIds = chosen.length > 0 ? chosen : seats.map((seat) => seat.id)
  if (codes)
    return (
      <Modal
        open
        title="机器绑定码"
        width={720}
        onCancel={onClose}
        footer={[
          <Button key="print" onClick={() => window.print()}>
            打印
          </Button>,
          <Button key="done" type="primary" onClick={onClose}>
            已抄送完毕
          </Button>,
        ]}
      >
        <p>在对应机器的考试页面输入。绑定码只显示这一次，12 小时内有效。</p>
        <ul className="codes">
          {codes.codes.map((each) => (
            <li key={each.label}>
              {each.label}（{each.machine}）
              <strong className="hash">{each.code.replace(/(.{4})/, '$1 ')}</strong>
            </li>
          ))}
        </ul>
      </Modal>
    )
  return (
    <Modal
      open
      title="绑定考位机器"
      okText="发放绑定码"
      cancelText="返回"
      okButtonProps={{ disabled: seatIds.length === 0 }}
      confirmLoading={issue.running}
      onOk={() => void issue.run({ hallId, seatIds })}
      onCancel={onClose}
    >
      <Problem problem={issue.problem} />
      <p>
        机器在省平台的绑定只在省平台的地址有效，到本节点须重新绑定。每个考位发一个一次性绑定码，以前没用的码作废。
      </p>
      <p>
        <label htmlFor={id}>考位（不选为全部）</label>
      </p>
      <Select
        id={id}
        mode="multiple"
        style={{ width: '100%' }}
        value={chosen}
        onChange={setChosen}
        optionFilterProp="label"
        options={seats.map((seat) => ({ value: seat.id, label: `${seat.label} 号` }))}
      />
    </Modal>
  )
}
