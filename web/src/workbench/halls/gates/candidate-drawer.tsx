import { Drawer } from 'antd'
import { useCallback, useState } from 'react'
import { ActButton, Facts, Group, Instant, Notice, StateOf } from '../../../ui/desk/index.ts'
import { readFile, useCommand } from '../../api.ts'
import { Picture } from '../picture.tsx'
import { ReasonDialog } from '../reason-dialog.tsx'
import type { AtDoor } from './door-page.tsx'
import { CONSENT_WORDS, DOOR_WORDS, GATE_WORDS, GATES, WAYS } from './words.ts'

type Way = keyof typeof WAYS
type Asking =
  | { act: 'vouch'; way: Way }
  | { act: 'turn_away'; impostor: boolean }
  | { act: 'readmit' }
  | { act: 'decline' }

const now = () => new Date().toISOString()

/** Both pictures side by side, the three gates, and what the viewer may do with the reason where not. */
export function CandidateDrawer({
  one,
  sittingId,
  onClose,
}: {
  one: AtDoor
  sittingId: string
  onClose: () => void
}) {
  return (
    <Drawer open width={640} title={`${one.seat} ${one.name}`} onClose={onClose}>
      <Facts
        rows={[
          ['状态', <StateOf key="state" state={one.state} of={DOOR_WORDS} />],
          ['准考证号', one.ticketNumber],
          ['证件号码', one.maskedIdNumber],
          ['人脸信息', one.consent ? CONSENT_WORDS[one.consent] : '还没有到场'],
          one.lateMinutes > 0 && ['迟到', `${one.lateMinutes} 分钟${one.late ? '，超过时限' : ''}`],
          one.turnedAwayReason !== null && ['未准入场原因', one.turnedAwayReason],
        ]}
      />
      <Pictures one={one} sittingId={sittingId} />
      {one.gates.length > 0 ? (
        <Group title="三道核对">
          {one.gates.map((gate) => (
            <p key={gate.gate}>
              {GATES[gate.gate]} <StateOf state={gate.state} of={GATE_WORDS} /> 考生看到：{gate.words}
            </p>
          ))}
        </Group>
      ) : null}
      {one.proposal ? (
        <Group title="等第二人确认">
          <p>
            {one.proposal.by} <Instant at={one.proposal.at} /> 提出{WAYS[one.proposal.way]}：
            {one.proposal.reason}
          </p>
        </Group>
      ) : null}
      {one.admissionId && one.actions ? (
        <Acts one={one} admissionId={one.admissionId} actions={one.actions} />
      ) : null}
    </Drawer>
  )
}

function Pictures({ one, sittingId }: { one: AtDoor; sittingId: string }) {
  const { ticketNumber } = one
  const captureId = one.look?.captureId
  const registered = useCallback(
    () => readFile('halls.registered-photo', { sittingId, ticketNumber, purpose: '入场身份核对' }),
    [sittingId, ticketNumber],
  )
  const looked = useCallback(
    () => readFile('halls.capture-picture', { captureId: captureId as string, purpose: '入场身份核对' }),
    [captureId],
  )
  if (one.consent === 'declined') return <p>考生不使用人脸核对，没有拍照。请核对身份证件原件。</p>
  return (
    <div className="picture-pair">
      <figure>
        {one.photo ? (
          <Picture load={registered} alt={`${one.name}的登记照片`} />
        ) : (
          <p className="picture-gap">没有登记照片</p>
        )}
        <figcaption>登记照片</figcaption>
      </figure>
      <figure>
        {captureId ? (
          <Picture load={looked} alt={`${one.name}入场时的照片`} />
        ) : (
          <p className="picture-gap">还没有拍照</p>
        )}
        <figcaption>
          入场照片{one.look?.score != null ? `，比对分 ${one.look.score.toFixed(2)}（只作提示）` : ''}
          {one.looks > 1 ? `，共拍 ${one.looks} 次` : ''}
        </figcaption>
      </figure>
    </div>
  )
}

function Acts(props: { one: AtDoor; admissionId: string; actions: NonNullable<AtDoor['actions']> }) {
  const { one, admissionId, actions } = props
  const [asking, setAsking] = useState<Asking | null>(null)
  const done = { inPlace: true, onDone: () => setAsking(null) }
  const confirm = useCommand('halls.confirm-candidate')
  const vouch = useCommand('halls.vouch-candidate', done)
  const agree = useCommand('halls.second-voucher')
  const decline = useCommand('halls.second-voucher', done)
  const turnAway = useCommand('halls.turn-away-candidate', done)
  const readmit = useCommand('halls.readmit-candidate', done)
  const running = vouch.running || decline.running || turnAway.running || readmit.running
  const problem = vouch.problem ?? decline.problem ?? turnAway.problem ?? readmit.problem
  const { proposal } = one
  const seconding = { admissionId, proposalId: proposal?.id ?? '' }
  const onAct = (reason: string) => {
    if (!asking) return undefined
    if (asking.act === 'vouch') return vouch.run({ admissionId, way: asking.way, reason, clientAt: now() })
    if (asking.act === 'turn_away')
      return turnAway.run({ admissionId, reason, impostor: asking.impostor, clientAt: now() })
    if (asking.act === 'decline') return decline.run({ ...seconding, agreed: false, reason, clientAt: now() })
    return readmit.run({ admissionId, reason, clientAt: now() })
  }
  // Once for all where nothing is left to do.
  const offered = Object.values(actions)
  const [first] = offered.flatMap((act) => (act.allowed ? [] : [act.because]))
  if (first && offered.every((act) => !act.allowed && act.because.message === first.message))
    return (
      <Group title="办理">
        <Notice>{first.message}</Notice>
      </Group>
    )
  return (
    <Group title="办理">
      <div className="act-stack">
        <ActButton
          main
          act={actions.confirm}
          busy={confirm.running}
          onAct={() => confirm.run({ admissionId, clientAt: now() })}
        >
          确认入场
        </ActButton>
        {proposal ? (
          <>
            <ActButton
              main
              act={actions.second}
              busy={agree.running}
              confirm={`您已亲自核对考生，同意${proposal.by}的核对：${proposal.reason}`}
              onAct={() => agree.run({ ...seconding, agreed: true, clientAt: now() })}
            >
              第二人同意
            </ActButton>
            <ActButton act={actions.second} grave onAct={() => setAsking({ act: 'decline' })}>
              第二人不同意
            </ActButton>
          </>
        ) : (
          <>
            <ActButton act={actions.vouchDocument} onAct={() => setAsking({ act: 'vouch', way: 'document' })}>
              核对证件
            </ActButton>
            <ActButton act={actions.vouchFace} onAct={() => setAsking({ act: 'vouch', way: 'face' })}>
              对照本人
            </ActButton>
            {one.late ? (
              <ActButton act={actions.vouchLate} onAct={() => setAsking({ act: 'vouch', way: 'late' })}>
                迟到放行
              </ActButton>
            ) : null}
          </>
        )}
        {one.state === 'turned_away' ? (
          <ActButton act={actions.readmit} onAct={() => setAsking({ act: 'readmit' })}>
            恢复入场核对
          </ActButton>
        ) : (
          <>
            <ActButton act={actions.turnAway} onAct={() => setAsking({ act: 'turn_away', impostor: false })}>
              拒绝入场
            </ActButton>
            <ActButton
              act={actions.turnAway}
              grave
              onAct={() => setAsking({ act: 'turn_away', impostor: true })}
            >
              疑似替考
            </ActButton>
          </>
        )}
      </div>
      {asking ? (
        <ReasonDialog
          {...saysOf(asking)}
          problem={problem}
          running={running}
          onAct={onAct}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </Group>
  )
}

const USUAL = {
  document: ['居民身份证原件与本人一致', '护照原件与本人一致', '临时身份证原件与本人一致'],
  face: ['当面对照，与登记照片是同一人', '发型或眼镜有变化，当面对照是本人'],
  late: ['迟到，未超过规定时间，已核对证件', '公共交通延误，有证明'],
} as const

function saysOf(asking: Asking) {
  if (asking.act === 'vouch')
    return {
      title: WAYS[asking.way],
      verb: '提出',
      usual: USUAL[asking.way],
      says:
        asking.way === 'late'
          ? '写明迟到原因和依据。另一名监考员用自己的账号同意后，才能入场。'
          : '写明您核对了什么。另一名监考员亲自核对并用自己的账号同意后，才能入场。',
    }
  if (asking.act === 'decline')
    return {
      title: '第二人不同意',
      verb: '不同意',
      grave: true,
      says: '写明不同意的理由。考生需要重新核对。',
    }
  if (asking.act === 'readmit')
    return { title: '恢复入场核对', verb: '恢复', says: '写明恢复的理由。考生从头核对，先前的记录保留。' }
  return asking.impostor
    ? {
        title: '疑似替考',
        verb: '拒绝入场并上报',
        grave: true,
        says: '考生不能入场；照片和比对记录作为证据保留，并在监考台提出违纪处理，由两人决定。',
      }
    : { title: '拒绝入场', verb: '拒绝入场', grave: true, says: '写明理由，考生会看到这段话。主考可以恢复。' }
}
