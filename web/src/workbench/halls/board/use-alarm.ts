import { useEffect, useRef, useState } from 'react'
import { seatName, type Tile } from './words.ts'

const KEPT = 'shujiang.board.muted'

/** Two short tones, low enough not to reach the candidates' desks. */
function beep(context: AudioContext): void {
  for (const [at, frequency] of [
    [0, 660],
    [0.22, 880],
  ] as const) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const from = context.currentTime + at
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.16, from + 0.02)
    volume.gain.linearRampToValueAtTime(0, from + 0.18)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + 0.2)
  }
}

/** What is urgent about a tile, so that the same thing is called once. */
function callsOf(tile: Tile): string[] {
  if (tile.urgency.level !== 'urgent') return []
  const urgent = tile.alerts.filter((alert) => alert.severity === 'urgent').map((alert) => alert.id)
  return urgent.length > 0 ? urgent : [`silent:${tile.candidateId}`]
}

/**
 * Calls a person for what is newly urgent: a tone unless muted, and words for screen readers. What was urgent when
 * the board was opened is on the screen already and calls nobody.
 */
export function useAlarm(tiles: readonly Tile[] | undefined) {
  const [muted, setMutedState] = useState(() => localStorage.getItem(KEPT) === '1')
  const [words, setWords] = useState('')
  const known = useRef<Set<string> | null>(null)
  const audio = useRef<AudioContext | null>(null)
  useEffect(() => {
    // Browsers give no sound before somebody has touched the page.
    const wake = () => {
      audio.current ??= new AudioContext()
      void audio.current.resume()
    }
    addEventListener('pointerdown', wake)
    addEventListener('keydown', wake)
    return () => {
      removeEventListener('pointerdown', wake)
      removeEventListener('keydown', wake)
      void audio.current?.close()
      audio.current = null
    }
  }, [])
  useEffect(() => {
    if (!tiles) return
    const before = known.current
    known.current = new Set(tiles.flatMap(callsOf))
    const fresh = before ? tiles.filter((tile) => callsOf(tile).some((call) => !before.has(call))) : []
    if (fresh.length === 0) return
    setWords(`紧急：${fresh.map((tile) => `${seatName(tile)} ${tile.urgency.word}`).join('；')}`)
    if (!muted && audio.current?.state === 'running') beep(audio.current)
  }, [tiles, muted])
  const setMuted = (next: boolean) => {
    localStorage.setItem(KEPT, next ? '1' : '0')
    setMutedState(next)
  }
  return { muted, setMuted, words }
}
