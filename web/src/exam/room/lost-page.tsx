import { useEffect, useState } from 'react'
import { type LocalAnswers, restoreQueue, unsavedItems } from '../answers/save-queue.ts'
import { Button, Stage } from '../kit.tsx'
import { readLocal } from '../local-store.ts'
import type { Room } from './room.ts'

/** This browser may not write any more. Says why, who helps, and keeps what was not sent. */
export function LostPage({ room, words, onLeave }: { room: Room; words: string; onLeave: () => void }) {
  const [unsaved, setUnsaved] = useState(0)
  useEffect(() => {
    void readLocal<LocalAnswers>('answers', room.entered.attempt).then((local) =>
      setUnsaved(unsavedItems(restoreQueue(local, undefined)).length),
    )
  }, [room])
  return (
    <Stage title="本机不能继续作答">
      <p>{words}</p>
      {unsaved > 0 ? (
        <>
          <p>
            这台机器上还有 {unsaved}{' '}
            题的修改没有送达服务器。请不要关闭本页；监考员可以导出密封答案文件，由考点上传核对。
          </p>
          <SealedExportButton room={room} />
        </>
      ) : (
        <p>这台机器上没有尚未送达的答案。</p>
      )}
      <div className="row">
        <Button onPress={room.checkAgain}>重新检查</Button>
        <Button onPress={() => void room.leave().then(onLeave)}>回到身份核验</Button>
      </div>
    </Stage>
  )
}

/** The last resort: an encrypted file for the invigilator to carry. */
export function SealedExportButton({ room }: { room: Room }) {
  const [done, setDone] = useState(false)
  const save = async () => {
    const sealed = await room.exportSealed()
    const url = URL.createObjectURL(new Blob([JSON.stringify(sealed)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `密封答案-${room.entered.candidate.ticketNumber}-${sealed.madeAt.replaceAll(/[:.]/g, '')}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    setDone(true)
  }
  return (
    <>
      <div className="row">
        <Button onPress={() => void save()}>导出密封答案（由监考员操作）</Button>
      </div>
      <p role="status">
        {done ? '文件已导出，内容已加密，只有服务器能够打开。请监考员保存并在监考台上传。' : ''}
      </p>
    </>
  )
}
