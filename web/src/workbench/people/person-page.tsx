import { Button, DatePicker, Form, Input, Modal } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  DeskPage,
  Group,
  Instant,
  Masked,
  Problem,
  RecordPage,
  StateTag,
  useParam,
} from '../../ui/desk/index.ts'
import './people.css'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { ReasonDialog } from './reason-dialog.tsx'

type Card = OutputOf<WorkbenchApi, 'people.read-person'>
type Fact = Card['facts'][number]

const PURPOSES = ['资格确认', '备案和报送核对', '证书更正核对', '日常检查', '投诉举报核查']
const BACK = { to: '/people/persons', label: '人员' }

/** A person's card opens only for a stated purpose; the purpose stands in the person's own timeline. */
export function PersonPage() {
  const personId = useParam('id')
  const [purpose, setPurpose] = useState('')
  const reading = useCommand('people.read-person', { inPlace: true, onDone: (card) => setCard(card) })
  const [card, setCard] = useState<Card | null>(null)
  const open = () => void reading.run({ personId, purpose: purpose.trim() })
  if (card) return <PersonCard card={card} purpose={purpose.trim()} onChanged={open} />
  return (
    <DeskPage
      title="查看人员资料"
      lead="请先说明用途。用途和您的姓名会记入此人的办理经过，本人可以看到。"
      back={BACK}
    >
      <Problem problem={reading.problem} />
      <Form layout="vertical" className="form" onFinish={open}>
        <Form.Item label="查看用途" htmlFor="purpose">
          <Input
            id="purpose"
            value={purpose}
            maxLength={100}
            onChange={(event) => setPurpose(event.target.value)}
          />
        </Form.Item>
        <p>
          常用：
          {PURPOSES.map((one) => (
            <Button key={one} type="link" size="small" onClick={() => setPurpose(one)}>
              {one}
            </Button>
          ))}
        </p>
        <div className="form-foot">
          <Button
            type="primary"
            htmlType="submit"
            loading={reading.running}
            disabled={purpose.trim().length < 2}
          >
            查看
          </Button>
        </div>
      </Form>
    </DeskPage>
  )
}

function PersonCard(props: { card: Card; purpose: string; onChanged: () => void }) {
  const { card } = props
  return (
    <RecordPage
      back={BACK}
      kind="人员"
      name={card.name}
      state={
        card.verifiedAt ? (
          <StateTag tone="done">已实名</StateTag>
        ) : (
          <StateTag tone="waiting">未实名核验</StateTag>
        )
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['证件', card.documentType],
            ['证件号码', <IdNumber key="number" card={card} purpose={props.purpose} />],
            ['性别', card.sex ?? '未登记'],
            ['出生日期', card.birthOn],
            ['手机', <Masked key="phone" number={card.phoneMasked} />],
            ['实名核验', card.verifiedBy ?? '尚未核验'],
            ['核验时间', <Instant key="at" at={card.verifiedAt} />],
          ],
        },
      ]}
      timeline={card.timeline}
    >
      <Group title="个人资料">
        {card.facts.length === 0 ? <p className="nothing">本人还没有填写资料。</p> : null}
        <ul className="person-facts">
          {card.facts.map((fact) => (
            <FactRow key={fact.id} fact={fact} onChanged={props.onChanged} />
          ))}
        </ul>
      </Group>
    </RecordPage>
  )
}

function IdNumber({ card, purpose }: { card: Card; purpose: string }) {
  const me = useApiQuery('people.me')
  const [number, setNumber] = useState<string | null>(null)
  const reading = useCommand('people.read-id-number', { onDone: (answer) => setNumber(answer.idNumber) })
  if (number) return <span className="num">{number}</span>
  return (
    <>
      <Masked number={card.maskedIdNumber} />{' '}
      {me.data?.permissions.includes('people.read-id-number') ? (
        <Button
          type="link"
          size="small"
          loading={reading.running}
          onClick={() => void reading.run({ personId: card.id, purpose })}
        >
          显示完整号码（留下记录）
        </Button>
      ) : null}
    </>
  )
}

const TONES = { 自述: 'idle', 已上传: 'waiting', 已核验: 'done', 已过期: 'refused' } as const

function FactRow({ fact, onChanged }: { fact: Fact; onChanged: () => void }) {
  const me = useApiQuery('people.me')
  const mayVerify = me.data?.permissions.includes('people.verify-facts') ?? false
  const [revoking, setRevoking] = useState(false)
  const [verifying, setVerifying] = useState(false)
  const [until, setUntil] = useState<Dayjs | null>(null)
  const verify = useCommand('people.verify-fact', {
    inPlace: true,
    onDone: () => {
      setVerifying(false)
      onChanged()
    },
  })
  const revoke = useCommand('people.revoke-verification', {
    inPlace: true,
    onDone: () => {
      setRevoking(false)
      onChanged()
    },
  })
  return (
    <li>
      <p>
        <strong>{fact.kindTitle}</strong> <StateTag tone={TONES[fact.proof]}>{fact.proof}</StateTag>
      </p>
      <p>{fact.none ? '本人填写：没有' : said(fact)}</p>
      {fact.verifiedBy ? <p className="nothing">由 {fact.verifiedBy} 核验</p> : null}
      <div className="person-fact-acts">
        {fact.hasPaper ? (
          <Button onClick={() => void openFile('people.open-paper', { factId: fact.id })}>看证明材料</Button>
        ) : null}
        {mayVerify && fact.proof === '已核验' ? (
          <Button onClick={() => setRevoking(true)}>撤销核验</Button>
        ) : null}
        {mayVerify && fact.proof !== '已核验' && !fact.none ? (
          <ActButton act={fact.actions.verify} onAct={() => setVerifying(true)}>
            核验
          </ActButton>
        ) : null}
      </div>
      <Modal
        open={verifying}
        title="确认已核验"
        okText="已核验"
        cancelText="取消"
        confirmLoading={verify.running}
        onCancel={() => setVerifying(false)}
        onOk={() =>
          void verify.run({ factId: fact.id, ...(until ? { expiresOn: until.format('YYYY-MM-DD') } : {}) })
        }
      >
        <Problem problem={verify.problem} />
        <p>您已看过证明材料，确认与所填一致。核验后本人不能自行撤回。</p>
        <p>
          <label htmlFor={`until-${fact.id}`}>材料有效至（没有期限的不填）</label>
        </p>
        <DatePicker id={`until-${fact.id}`} value={until} onChange={(day) => setUntil(day as Dayjs | null)} />
      </Modal>
      {revoking ? (
        <ReasonDialog
          title="撤销核验"
          says="撤销后该资料恢复为未核验，以后的资格确认不再采用。已作出的决定不受影响。"
          verb="撤销"
          running={revoke.running}
          problem={revoke.problem}
          onAct={(reason) => void revoke.run({ factId: fact.id, reason })}
          onClose={() => setRevoking(false)}
        />
      ) : null}
    </li>
  )
}

/** The value's words in their order, days left to the end. */
function said(fact: Fact): string {
  const words = Object.values(fact.value).map((value) =>
    value === true ? '是' : value === false ? '否' : typeof value === 'string' ? value : '',
  )
  return words.filter(Boolean).join(' · ')
}
