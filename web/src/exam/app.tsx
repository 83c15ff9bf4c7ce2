import { useCallback, useEffect, useState } from 'react'
import type { Entered } from '../../../server/src/halls/attempts/wire.ts'
import { call } from './api.ts'
import { Door } from './door/door.tsx'
import type { KeptAdmission } from './door/steps.ts'
import { holdRoom, missingAbilities } from './guard.ts'
import { Button, Stage } from './kit.tsx'
import { endOf, forgetOverdue } from './left-behind.ts'
import { dropLocal, forgetAttempt, keepEnd, keptEnds, putLocal, readLocal } from './local-store.ts'
import { keepPageForOutages } from './page-keeper.ts'
import { Rehearsal } from './rehearsal/rehearsal.tsx'
import type { KeptAttempt } from './room/room.ts'
import { RoomScreen } from './room/room-screen.tsx'
import { resetSettings, useSettings } from './settings.tsx'

export function App() {
  useSettings()
  if (/^\/exam\/rehearsal\/?$/.test(location.pathname)) return <Rehearsal />
  return <ExamRoom />
}

async function serverMs(): Promise<number | undefined> {
  const answer = await call('rehearsal/ping', {}, { timeoutMs: 3_000 })
  return answer.sample?.serverMs
}

type Where =
  | { at: 'looking' }
  | { at: 'other-tab' }
  | { at: 'unable'; missing: string[] }
  | { at: 'door'; kept: KeptAdmission | undefined }
  | { at: 'room'; kept: KeptAttempt }

function ExamRoom() {
  const [where, setWhere] = useState<Where>({ at: 'looking' })
  const look = useCallback(async () => {
    const missing = missingAbilities()
    if (missing.length > 0) return setWhere({ at: 'unable', missing })
    if (!(await holdRoom())) return setWhere({ at: 'other-tab' })
    keepPageForOutages()
    void navigator.storage?.persist?.()
    await forgetOverdue({ ends: keptEnds, forget: forgetAttempt }, Date.now(), serverMs)
    const attempt = await readLocal<KeptAttempt>('room', 'attempt')
    if (attempt?.entered) return setWhere({ at: 'room', kept: attempt })
    setWhere({ at: 'door', kept: await readLocal<KeptAdmission>('room', 'admission') })
  }, [])
  useEffect(() => void look(), [look])

  const enter = useCallback(async (entered: Entered) => {
    const kept: KeptAttempt = { entered }
    await keepEnd(entered.attempt, endOf(entered, entered.state))
    await putLocal('room', 'attempt', kept)
    setWhere({ at: 'room', kept })
  }, [])
  const leave = useCallback(async () => {
    await dropLocal('room', 'admission')
    resetSettings()
    setWhere({ at: 'door', kept: undefined })
  }, [])

  switch (where.at) {
    case 'looking':
      return (
        <Stage title="正在准备">
          <p role="status">请稍候……</p>
        </Stage>
      )
    case 'other-tab':
      return (
        <Stage title="考试已在另一个页面打开">
          <p>同一台机器只能在一个页面作答。请回到已打开的考试页面；如果已经关闭，请重新检查。</p>
          <Button weight="main" onPress={() => void look()}>
            重新检查
          </Button>
        </Stage>
      )
    case 'unable':
      return (
        <Stage title="这个浏览器不能用于考试">
          <ul>
            {where.missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p>请举手告知监考员，由考点更换浏览器或检查地址。</p>
        </Stage>
      )
    case 'door':
      return <Door kept={where.kept} onEnter={(entered) => void enter(entered)} />
    case 'room':
      return <RoomScreen key={where.kept.entered.attempt} kept={where.kept} onLeave={() => void leave()} />
  }
}
