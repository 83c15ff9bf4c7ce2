import { Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  ClauseTag,
  Day,
  Group,
  Instant,
  Loaded,
  Masked,
  Notice,
  Problem,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { CERTIFICATE_WORDS, subject } from './words.ts'

type Certificate = OutputOf<WorkbenchApi, 'training.read-certificate'>

/** One training certificate: who answers for it, what was changed by whom, and the second person's decision. */
export function CertificatePage() {
  const query = useApiQuery('training.read-certificate', { certificateId: useParam('id') })
  return <Loaded query={query}>{(one) => <CertificateView one={one} />}</Loaded>
}

function CertificateView({ one }: { one: Certificate }) {
  const [proposing, setProposing] = useState(false)
  const [rejecting, setRejecting] = useState(false)
  const decide = useCommand('training.decide-certificate-change')
  const pending = one.changes.find((change) => change.decision === null)
  const kind = pending?.kind === 'correction' ? '更正' : '撤销'
  return (
    <RecordPage
      back={{ to: '/training/certificates', label: '培训合格证书' }}
      kind="培训合格证书"
      name={one.holderName}
      number={one.number}
      state={<StateOf state={one.state} of={CERTIFICATE_WORDS} />}
      next={
        pending
          ? { what: `复核${kind}申请`, who: `${one.organisationName}另一位管理员或主管部门` }
          : undefined
      }
      acts={
        pending ? (
          <>
            <ActButton
              act={one.actions.decide}
              main
              busy={decide.running}
              confirm={
                pending.kind === 'correction'
                  ? '同意后原证书停用，另发新证书，两份证书的记录都保留。'
                  : '同意后证书不再有效，查询时显示已撤销。'
              }
              onAct={() => decide.run({ changeId: pending.id, decision: 'approved' })}
            >
              {pending.kind === 'correction' ? '同意更正' : '同意撤销'}
            </ActButton>
            {one.actions.decide?.allowed ? (
              <ActButton act={one.actions.decide} onAct={() => setRejecting(true)}>
                不同意
              </ActButton>
            ) : null}
          </>
        ) : (
          <ActButton
            act={one.state === 'issued' ? one.actions.propose : undefined}
            onAct={() => setProposing(true)}
          >
            更正或撤销
          </ActButton>
        )
      }
      notice={
        one.state === 'issued' ? null : (
          <Notice tone="waiting">
            {one.changedOn}{' '}
            {one.state === 'corrected' ? `已更正，由 ${one.successorNumber ?? ''} 替代` : '已撤销'}：
            {one.reason}
          </Notice>
        )
      }
      facts={[
        {
          title: '证书内容',
          rows: [
            ['姓名', one.holderName],
            ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
            ['职业等级', subject(one)],
            ['培训日期', `${one.startsOn} 至 ${one.endsOn}`],
            [
              '学时',
              `${one.hours.total}（理论 ${one.hours.theory}、实操 ${one.hours.practice}；线上 ${one.hours.online}、线下 ${one.hours.offline}）`,
            ],
            ['颁发机构', one.organisationName],
            ['颁发日期', <Day key="on" on={one.issuedOn} />],
            one.supersedesNumber ? ['更正并替代', one.supersedesNumber] : undefined,
          ],
        },
      ]}
      documents={[
        {
          name: '培训合格证书.pdf',
          onOpen: () => openFile('training.certificate-pdf', { certificateId: one.id }),
        },
      ]}
      timeline={one.timeline}
    >
      {one.changes.length > 0 ? (
        <Group title="更正和撤销">
          <ul>
            {one.changes.map((change) => (
              <li key={change.id}>
                <Instant at={change.proposedAt} /> {change.proposedByName} 提出
                {change.kind === 'correction' ? '更正' : '撤销'}：{change.reason}
                {change.corrected?.holderName ? `（姓名改为 ${change.corrected.holderName}）` : ''}
                {change.corrected?.direction !== undefined
                  ? `（方向改为 ${change.corrected.direction ?? '无'}）`
                  : ''}
                ；
                {change.decision === null
                  ? '待复核'
                  : `${change.decidedByName} ${change.decision === 'approved' ? '同意' : `不同意：${change.decisionReason ?? ''}`}`}
              </li>
            ))}
          </ul>
        </Group>
      ) : null}
      {proposing ? <ProposeDialog one={one} onClose={() => setProposing(false)} /> : null}
      {rejecting && pending ? (
        <RejectDialog changeId={pending.id} onClose={() => setRejecting(false)} />
      ) : null}
    </RecordPage>
  )
}

function ProposeDialog({ one, onClose }: { one: Certificate; onClose: () => void }) {
  const [kind, setKind] = useState<'correction' | 'withdrawal'>('correction')
  const [holderName, setHolderName] = useState(one.holderName)
  const [direction, setDirection] = useState(one.direction ?? '')
  const [reason, setReason] = useState('')
  const propose = useCommand('training.propose-certificate-change', { inPlace: true, onDone: onClose })
  const input: InputOf<WorkbenchApi, 'training.propose-certificate-change'> =
    kind === 'withdrawal'
      ? { certificateId: one.id, kind, reason: reason.trim() }
      : {
          certificateId: one.id,
          kind,
          reason: reason.trim(),
          corrected: { holderName: holderName.trim(), direction: direction.trim() || null },
        }
  return (
    <Modal
      open
      title="更正或撤销证书"
      okText="提交复核"
      cancelText="返回"
      okButtonProps={{ danger: kind === 'withdrawal', disabled: reason.trim().length < 2 }}
      confirmLoading={propose.running}
      onOk={() => void propose.run(input)}
      onCancel={onClose}
    >
      <Problem problem={propose.problem} />
      <p>
        提交后由另一人复核，复核同意前原证书仍然有效。 <ClauseTag id="HB-6.3" />
      </p>
      <Radio.Group
        value={kind}
        onChange={(event) => setKind(event.target.value as 'correction' | 'withdrawal')}
        options={[
          { value: 'correction', label: '更正' },
          { value: 'withdrawal', label: '撤销' },
        ]}
      />
      {kind === 'correction' ? (
        <>
          <p style={{ marginTop: 12 }}>
            <label htmlFor="corrected-name">姓名</label>
          </p>
          <Input
            id="corrected-name"
            maxLength={60}
            value={holderName}
            onChange={(event) => setHolderName(event.target.value)}
          />
          <p style={{ marginTop: 12 }}>
            <label htmlFor="corrected-direction">方向</label>
          </p>
          <Input
            id="corrected-direction"
            maxLength={60}
            value={direction}
            onChange={(event) => setDirection(event.target.value)}
          />
        </>
      ) : null}
      <p style={{ marginTop: 12 }}>
        <label htmlFor="change-reason">原因</label>
      </p>
      <Input.TextArea
        id="change-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}

function RejectDialog({ changeId, onClose }: { changeId: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const decide = useCommand('training.decide-certificate-change', { inPlace: true, onDone: onClose })
  return (
    <Modal
      open
      title="不同意更正或撤销"
      okText="不同意"
      cancelText="返回"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      confirmLoading={decide.running}
      onOk={() => void decide.run({ changeId, decision: 'rejected', reason: reason.trim() })}
      onCancel={onClose}
    >
      <Problem problem={decide.problem} />
      <label htmlFor="reject-reason">理由</label>
      <Input.TextArea
        id="reject-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
