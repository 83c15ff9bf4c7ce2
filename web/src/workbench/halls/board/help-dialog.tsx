import { Modal } from 'antd'
import type { Board } from './words.ts'

const KEYS = [
  ['方向键', '在考位之间移动；行首、行尾用 Home、End'],
  ['回车', '打开考位：两张照片、情况、处置'],
  ['M', '向当前考位的考生发送提示'],
  ['S', '立即重新排序'],
  ['/', '搜索考位、姓名或准考证号；回车到第一个'],
  ['Esc', '关闭打开的一层'],
  ['?', '打开本说明'],
] as const

export function HelpDialog({
  thresholds,
  onClose,
}: {
  thresholds: Board['thresholds']
  onClose: () => void
}) {
  const { notice, warning, urgent } = thresholds
  return (
    <Modal open title="监考台说明" footer={null} onCancel={onClose}>
      <p>
        考位按最急在前排列，每 3 秒最多重排一次；鼠标或焦点在考位上时不动。答题中的考生 {notice}{' '}
        秒没有消息为“留意”，
        {warning} 秒为“警示”，{urgent} 秒为“紧急”。只有新出现的“紧急”才发声。
      </p>
      <p>延长时间、终止考试、认定违纪须由第二名监考员同意；待同意的事项显示在考位上方。</p>
      <table className="data-table">
        <thead>
          <tr>
            <th>按键</th>
            <th>作用</th>
          </tr>
        </thead>
        <tbody>
          {KEYS.map(([key, words]) => (
            <tr key={key}>
              <td>{key}</td>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
