import { useEffect, useRef, useState } from 'react'
import { countdown, passedThreshold } from '../clock/time-words.ts'
import { Button } from '../kit.tsx'

/** What is left, looked at twice a second. */
export function useLeft(leftMs: () => number | null): number | null {
  const [left, setLeft] = useState(leftMs)
  const look = useRef(leftMs)
  look.current = leftMs
  useEffect(() => {
    const timer = setInterval(() => setLeft(look.current()), 500)
    return () => clearInterval(timer)
  }, [])
  return left
}

/** The sentence at 30, 10, 5 and 1 minutes; nothing in between. */
export function useSpokenTime(left: number | null): string {
  const before = useRef(left)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    if (left === null) return
    const passed = before.current === null ? undefined : passedThreshold(before.current, left)
    before.current = left
    if (passed) setSpoken(`剩余 ${passed} 分钟`)
  }, [left])
  return spoken
}

const LAST_MINUTES_MS = 5 * 60_000

/** Silent for screen readers; the button beside it says it on demand. */
export function TimeLeft({ left, onAsk }: { left: number | null; onAsk: () => void }) {
  const late = left !== null && left <= LAST_MINUTES_MS
  return (
    <div className={late ? 'time time-late' : 'time'}>
      <span className="time-word">{late ? '即将结束，剩余' : '剩余'}</span>{' '}
      <span role="timer" aria-live="off" className="num">
        {left === null ? '--:--' : countdown(left)}
      </span>
      <Button weight="plain" className="sr-only sr-focusable" onPress={onAsk}>
        读出剩余时间
      </Button>
    </div>
  )
}
