import { useEffect, useMemo, useState } from 'react'
import { emptyQueue } from '../answers/save-queue.ts'
import { openSaver } from '../answers/saver.ts'
import { Button, Stage } from '../kit.tsx'
import { sha256 } from '../paper/bytes.ts'
import type { Desk } from '../paper/desk.ts'
import { PaperScreen } from '../paper/paper-screen.tsx'
import { isAnswered, questionsOf } from '../paper/question-map.ts'
import { openFileAnswers } from '../room/file-answers.ts'
import { useStore } from '../room/store.ts'
import { PRACTICE_PAPER } from './practice-paper.ts'

const LINE_MS = 300

/** The very room, with a server that lives in this page: every answer is "saved" and gone when the page is left. */
export function Practice({ onDone }: { onDone: () => void }) {
  const questions = useMemo(() => questionsOf(PRACTICE_PAPER), [])
  const [endsAt] = useState(() => performance.now() + PRACTICE_PAPER.minutes * 60_000)
  const [position, setPosition] = useState(0)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [cut, setCut] = useState(false)
  const [done, setDone] = useState(false)
  const line = useMemo(() => ({ cut: false }), [])
  const saver = useMemo(() => openPracticeSaver(line), [line])
  const files = useMemo(
    () =>
      openFileAnswers(
        'rehearsal',
        {},
        (answer) => answer,
        (item, value) => saver.type(item, value, 'at once'),
        async (_item, file, onProgress) => {
          for (let step = 1; step <= 5; step += 1) {
            await new Promise((resolve) => setTimeout(resolve, LINE_MS))
            onProgress(step / 5)
          }
          const hash = await sha256(await file.arrayBuffer())
          const at = performance.now()
          const value = { fileId: crypto.randomUUID(), sha256: hash, now: new Date().toISOString() }
          return { ok: true, value, sample: { sentAt: at, receivedAt: at, serverMs: Date.now() } }
        },
      ),
    [saver],
  )
  const view = useStore(saver)
  const { uploads } = useStore(files.view)
  useEffect(() => () => saver.stop(), [saver])

  const cutLine = (now: boolean) => {
    line.cut = now
    setCut(now)
    if (!now) saver.lineIsBack()
  }
  if (done) {
    const answered = questions.filter((one) =>
      isAnswered(view.queue.items[one.item.id]?.value ?? null),
    ).length
    return (
      <Stage title="练习已交卷">
        <p>
          共 {questions.length} 题，已答 {answered} 题。正式考试时，这里显示回执编号，可以打印。
        </p>
        <p>练习内容没有上传，离开本页即清除。</p>
        <Button weight="main" onPress={onDone}>
          回到自检
        </Button>
      </Stage>
    )
  }
  const desk: Desk = {
    questions,
    position,
    marked,
    saver: view,
    uploads,
    locked: false,
    type: saver.type,
    choose: saver.choose,
    chooseFile: (item, file) => void files.choose(item, file),
    cancelFile: files.cancel,
    go: (to) => setPosition(Math.max(0, Math.min(questions.length - 1, to))),
    toggleMark: (item) => {
      const next = new Set(marked)
      if (!next.delete(item)) next.add(item)
      setMarked(next)
    },
  }
  return (
    <PaperScreen
      desk={desk}
      who={
        <>
          <strong>练习卷</strong> 内容只留在本页
        </>
      }
      leftMs={() => endsAt - performance.now()}
      handIn={{ verb: '确认交卷（练习）', busy: false, problem: null, run: () => setDone(true) }}
      notices={
        <div className="notices">
          <p className="notice">
            {cut ? '练习中的网络已断开，请照常作答，看顶部的变化。' : '可以试一试断网时会怎样。'}
            <Button onPress={() => cutLine(!cut)}>{cut ? '恢复网络' : '模拟断网'}</Button>
            <Button weight="plain" onPress={onDone}>
              结束练习
            </Button>
          </p>
        </div>
      }
    />
  )
}

function openPracticeSaver(line: { cut: boolean }) {
  return openSaver(
    {
      send: async (saves) => {
        await new Promise((resolve) => setTimeout(resolve, LINE_MS))
        if (line.cut) return { failure: 'unreachable' }
        return {
          results: saves.map(({ item, clientSeq, baseRevision }) => ({
            item,
            clientSeq,
            status: 'saved' as const,
            revision: baseRevision + 1,
          })),
        }
      },
      store: async () => true,
      monotonicMs: () => performance.now(),
      instant: () => new Date().toISOString(),
      after: (ms, run) => {
        const id = setTimeout(run, ms)
        return () => clearTimeout(id)
      },
      random: Math.random,
    },
    { nextSeq: emptyQueue.nextSeq, items: {} },
    undefined,
  )
}
