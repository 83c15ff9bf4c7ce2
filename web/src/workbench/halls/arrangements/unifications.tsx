import { Checkbox, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { ActButton, ClauseTag, Group, Problem, StateTag } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { UNIFICATION_WORDS } from '../words.ts'
import type { Family } from './family-page.tsx'

type One = Family['unified'][number]

/** 五统一 as data: what is unified, on what it rests, settled or open. */
export function Unifications({ one }: { one: Family }) {
  const [editing, setEditing] = useState<One | null>(null)
  return (
    <Group title="五统一">
      <ol className="steps-list">
        {one.unified.map((each) => (
          <li key={each.key}>
            <StateTag tone={each.state === 'settled' ? 'done' : 'waiting'}>
              {each.state === 'settled' ? '已确定' : '未定'}
            </StateTag>
            <strong>{UNIFICATION_WORDS[each.key]}</strong>
            <span>
              {each.text || '还没有写明'}
              {each.source ? `（依据：${each.source}）` : ''} <ClauseTag id={each.clause} />{' '}
              {one.actions.settle?.allowed ? (
                <ActButton act={one.actions.settle} onAct={() => setEditing(each)}>
                  填写
                </ActButton>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {editing ? <EditDialog familyId={one.id} each={editing} onClose={() => setEditing(null)} /> : null}
    </Group>
  )
}

function EditDialog({ familyId, each, onClose }: { familyId: string; each: One; onClose: () => void }) {
  const settle = useCommand('halls.settle-unifications', { inPlace: true, onDone: onClose })
  const [text, setText] = useState(each.text)
  const [source, setSource] = useState(each.source)
  const [settled, setSettled] = useState(each.state === 'settled')
  const id = useId()
  return (
    <Modal
      open
      title={UNIFICATION_WORDS[each.key]}
      okText="保存"
      cancelText="取消"
      confirmLoading={settle.running}
      onCancel={onClose}
      onOk={() =>
        void settle.run({
          familyId,
          unified: [
            { ...each, text: text.trim(), source: source.trim(), state: settled ? 'settled' : 'open' },
          ],
        })
      }
    >
      <Problem problem={settle.problem} />
      <p>
        <label htmlFor={`${id}text`}>统一的内容</label>
        <Input.TextArea
          id={`${id}text`}
          rows={3}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </p>
      <p>
        <label htmlFor={`${id}source`}>依据（文件名称和文号）</label>
        <Input
          id={`${id}source`}
          maxLength={300}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
      </p>
      <Checkbox checked={settled} onChange={(event) => setSettled(event.target.checked)}>
        已确定
      </Checkbox>
    </Modal>
  )
}
