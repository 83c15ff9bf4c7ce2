import { App, Button, Upload } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { clientAt, type Place, REASONS } from './words.ts'

const COUNTS = [
  ['saved', '已补存'],
  ['same', '此前已保存'],
  ['conflict', '服务器有更新的版本，未采用'],
  ['late', '超过截止时间，只作证据'],
  ['refused', '不能作为答案，未采用'],
] as const

/** The invigilator carries in what a machine could not send: its answers are judged like any others. */
export function ImportSealed({ place, onClose }: { place: Omit<Place, 'part'>; onClose: () => void }) {
  const { modal } = App.useApp()
  const [file, setFile] = useState<File>()
  const send = useCommand('halls.import-sealed-export', {
    inPlace: true,
    onDone: ({ candidate, counts }) => {
      onClose()
      const said = COUNTS.filter(([name]) => counts[name] > 0)
      modal.success({
        title: `${candidate.name}（准考证号 ${candidate.ticketNumber}）`,
        content: said.map(([name, words]) => <p key={name}>{`${words} ${counts[name]} 处`}</p>),
        okText: '知道了',
      })
    },
  })
  return (
    <ActDialog
      title="导入密封答案"
      verb="导入"
      says="文件由考生机器导出，已加密，只有服务器能够打开。其中的答案与现在送达的一样处理：截止时间以后的不计入成绩。"
      usual={REASONS.import}
      ready={file !== undefined}
      problem={send.problem}
      running={send.running}
      onClose={onClose}
      onAct={(reason) => file && send.run({ ...place, reason, clientAt: clientAt() }, { file })}
    >
      <p className="act-label">
        <Upload
          accept=".json,application/json"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
          onRemove={() => setFile(undefined)}
        >
          <Button>选择密封答案文件</Button>
        </Upload>
      </p>
    </ActDialog>
  )
}
