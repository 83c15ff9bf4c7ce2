import { Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { ActButton, Group, Problem, StateTag } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import type { Arrangement } from './arrangement-page.tsx'

type Need = Arrangement['accommodations'][number]

/** More time or an accessible seat, proposed by one person and decided by another. */
export function Accommodations(props: { one: Arrangement; proposing: boolean; onClose: () => void }) {
  const { one } = props
  const [deciding, setDeciding] = useState<{ need: Need; approve: boolean } | null>(null)
  const decide = useCommand('halls.decide-accommodation', { inPlace: true, onDone: () => setDeciding(null) })
  return (
    <>
      {one.accommodations.length > 0 ? (
        <Group title="便利安排">
          <ul className="steps-list">
            {one.accommodations.map((need) => (
              <li key={need.id}>
                <Decision need={need} />
                <strong>{need.personName}</strong>
                <div>
                  <p>
                    {wordsOf(need)}　<span className="num">{need.ticketNumber}</span>
                  </p>
                  <p>
                    {need.reason}（{need.proposedByName}提出
                    {need.decidedByName ? `，${need.decidedByName}决定` : ''}）
                  </p>
                  {need.mayDecide ? (
                    <p className="act-stack">
                      <ActButton act={need.mayDecide} onAct={() => setDeciding({ need, approve: true })}>
                        批准
                      </ActButton>
                      {need.mayDecide.allowed ? (
                        <ActButton
                          act={need.mayDecide}
                          grave
                          onAct={() => setDeciding({ need, approve: false })}
                        >
                          不予批准
                        </ActButton>
                      ) : null}
                    </p>
                  ) : null}
                </div>
              </li>
            ))}
          </ul>
        </Group>
      ) : null}
      {props.proposing ? <ProposeDialog one={one} onClose={props.onClose} /> : null}
      {deciding ? (
        <ReasonDialog
          title={deciding.approve ? '批准便利安排' : '不予批准便利安排'}
          verb={deciding.approve ? '批准' : '不予批准'}
          says={`${deciding.need.personName}：${deciding.need.reason}`}
          grave={!deciding.approve}
          problem={decide.problem}
          running={decide.running}
          onAct={(reason) =>
            decide.run({ accommodationId: deciding.need.id, approve: deciding.approve, reason })
          }
          onClose={() => setDeciding(null)}
        />
      ) : null}
    </>
  )
}

function wordsOf(need: Need): string {
  const minutes = need.extraMinutes > 0 ? `延长 ${need.extraMinutes} 分钟` : ''
  return [minutes, need.accessibleSeat ? '无障碍考位' : ''].filter(Boolean).join('，')
}

function Decision({ need }: { need: Need }) {
  if (need.decision === null) return <StateTag tone="waiting">待决定</StateTag>
  return need.decision === 'approved' ? (
    <StateTag tone="done">已批准</StateTag>
  ) : (
    <StateTag tone="refused">不予批准</StateTag>
  )
}

function ProposeDialog({ one, onClose }: { one: Arrangement; onClose: () => void }) {
  const [q, setQ] = useState('')
  const found = useApiQuery('halls.list-seated', { sittingId: one.sittingId, size: 50, ...(q ? { q } : {}) })
  const propose = useCommand('halls.propose-accommodation', { inPlace: true, onDone: onClose })
  const [candidateId, setCandidate] = useState<string>()
  const [extraMinutes, setMinutes] = useState(0)
  const [accessibleSeat, setAccessible] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const ready = candidateId && reason.trim().length >= 2 && (extraMinutes > 0 || accessibleSeat)
  return (
    <Modal
      open
      title="提出便利安排"
      okText="提出"
      cancelText="取消"
      okButtonProps={{ disabled: !ready }}
      confirmLoading={propose.running}
      onCancel={onClose}
      onOk={() =>
        void propose.run({
          sittingId: one.sittingId,
          candidateId: candidateId as string,
          extraMinutes,
          accessibleSeat,
          reason: reason.trim(),
        })
      }
    >
      <Problem problem={propose.problem} />
      <p>须由本机构另一位管理员决定后才有效；时间对两科都延长。</p>
      <p>
        <label htmlFor={`${id}who`}>考生</label>
        <Select
          id={`${id}who`}
          style={{ width: '100%' }}
          showSearch={{ filterOption: false, onSearch: setQ }}
          placeholder="输入姓名或准考证号查找"
          {...(candidateId ? { value: candidateId } : {})}
          options={(found.data?.rows ?? []).map((row) => ({
            value: row.candidateId,
            label: `${row.personName} ${row.ticketNumber}`,
          }))}
          onChange={setCandidate}
        />
      </p>
      <p>
        <label htmlFor={`${id}minutes`}>延长分钟数</label>{' '}
        <InputNumber
          id={`${id}minutes`}
          min={0}
          max={240}
          precision={0}
          value={extraMinutes}
          onChange={(to) => setMinutes(to ?? 0)}
        />
      </p>
      <p>
        <Checkbox
          checked={accessibleSeat}
          disabled={one.registrationClosedAt !== null}
          onChange={(event) => setAccessible(event.target.checked)}
        >
          需要无障碍考位{one.registrationClosedAt ? '（名单已锁定，不能再提）' : ''}
        </Checkbox>
      </p>
      <p>
        <label htmlFor={`${id}reason`}>理由和凭证</label>
        <Input.TextArea
          id={`${id}reason`}
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
    </Modal>
  )
}
