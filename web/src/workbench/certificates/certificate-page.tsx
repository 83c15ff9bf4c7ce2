import { Link } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  clauseLabel,
  Day,
  DecisionDialog,
  Facts,
  Group,
  Loaded,
  Masked,
  Nothing,
  Notice,
  Problem,
  RecordPage,
  StateOf,
  StateTag,
  useParam,
} from '../../ui/desk/index.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { CERTIFICATE_WORDS, CHANGE_WORDS } from './states.ts'

type Certificate = OutputOf<WorkbenchApi, 'certificates.read'>
type PublicAnswer = Certificate['publicNow']
type Kind = 'withdrawal' | 'reinstatement'

const REASONS: Record<Kind, { value: string; label: string; clause: string }[]> = {
  withdrawal: [
    { value: 'fraud', label: '查实代考、作弊或提供虚假材料', clause: 'HB-6.3' },
    { value: 'unqualified', label: '不符合申报条件', clause: 'HB-4.4' },
    { value: 'mistake', label: '颁发有误', clause: 'HB-6.3' },
    { value: 'other', label: '其他', clause: 'HB-6.3' },
  ],
  reinstatement: [
    { value: 'review', label: '复核后撤销理由不成立', clause: 'HB-6.3' },
    { value: 'other', label: '其他', clause: 'HB-6.3' },
  ],
}
const REGISTER: Record<string, string> = {
  issued: '颁发',
  corrected: '更正',
  withdrawn: '撤销',
  reinstated: '恢复',
}

export function CertificatePage() {
  const query = useApiQuery('certificates.read', { certificateId: useParam('id') })
  return <Loaded query={query}>{(one) => <CertificateRecord one={one} />}</Loaded>
}

function CertificateRecord({ one }: { one: Certificate }) {
  const [dialog, setDialog] = useState<Kind | 'correction' | null>(null)
  const decide = useCommand('certificates.decide-change', { alsoChanges: ['benefits'] })
  const open = one.changes.find((change) => change.decision === null)
  const close = () => setDialog(null)
  const { actions } = one
  return (
    <RecordPage
      back={{ to: '/certificates/issued', label: '证书管理' }}
      kind="专业技术等级证书"
      name={one.holderName}
      number={one.number}
      state={<StateOf state={one.state} of={CERTIFICATE_WORDS} />}
      next={open ? { what: `复核${CHANGE_WORDS[open.kind]}`, who: '提出人以外的第二人' } : undefined}
      acts={
        open ? (
          <>
            <ActButton
              act={actions.decide}
              main
              busy={decide.running}
              confirm={`同意${CHANGE_WORDS[open.kind]}后立即生效。公众将看到：${one.publicAfter[open.kind].sentence}`}
              onAct={() => decide.run({ changeId: open.id, decision: 'approved' })}
            >
              同意
            </ActButton>
            <ActButton
              act={actions.decide}
              busy={decide.running}
              confirm="证书保持现状，可重新提出。"
              onAct={() => decide.run({ changeId: open.id, decision: 'rejected' })}
            >
              不同意
            </ActButton>
          </>
        ) : (
          <>
            {one.state === 'issued' ? (
              <>
                <ActButton act={actions.correction} onAct={() => setDialog('correction')}>
                  更正
                </ActButton>
                <ActButton act={actions.withdrawal} grave onAct={() => setDialog('withdrawal')}>
                  撤销
                </ActButton>
              </>
            ) : null}
            {one.state === 'withdrawn' ? (
              <ActButton act={actions.reinstatement} onAct={() => setDialog('reinstatement')}>
                恢复
              </ActButton>
            ) : null}
          </>
        )
      }
      notice={
        <>
          {open ? (
            <Notice tone="waiting">
              {open.proposedByName}提出{CHANGE_WORDS[open.kind]}：{open.reason}（{clauseLabel(open.clause)}）
              {open.corrected?.holderName ? ` 姓名改为“${open.corrected.holderName}”。` : ''}
              {open.corrected?.direction ? ` 方向改为“${open.corrected.direction}”。` : ''}
            </Notice>
          ) : null}
          {one.state === 'issued' ? null : (
            <Notice tone="waiting">
              {one.changedOn} {CERTIFICATE_WORDS[one.state]?.[0]}：{one.reason}（
              {one.clause ? clauseLabel(one.clause) : ''}）
              {one.successorId ? (
                <>
                  {' '}
                  由 <Link to={`/certificates/issued/${one.successorId}`}>{one.successorNumber}</Link> 替代。
                </>
              ) : null}
            </Notice>
          )}
        </>
      }
      facts={[
        {
          title: '证书内容',
          rows: [
            ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
            ['职业', one.occupationName],
            ['方向', one.direction ?? '不分方向'],
            ['等级', one.level],
            ['评价机构', one.organisationName],
            ['发证日期', <Day key="on" on={one.issuedOn} />],
            ['谁负责', one.answers],
            one.supersedesId
              ? [
                  '更正自',
                  <Link key="from" to={`/certificates/issued/${one.supersedesId}`}>
                    {one.supersedesNumber}
                  </Link>,
                ]
              : undefined,
            [
              '成绩报送',
              <Link key="report" to={`/certificates/reports/${one.reportId}`}>
                查看
              </Link>,
            ],
          ],
        },
        {
          title: '可信',
          rows: [
            [
              '电子签名',
              one.signature.holds ? (
                <StateTag key="sig" tone="done">
                  有效
                </StateTag>
              ) : (
                <StateTag key="sig" tone="refused">
                  不符，请立即报告
                </StateTag>
              ),
            ],
            ['密钥', `${one.signature.algorithm} ${one.signature.keyId}`],
            ['公众查验', `${one.checks} 次`],
          ],
        },
      ]}
      documents={[
        { name: '证书.pdf', onOpen: () => openFile('certificates.pdf', { certificateId: one.id }) },
      ]}
      timeline={one.timeline}
    >
      <Group title="公众查验时看到">
        <PublicPreview answer={one.publicNow} />
      </Group>
      <Group title="登记簿">
        <ul>
          {one.register.map((entry) => (
            <li key={entry.position}>
              第 {entry.position} 条 {entry.enteredOn} {REGISTER[entry.kind]}{' '}
              <code title={entry.hash}>{entry.hash.slice(0, 16)}</code>
            </li>
          ))}
        </ul>
      </Group>
      <Group title="变更">
        {one.changes.length === 0 ? <p className="nothing">没有变更。</p> : null}
        <ul>
          {one.changes.map((change) => (
            <li key={change.id}>
              {change.proposedByName}提出{CHANGE_WORDS[change.kind]}：{change.reason}（
              {clauseLabel(change.clause)}）
              {change.decision
                ? ` → ${change.decidedByName}${change.decision === 'approved' ? '同意' : '不同意'}${change.decisionReason ? `：${change.decisionReason}` : ''}`
                : ' → 待复核'}
            </li>
          ))}
        </ul>
      </Group>
      {dialog === 'withdrawal' || dialog === 'reinstatement' ? (
        <ChangeDialog one={one} kind={dialog} onClose={close} />
      ) : null}
      <CorrectionDialog one={one} open={dialog === 'correction'} onClose={close} />
    </RecordPage>
  )
}

function PublicPreview({ answer }: { answer: PublicAnswer }) {
  const { certificate } = answer
  return (
    <>
      <p>
        <strong>{answer.sentence}</strong>
      </p>
      {certificate ? (
        <Facts
          rows={[
            ['证书', `${certificate.title} ${certificate.number}`],
            ['持证人', `${certificate.holder} ${certificate.idNumber}`],
            ['职业与等级', `${certificate.occupation} ${certificate.level}`],
            ['状态', certificate.stateName],
            ['谁负责', certificate.answers],
          ]}
        />
      ) : (
        <Nothing />
      )}
    </>
  )
}

function ChangeDialog({ one, kind, onClose }: { one: Certificate; kind: Kind; onClose: () => void }) {
  const propose = useCommand('certificates.propose-change', { inPlace: true, onDone: onClose })
  const verb = CHANGE_WORDS[kind] ?? ''
  const after = one.publicAfter[kind]
  return (
    <DecisionDialog
      open
      onClose={onClose}
      title={`提出${verb}证书`}
      verb={`提出${verb}`}
      reasons={REASONS[kind]}
      clause="HB-6.3"
      preview={({ words }) =>
        `第二人将看到：${verb}证书 ${one.number}，${words}\n\n公众查验时将看到：${after.sentence}\n${after.certificate?.title ?? ''} ${one.number}，${after.certificate?.stateName ?? ''}`
      }
      onDecide={({ words, clause }) =>
        propose.run({ certificateId: one.id, kind, reason: words, ...(clause ? { clause } : {}) })
      }
      problem={propose.problem}
      running={propose.running}
    />
  )
}

function CorrectionDialog({ one, open, onClose }: { one: Certificate; open: boolean; onClose: () => void }) {
  const propose = useCommand('certificates.propose-change', { inPlace: true, onDone: onClose })
  const [holderName, setHolderName] = useState(one.holderName)
  const [direction, setDirection] = useState(one.direction ?? '')
  const [reason, setReason] = useState('')
  const id = useId()
  const fields = [
    { key: 'name', label: '姓名', value: holderName, set: setHolderName },
    { key: 'direction', label: '方向（不分方向可留空）', value: direction, set: setDirection },
    { key: 'reason', label: '更正原因（不少于 5 个字）', value: reason, set: setReason },
  ]
  return (
    <Modal
      open={open}
      title="提出更正证书"
      okText="提出更正"
      cancelText="取消"
      okButtonProps={{ disabled: reason.trim().length < 5 || holderName.trim() === '' }}
      confirmLoading={propose.running}
      onCancel={onClose}
      onOk={() =>
        void propose.run({
          certificateId: one.id,
          kind: 'correction',
          reason: reason.trim(),
          corrected: { holderName: holderName.trim(), direction: direction.trim() || null },
        })
      }
    >
      <Problem problem={propose.problem} />
      <p>证书不能修改。更正由第二人复核，同意后以新编号颁发一份新证书，原证书标为“已更正”。</p>
      {fields.map((field) => (
        <p key={field.key}>
          <label htmlFor={`${id}-${field.key}`}>{field.label}</label>
          <Input
            id={`${id}-${field.key}`}
            maxLength={field.key === 'reason' ? 500 : 60}
            value={field.value}
            onChange={(event) => field.set(event.target.value)}
          />
        </p>
      ))}
      <section className="letter" aria-label="公众将看到">
        <p className="letter-label">更正后公众查验原证书时将看到</p>
        {one.publicAfter.correction.sentence}
      </section>
    </Modal>
  )
}
