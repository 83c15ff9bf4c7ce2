import { Button, Checkbox, Input, Modal, Table } from 'antd'
import { useId, useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { Notice, Problem } from '../../../ui/desk/index.ts'
import { score } from '../../../ui/format.ts'
import { useCommand } from '../../api.ts'
import { KIND_WORDS } from './words.ts'

type Key = InputOf<WorkbenchApi, 'halls.propose-key-change'>['key']
type Item = OutputOf<WorkbenchApi, 'halls.read-paper-keys'>['items'][number]
type Change = OutputOf<WorkbenchApi, 'halls.read-papers'>['papers'][number]['actions']['changeKey']

/** Items beside their keys, after the purpose was written; from here a wrong key is put up for change. */
export function KeysDialog(props: {
  paperId: string
  /** Whether a key may be put up for change; a reason other than 还没有阅卷 is told. */
  change: Change | null
  joint?: boolean
  onClose: () => void
}) {
  const { change } = props
  const shown = { inPlace: true, onDone: (answer: { items: Item[] }) => setItems(answer.items) }
  const own = useCommand('halls.read-paper-keys', shown)
  const joint = useCommand('halls.read-joint-paper-keys', shown)
  const look = props.joint ? joint : own
  const [purpose, setPurpose] = useState('')
  const [items, setItems] = useState<Item[] | null>(null)
  const [changing, setChanging] = useState<Item | null>(null)
  const id = useId()
  return (
    <Modal open title="试题答案" width={900} footer={null} onCancel={props.onClose}>
      <Problem problem={look.problem} />
      {items === null ? (
        <>
          <p>查看答案会留下记录。</p>
          <p>
            <label htmlFor={id}>用途</label>
          </p>
          <Input
            id={id}
            value={purpose}
            maxLength={500}
            placeholder="例如：复核试卷"
            onChange={(event) => setPurpose(event.target.value)}
          />
          <p style={{ marginTop: 12 }}>
            <Button
              type="primary"
              disabled={purpose.trim().length < 2}
              loading={look.running}
              onClick={() => void look.run({ paperId: props.paperId, purpose: purpose.trim() })}
            >
              查看答案
            </Button>
          </p>
        </>
      ) : (
        <>
          {change && !change.allowed && change.because.code !== 'NOT_SCORED_YET' ? (
            <Notice>{change.because.message}</Notice>
          ) : null}
          <Table<Item>
            size="small"
            rowKey="number"
            dataSource={items}
            pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: '题号', dataIndex: 'number', width: 60 },
              { title: '题型', width: 80, render: (_, one) => KIND_WORDS[one.kind] },
              { title: '题干', dataIndex: 'stem' },
              { title: '答案', dataIndex: 'answer', width: 180 },
              { title: '分值', width: 70, render: (_, one) => score(one.scoreTenths) },
              ...(change?.allowed
                ? [
                    {
                      title: '更正',
                      width: 110,
                      render: (_: unknown, one: Item) => (
                        <Button size="small" onClick={() => setChanging(one)}>
                          更正答案
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
      {changing ? (
        <ChangeKey
          paperId={props.paperId}
          joint={props.joint ?? false}
          item={changing}
          onClose={() => setChanging(null)}
          onDone={props.onClose}
        />
      ) : null}
    </Modal>
  )
}

function ChangeKey(props: {
  paperId: string
  joint: boolean
  item: Item
  onClose: () => void
  onDone: () => void
}) {
  const then = { inPlace: true, onDone: props.onDone }
  const own = useCommand('halls.propose-key-change', then)
  const joint = useCommand('halls.propose-joint-key-change', then)
  const propose = props.joint ? joint : own
  const [text, setText] = useState('')
  const [voided, setVoided] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const { item } = props
  const key = voided ? ({ void: true } as const) : keyOf(item.kind, text)
  return (
    <Modal
      open
      title={`更正第 ${item.number} 题的答案`}
      okText="提出更正"
      cancelText="返回"
      okButtonProps={{ disabled: !key || reason.trim().length < 2 }}
      confirmLoading={propose.running}
      onOk={() =>
        key && void propose.run({ paperId: props.paperId, number: item.number, key, reason: reason.trim() })
      }
      onCancel={props.onClose}
    >
      <Problem problem={propose.problem} />
      <p>
        现答案：{item.answer}。
        {props.joint
          ? '由省厅第二人复核后，取用这份试卷的全部场次一并按新答案重新计分，结果逐场列出。'
          : '由第二人复核后重新计分，成绩有变化的考生逐一列出。'}
      </p>
      <p>
        <Checkbox checked={voided} onChange={(event) => setVoided(event.target.checked)}>
          试题有误，本题作废，全体给分
        </Checkbox>
      </p>
      {voided ? null : (
        <>
          <p>
            <label htmlFor={`${id}key`}>新答案</label>
          </p>
          <Input
            id={`${id}key`}
            value={text}
            placeholder={HINTS[item.kind] ?? ''}
            onChange={(event) => setText(event.target.value)}
          />
        </>
      )}
      <p style={{ marginTop: 12 }}>
        <label htmlFor={`${id}reason`}>理由</label>
      </p>
      <Input.TextArea
        id={`${id}reason`}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}

const HINTS: Partial<Record<Item['kind'], string>> = {
  single: '选项字母；有几个都对的写在一起，如 AC',
  multiple: '选项字母，如 ACD',
  judgement: '正确 或 错误',
  fill: '各空用分号分开，同一空的可接受答案用竖线分开',
}

/** As in the import's sheet; the server says what does not fit. */
function keyOf(kind: Item['kind'], text: string): Key | undefined {
  const written = text.trim()
  if (written === '') return undefined
  if (kind === 'judgement') return written === '正确' || written === '错误' ? { judged: written } : undefined
  if (kind === 'fill')
    return { blanks: written.split(/[;；]/).map((blank) => blank.split(/[|｜]/).map((one) => one.trim())) }
  const letters = [...written.toUpperCase().replace(/[^A-Z]/g, '')]
  return letters.length > 0 ? { letters } : undefined
}
