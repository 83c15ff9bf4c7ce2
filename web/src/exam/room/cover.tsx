import { useEffect, useRef } from 'react'
import { timeOfDay } from '../clock/time-words.ts'
import { SealedExportButton } from './lost-page.tsx'
import type { Room, RoomView } from './room.ts'

/** Lies over the paper while nothing may be written: the hall is paused, or the time is over and the last answers go. */
export function Cover({ room, view }: { room: Room; view: RoomView }) {
  const ref = useRef<HTMLDialogElement>(null)
  const ending = view.phase === 'ending'
  const covered = ending || view.times.pausedAt !== null
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (covered && !dialog.open) {
      for (const other of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) other.close()
      dialog.showModal()
    }
    if (!covered && dialog.open) dialog.close()
  }, [covered])
  return (
    <dialog
      ref={ref}
      className="cover"
      aria-labelledby="cover-title"
      onCancel={(event) => event.preventDefault()}
      // A second Escape closes it whatever one says: then it comes back.
      onClose={() => covered && ref.current?.showModal()}
    >
      {covered ? (
        <div className="cover-body" role="status">
          <h2 id="cover-title" tabIndex={-1}>
            {ending ? '时间到' : '考试暂停'}
          </h2>
          {ending ? (
            <p>
              {view.line === 'up'
                ? '正在把最后的答案送达服务器，请稍候，不要关闭本页。'
                : `${
                    view.line === 'busy' ? '服务器忙，正在重试' : '网络中断，正在重新连接'
                  }，答案已存在本机。请保持本页打开，并举手告知监考员。`}
            </p>
          ) : (
            <p>
              考场自 {timeOfDay(view.times.pausedAt ?? 0)}{' '}
              起暂停，计时已停止。您的答案都保留着；恢复后本页自动继续，剩余时间不变。请在座位上等候。
            </p>
          )}
          {ending && view.line !== 'up' ? <SealedExportButton room={room} /> : null}
        </div>
      ) : null}
    </dialog>
  )
}
