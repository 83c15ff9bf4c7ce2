import { useEffect, useMemo, useRef, useState } from 'react'
import type { RoomEvent } from '../../../../server/src/halls/attempts/wire.ts'
import { emptyQueue } from '../answers/save-queue.ts'
import type { SaverView } from '../answers/saver.ts'
import { timeOfDay } from '../clock/time-words.ts'
import { type Evidence, gatherEvidence } from '../evidence/evidence.ts'
import { Button } from '../kit.tsx'
import type { Desk } from '../paper/desk.ts'
import { PaperScreen } from '../paper/paper-screen.tsx'
import { useLeft } from '../paper/time-left.tsx'
import { secondScreen, wasReloaded, watchRoom } from '../watch/watch.ts'
import { ClosedPage } from './closed-page.tsx'
import { Cover } from './cover.tsx'
import { FullScreenNotice } from './full-screen.tsx'
import { LostPage } from './lost-page.tsx'
import { type KeptAttempt, openRoom, type Room, type RoomView } from './room.ts'
import { SealedPage } from './sealed-page.tsx'
import { openStore, type Store, useStore } from './store.ts'
import { PARTS } from './words.ts'

/** The attempt from the sealed paper to the receipt. */
export function RoomScreen({ kept, onLeave }: { kept: KeptAttempt; onLeave: () => void }) {
  const { room, evidence } = useRoom(kept)
  const view = useStore(room.view)
  switch (view.phase) {
    case 'sealed':
      return <SealedPage room={room} view={view} />
    case 'lost':
      return <LostPage room={room} words={view.lost ?? ''} onLeave={onLeave} />
    case 'closed':
      return <ClosedPage room={room} view={view} onLeave={onLeave} />
    case 'working':
    case 'ending':
      return <Working room={room} view={view} evidence={evidence} />
  }
}

function useRoom(kept: KeptAttempt): { room: Room; evidence: { current: Evidence | undefined } } {
  const evidence = useRef<Evidence | undefined>(undefined)
  const room = useMemo(
    () =>
      openRoom(kept, {
        signals: () => ({
          visible: document.visibilityState === 'visible',
          fullScreen: document.fullscreenElement !== null,
          camera: evidence.current?.camera() ?? 'none',
          secondScreen: secondScreen(),
          battery,
        }),
        captureNow: () => evidence.current?.captureNow(),
      }),
    [kept],
  )
  useEffect(() => {
    readBattery()
    room.open()
    return () => {
      room.stop()
      evidence.current?.stop()
      evidence.current = undefined
    }
  }, [room])
  return { room, evidence }
}

let battery: number | null = null
function readBattery(): void {
  const { getBattery } = navigator as { getBattery?: () => Promise<{ level: number }> }
  getBattery?.call(navigator).then(
    ({ level }) => {
      battery = Math.round(level * 100)
    },
    () => undefined,
  )
}

/** Wide events that a picture should go with. */
const LOOK_AT: readonly RoomEvent[] = ['hidden', 'blur', 'full_screen_left', 'second_screen']

function Working(props: { room: Room; view: RoomView; evidence: { current: Evidence | undefined } }) {
  const { room, view, evidence } = props
  const { rules } = room.entered
  const [warning, setWarning] = useState<string | null>(null)
  const saver = useSaver(view)
  const uploads = useStore(view.files?.view ?? NO_UPLOADS).uploads
  const left = useLeft(room.leftMs)

  useEffect(() => {
    const report = (what: RoomEvent, data: Record<string, unknown>) => {
      room.report(what, data)
      if (LOOK_AT.includes(what)) evidence.current?.captureForEvent()
    }
    if (rules.captureRequired || rules.videoRequired) {
      evidence.current = gatherEvidence({
        attempt: room.entered.attempt,
        secrets: room.secrets,
        rules,
        instant: () => new Date(room.nowMs()).toISOString(),
        lineIsFree: room.lineIsFree,
        lineIsUp: () => room.view.get().line === 'up',
        report: room.report,
      })
    }
    if (wasReloaded()) report('reloaded', {})
    const unwatch = watchRoom({ rules: rules.events, report, warn: (_, words) => setWarning(words) })
    return () => {
      unwatch()
      evidence.current?.finish()
    }
  }, [room, rules, evidence])

  useEffect(() => {
    if (left !== null && left <= 0 && !view.times.pausedAt) void room.end()
  }, [left, view.times.pausedAt, room])

  // A page that is closed by mistake asks first while something is not on the server.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!room.lineIsFree()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [room])

  const locked = view.phase === 'ending' || view.times.pausedAt !== null || view.busy === 'handing-in'
  const desk: Desk = {
    questions: view.questions,
    position: view.position,
    marked: view.marked,
    saver,
    uploads,
    locked,
    type: room.type,
    choose: (item, version) => view.saver?.choose(item, version),
    chooseFile: (item, file) => void view.files?.choose(item, file),
    cancelFile: (item) => view.files?.cancel(item),
    go: room.go,
    toggleMark: room.toggleMark,
  }
  const { candidate, seat, sitting } = room.entered
  const news = useNews(view)
  return (
    <>
      <PaperScreen
        desk={desk}
        who={
          <>
            <strong>{candidate.name}</strong> {seat.label} 号座位 · {PARTS[sitting.part]}
          </>
        }
        leftMs={room.leftMs}
        handIn={{
          verb: '确认交卷',
          because: tooEarly(room, view, left),
          busy: view.busy === 'handing-in',
          problem: view.problem,
          run: () => void room.handIn(),
        }}
        announced={[news.words, warning].filter(Boolean).join('。')}
        notices={
          <div className="notices">
            {news.words ? (
              <p className="notice">
                {news.words}
                <Button weight="plain" onPress={news.dismiss}>
                  知道了
                </Button>
              </p>
            ) : null}
            {warning ? (
              <p className="notice notice-warn">
                {warning}
                <Button weight="plain" onPress={() => setWarning(null)}>
                  知道了
                </Button>
              </p>
            ) : null}
            <FullScreenNotice wanted={rules.fullScreenRequired} />
          </div>
        }
      />
      <Cover room={room} view={view} />
    </>
  )
}

const NO_UPLOADS = openStore({ uploads: {} })
const NO_SAVER: SaverView = {
  queue: emptyQueue,
  sending: false,
  failures: 0,
  busy: false,
  stored: true,
  held: null,
}
const NO_SAVES: Store<SaverView> = { get: () => NO_SAVER, watch: () => () => {} }
function useSaver(view: RoomView): SaverView {
  return useStore(view.saver ?? NO_SAVES)
}

function tooEarly(room: Room, view: RoomView, left: number | null): string | undefined {
  const { earliestHandInMinutes } = room.entered.rules
  const started = room.startedAtMs()
  if (left === null || started === null || earliestHandInMinutes === 0 || view.busy) return undefined
  const from = started + earliestHandInMinutes * 60_000
  return room.nowMs() < from
    ? `开考 ${earliestHandInMinutes} 分钟后可以交卷，即 ${timeOfDay(from)} 起。`
    : undefined
}

/** Words of the invigilator and changes of the time, each until it was read. */
function useNews(view: RoomView): { words: string; dismiss: () => void } {
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const news = [
    ...view.messages.map((one) => ({ id: one.id, words: `监考员：${one.text}` })),
    ...view.extensions.map((one) => ({
      id: `extension ${one.at}`,
      words: `您的考试时间已延长 ${minutes(one.seconds)}（${one.reason}）`,
    })),
  ].filter((one) => !read.has(one.id))
  return {
    words: news.map((one) => one.words).join('；'),
    dismiss: () => setRead(new Set([...read, ...news.map((one) => one.id)])),
  }
}

function minutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} 分钟` : `${seconds} 秒`
}
