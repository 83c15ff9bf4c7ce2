import { useEffect, useState } from 'react'
import { Button } from '../kit.tsx'

/** A calm way back: nothing is covered, nothing is lost. */
export function FullScreenNotice({ wanted }: { wanted: boolean }) {
  const [full, setFull] = useState(document.fullscreenElement !== null)
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [])
  if (!wanted || full || !document.fullscreenEnabled) return null
  return (
    <p className="notice">
      本场考试要求全屏作答。
      <Button onPress={() => void goFullScreen()}>返回全屏</Button>
    </p>
  )
}

export async function goFullScreen(): Promise<void> {
  await document.documentElement.requestFullscreen?.().catch(() => undefined)
}
