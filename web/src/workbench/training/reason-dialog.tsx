import { Input, Modal, Radio } from 'antd'
import { useId, useState } from 'react'
import { ClauseTag, Problem } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'
import type { ClassRecord } from './words.ts'

export type ReasonAct = 'withdraw-announcement' | 'cancel' | 'reopen' | 'review-name'

const ACTS: Record<ReasonAct, { title: string; verb: string; says: string; clause: string; grave: boolean }> =
  {
    'withdraw-announcement': {
      title: '撤回招生公告',
      verb: '撤回',
      says: '撤回后公众不再看到此公告，可修改后重新发布。',
      clause: 'HB-4.2',
      grave: true,
    },
    cancel: {
      title: '取消培训班',
      verb: '取消培训班',
      says: '取消后不能恢复，已报名和已录取的学员将看到您写的原因。',
      clause: 'HB-4.3',
      grave: true,
    },
    reopen: {
      title: '恢复培训',
      verb: '恢复培训',
      says: '撤回结业判定和未报送的培训报告，可补课、补考后重新办理结业。',
      clause: 'HB-4.3',
      grave: false,
    },
    'review-name': {
      title: '核查班级名称',
      verb: '提交结论',
      says: '培训机构不得以“合作”“联合”“联盟”等名义跨省开展培训。请核实后给出结论。',
      clause: 'HB-6.2',
      grave: false,
    },
  }

/** An act on a class that needs its reason written; the reason stands in the class's timeline. */
export function ReasonDialog(props: { act: ReasonAct | null; one: ClassRecord; onClose: () => void }) {
  return props.act ? <Asked {...props} act={props.act} key={props.act} /> : null
}

function Asked({ act, one, onClose }: { act: ReasonAct; one: ClassRecord; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [outcome, setOutcome] = useState<'cleared' | 'rejected'>('cleared')
  const options = { inPlace: true, onDone: onClose }
  const withdraw = useCommand('training.withdraw-announcement', options)
  const cancel = useCommand('training.cancel-class', options)
  const reopen = useCommand('training.reopen-class', options)
  const review = useCommand('training.review-class-name', options)
  const command = { 'withdraw-announcement': withdraw, cancel, reopen, 'review-name': review }[act]
  const spec = ACTS[act]
  const id = useId()
  const input = { classId: one.id, reason: reason.trim() }
  const send = () => (act === 'review-name' ? review.run({ ...input, outcome }) : command.run(input as never))
  return (
    <Modal
      open
      title={spec.title}
      okText={spec.verb}
      cancelText="返回"
      okButtonProps={{ danger: spec.grave, disabled: reason.trim().length < 2 }}
      confirmLoading={command.running}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <Problem problem={command.problem} />
      <p>
        {spec.says} <ClauseTag id={spec.clause} />
      </p>
      {act === 'review-name' ? (
        <Radio.Group
          value={outcome}
          onChange={(event) => setOutcome(event.target.value as 'cleared' | 'rejected')}
          options={[
            { value: 'cleared', label: '未发现跨省联合办班，可以招生' },
            { value: 'rejected', label: '不予通过' },
          ]}
        />
      ) : null}
      <p style={{ marginTop: 12 }}>
        <label htmlFor={id}>{act === 'review-name' ? '核查情况' : '原因'}</label>
      </p>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={500}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
