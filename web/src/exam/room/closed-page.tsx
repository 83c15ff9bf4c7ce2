import { useEffect, useState } from 'react'
import { dayAndTime } from '../clock/time-words.ts'
import { evidenceWaiting } from '../evidence/evidence.ts'
import { Button, Stage } from '../kit.tsx'
import { SealedExportButton } from './lost-page.tsx'
import type { Room, RoomView } from './room.ts'
import { PARTS } from './words.ts'

const TITLES = { handed_in: '已交卷', timed_out: '时间到，已收卷', terminated: '考试已终止' } as const

/** What the server has, with the number to quote. Prints on one page. */
export function ClosedPage({ room, view, onLeave }: { room: Room; view: RoomView; onLeave: () => void }) {
  const { candidate, seat, sitting, attempt } = room.entered
  const { receipt } = view
  const [evidence, setEvidence] = useState(0)
  const [unsaved, setUnsaved] = useState(0)
  useEffect(() => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
    void evidenceWaiting(attempt).then(setEvidence)
    void room.unsent().then(setUnsaved)
  }, [attempt, room])
  if (!receipt) return null
  return (
    <Stage title={TITLES[receipt.why]}>
      {receipt.why === 'terminated' ? (
        <p>监考员终止了本次考试。已保存的答案都在服务器上，如有异议请向监考员提出。</p>
      ) : (
        <p>服务器已确认收到您的答案。请核对回执，可以打印留存。</p>
      )}
      <dl className="facts receipt">
        <dt>回执编号</dt>
        <dd className="num big">{receipt.number}</dd>
        <dt>考生</dt>
        <dd>
          {candidate.name}（准考证号 {candidate.ticketNumber}）
        </dd>
        <dt>考试</dt>
        <dd>
          {sitting.title}，{PARTS[sitting.part]}
        </dd>
        <dt>座位</dt>
        <dd>
          {seat.hall} {seat.label} 号
        </dd>
        <dt>{receipt.why === 'handed_in' ? '交卷时间' : '收卷时间'}</dt>
        <dd className="num">{dayAndTime(receipt.at)}</dd>
        <dt>已答</dt>
        <dd>
          {receipt.answered} 题，共 {receipt.items} 题
        </dd>
        <dt>校验值</dt>
        <dd className="hash">{receipt.hash}</dd>
      </dl>
      {unsaved > 0 ? (
        <>
          <p className="trouble">
            有 {unsaved}{' '}
            题的修改在截止前没有送达服务器，不计入成绩。如因考场网络或机器故障造成，请立即告知监考员。
          </p>
          <SealedExportButton room={room} />
        </>
      ) : null}
      {evidence > 0 ? <p className="quiet">还有 {evidence} 份监考影像待上传，与成绩无关。</p> : null}
      <div className="row no-print">
        <Button onPress={() => window.print()}>打印回执</Button>
        <Button weight="main" onPress={() => void room.leave().then(onLeave)}>
          结束并离开
        </Button>
      </div>
    </Stage>
  )
}
