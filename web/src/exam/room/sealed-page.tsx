import { countdown, dayAndMinute } from '../clock/time-words.ts'
import { Button, Stage, Trouble } from '../kit.tsx'
import { useLeft } from '../paper/time-left.tsx'
import { goFullScreen } from './full-screen.tsx'
import type { Room, RoomView } from './room.ts'
import { PARTS } from './words.ts'

/** The paper is here, sealed. The clock runs to the beginning. */
export function SealedPage({ room, view }: { room: Room; view: RoomView }) {
  const { candidate, seat, sitting, times, rules } = room.entered
  const opens = Date.parse(times.opensAt)
  const left = useLeft(() => opens - room.nowMs()) ?? 0
  const open = left <= 0
  const start = async () => {
    if (rules.fullScreenRequired) await goFullScreen()
    await room.start()
  }
  return (
    <Stage title={sitting.title}>
      <dl className="facts">
        <dt>考生</dt>
        <dd>
          {candidate.name}（准考证号 {candidate.ticketNumber}）
        </dd>
        <dt>座位</dt>
        <dd>
          {seat.hall} {seat.label} 号
        </dd>
        <dt>科目</dt>
        <dd>
          {PARTS[sitting.part]}，作答 {times.minutes + times.extraMinutes} 分钟
          {times.extraMinutes > 0 ? `（含核准延长的 ${times.extraMinutes} 分钟）` : ''}
        </dd>
        <dt>开考时间</dt>
        <dd>
          {dayAndMinute(opens)}，最晚 {dayAndMinute(times.closesAt)} 结束
        </dd>
      </dl>
      <ul className="prose">
        <li>答案随写随存；网络中断或机器故障时请保持本页打开并举手，已保存的答案不会丢失。</li>
        <li>
          到时自动收卷。截止后 {rules.graceSeconds}{' '}
          秒内只接收截止前写下的答案，之后以服务器最后保存的答案为准。
        </li>
        {rules.captureRequired ? <li>考试期间摄像头会不定时拍照，用于核对是否本人作答。</li> : null}
        {rules.videoRequired ? <li>考试期间摄像头会全程录像。</li> : null}
        {rules.fullScreenRequired ? <li>本场要求全屏作答，退出全屏会被记录。</li> : null}
      </ul>
      <Trouble>{view.problem}</Trouble>
      {view.times.pausedAt ? (
        <p className="wait">考场暂停，请在座位上等候。</p>
      ) : open ? (
        <div className="row">
          <Button
            weight="main"
            onPress={() => void start()}
            busy={view.busy === 'starting' ? '正在打开试卷……' : undefined}
          >
            开始答题
          </Button>
        </div>
      ) : (
        <p className="wait">
          试卷已送达本机并加密。距开考还有{' '}
          <span role="timer" aria-live="off" className="num big">
            {countdown(left)}
          </span>
          ，到时即可开始，请在座位上等候。
        </p>
      )}
      {view.line === 'up' ? null : (
        <p className="wait">
          {view.line === 'busy' ? '服务器忙，正在重试' : '网络暂时中断，正在重新连接'}
          。到时仍可开始时本页会自动继续。
        </p>
      )}
    </Stage>
  )
}
