import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ClauseTag, DeskPage, Facts, Instant, Problem, StateOf, useParam } from '../../../ui/desk/index.ts'
import { span } from '../../../ui/format.ts'
import { AttemptReplay } from '../../../ui/replay/attempt-replay.tsx'
import { saveFile, useCommand } from '../../api.ts'
import { ATTEMPT_WORDS } from '../papers/words.ts'
import { PART_WORDS } from '../words.ts'

type Replay = OutputOf<WorkbenchApi, 'halls.replay-attempt'>

/** 作答轨迹回放: the purpose first, then the attempt step by step. */
export function ReplayPage() {
  const attemptId = useParam('id')
  const [replay, setReplay] = useState<Replay | null>(null)
  const [purpose, setPurpose] = useState('')
  const look = useCommand('halls.replay-attempt', { inPlace: true, onDone: setReplay })
  const id = useId()
  if (!replay)
    return (
      <DeskPage
        title="作答轨迹回放"
        lead={
          <>
            回放含考生的全部作答，请写明用途，查看会留下记录。 <ClauseTag id="AH-11" />
          </>
        }
        back={{ to: '/halls/archives', label: '档案与回放' }}
      >
        <Problem problem={look.problem} />
        <form
          style={{ maxWidth: 560 }}
          onSubmit={(event) => {
            event.preventDefault()
            void look.run({ attemptId, purpose: purpose.trim() })
          }}
        >
          <p>
            <label htmlFor={id}>用途</label>
          </p>
          <Input
            id={id}
            value={purpose}
            maxLength={500}
            placeholder="例如：处理考生成绩申诉"
            onChange={(event) => setPurpose(event.target.value)}
          />
          <p style={{ marginTop: 12 }}>
            <Button
              type="primary"
              htmlType="submit"
              loading={look.running}
              disabled={purpose.trim().length < 2}
            >
              开始回放
            </Button>
          </p>
        </form>
      </DeskPage>
    )
  const { attempt } = replay
  return (
    <DeskPage
      title={`${attempt.personName} 的作答轨迹`}
      lead={
        <>
          {attempt.sittingTitle} · {PART_WORDS[attempt.part]}{' '}
          <StateOf state={attempt.state} of={ATTEMPT_WORDS} />
        </>
      }
      back={{ to: `/halls/archives/${attempt.sittingId}`, label: '机考档案' }}
    >
      <Facts
        rows={[
          [
            '准考证号',
            <span key="ticket" className="num">
              {attempt.ticketNumber}
            </span>,
          ],
          ['卷型', attempt.form],
          ['考试时间', `${span(attempt.opensAt, attempt.closesAt)}，作答 ${attempt.minutes} 分钟`],
          attempt.extraMinutes > 0 && [
            '便利安排',
            `增加 ${attempt.extraMinutes} 分钟：${attempt.extraReason ?? ''}`,
          ],
          ['开始答题', <Instant key="start" at={attempt.startedAt} />],
          ['收卷', <Instant key="close" at={attempt.closedAt} />],
        ]}
      />
      <AttemptReplay
        replay={replay}
        onFile={(fileId) => saveFile('halls.answer-file', { attemptId, fileId, purpose: purpose.trim() })}
      />
    </DeskPage>
  )
}
