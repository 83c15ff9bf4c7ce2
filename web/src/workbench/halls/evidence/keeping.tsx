import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ActButton, Day, Group, Instant, Notice, StateTag, Unverified } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'

type Evidence = OutputOf<WorkbenchApi, 'halls.read-evidence'>
type Held = Pick<Evidence, 'keeping' | 'afterCase' | 'hold' | 'actions'>
type Hold = NonNullable<Evidence['hold']>
type Asked = 'put' | 'decline' | 'lift' | 'declineLift'

/** Why pictures and videos stay beyond their period, and the hold that people put or lift, two each. */
export function Keeping({ attemptId, held }: { attemptId: string; held: Held }) {
  const [asked, setAsked] = useState<Asked>()
  const { keeping, afterCase, hold, actions } = held
  return (
    <div className="below-facts">
      <Group title="保全">
        {keeping.length === 0 ? (
          <p>没有未了结的案件，也没有保全。期限到了即删除，留下删除记录。</p>
        ) : (
          <Notice tone="waiting">
            <StateTag tone="waiting">保全中</StateTag> 抓拍、录像和入场照片不随期限删除。
            <ul className="keeping">
              {keeping.map((one) => (
                <li key={one.kind}>
                  {one.words}：<Instant at={one.since} /> 起，
                  {one.until ? (
                    <>
                      已了结，保存到 <Day on={one.until} />
                    </>
                  ) : one.kind === 'hold' ? (
                    '至解除为止'
                  ) : (
                    `未了结；了结后再保存 ${afterCase.days} 日`
                  )}
                  {one.kind === 'hold' || afterCase.verified ? null : <Unverified />}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {hold ? <StandingHold hold={hold} onAsk={setAsked} /> : null}
        {hold ? null : (
          <p className="act-stack">
            <ActButton act={actions.hold} onAct={() => setAsked('put')}>
              保全画面
            </ActButton>
          </p>
        )}
        {asked ? (
          <Ask asked={asked} attemptId={attemptId} hold={hold} onClose={() => setAsked(undefined)} />
        ) : null}
      </Group>
    </div>
  )
}

function StandingHold({ hold, onAsk }: { hold: Hold; onAsk: (asked: Asked) => void }) {
  const { actions, lift } = hold
  const decide = useCommand('halls.decide-hold')
  const decideLift = useCommand('halls.decide-lift')
  return (
    <>
      <p>
        人工保全：{hold.reason}。{hold.by}，<Instant at={hold.at} />，
        {hold.confirmedBy ? `${hold.confirmedBy}已确认。` : '等待第二人确认，确认之前已经生效。'}
      </p>
      {hold.confirmedBy ? null : (
        <p className="act-stack">
          {actions.withdraw.allowed ? (
            <ActButton
              act={actions.withdraw}
              busy={decide.running}
              confirm="撤回后，画面按期限删除。"
              onAct={() => decide.run({ holdId: hold.id, decision: 'withdrawn', reason: null })}
            >
              撤回保全
            </ActButton>
          ) : null}
          <ActButton
            main
            act={actions.confirm}
            busy={decide.running}
            onAct={() => decide.run({ holdId: hold.id, decision: 'agreed', reason: null })}
          >
            确认保全
          </ActButton>
          {actions.confirm.allowed ? (
            <ActButton act={actions.confirm} onAct={() => onAsk('decline')}>
              不同意保全
            </ActButton>
          ) : null}
        </p>
      )}
      {lift ? (
        <>
          <p>
            {lift.by}于 <Instant at={lift.at} /> 提出解除保全：{lift.reason}。第二人同意之前照旧保全。
          </p>
          <p className="act-stack">
            {actions.withdrawLift.allowed ? (
              <ActButton
                act={actions.withdrawLift}
                busy={decideLift.running}
                onAct={() => decideLift.run({ holdId: hold.id, decision: 'withdrawn', reason: null })}
              >
                撤回解除
              </ActButton>
            ) : null}
            <ActButton
              main
              act={actions.agreeLift}
              busy={decideLift.running}
              confirm="解除后，期限已到的画面在当夜删除，不能恢复。"
              onAct={() => decideLift.run({ holdId: hold.id, decision: 'agreed', reason: null })}
            >
              同意解除
            </ActButton>
            {actions.agreeLift.allowed ? (
              <ActButton act={actions.agreeLift} onAct={() => onAsk('declineLift')}>
                不同意解除
              </ActButton>
            ) : null}
          </p>
        </>
      ) : hold.confirmedBy ? (
        <p className="act-stack">
          <ActButton act={actions.lift} onAct={() => onAsk('lift')}>
            提出解除保全
          </ActButton>
        </p>
      ) : null}
    </>
  )
}

const WORDS: Record<Asked, { title: string; verb: string; says: string }> = {
  put: {
    title: '保全考试画面',
    verb: '保全',
    says: '抓拍、录像和入场照片从现在起不随期限删除。保全立即生效，另须第二人确认；他不同意时保全即终止。',
  },
  decline: { title: '不同意保全', verb: '不同意', says: '保全即终止，画面按期限删除。' },
  lift: {
    title: '提出解除保全',
    verb: '提出',
    says: '第二人同意后，期限已到的画面在当夜删除，不能恢复。同意之前照旧保全。',
  },
  declineLift: { title: '不同意解除', verb: '不同意', says: '画面照旧保全。' },
}

function Ask(props: { asked: Asked; attemptId: string; hold: Hold | null; onClose: () => void }) {
  const { asked, onClose } = props
  const done = { inPlace: true, onDone: onClose }
  const put = useCommand('halls.put-hold', done)
  const decide = useCommand('halls.decide-hold', done)
  const lift = useCommand('halls.propose-lift', done)
  const decideLift = useCommand('halls.decide-lift', done)
  const holdId = props.hold?.id ?? ''
  const commands = { put, decline: decide, lift, declineLift: decideLift }
  const act = (reason: string) => {
    if (asked === 'put') return put.run({ attemptId: props.attemptId, reason })
    if (asked === 'lift') return lift.run({ holdId, reason })
    const no = { holdId, decision: 'declined' as const, reason }
    return asked === 'decline' ? decide.run(no) : decideLift.run(no)
  }
  return (
    <ReasonDialog
      {...WORDS[asked]}
      problem={commands[asked].problem}
      running={commands[asked].running}
      onAct={act}
      onClose={onClose}
    />
  )
}
