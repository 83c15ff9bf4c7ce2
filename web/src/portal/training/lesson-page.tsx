import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ClauseTap,
  Notice,
  Page,
  PlainButton,
  Problem,
  ProgressBar,
  StateTag,
  useParam,
} from '../../ui/plain/index.ts'
import { act, useApiQuery } from '../api.ts'
import { Dated } from './dated.tsx'
import { KnownPerson } from './known-person.tsx'
import { createLessonPlayer, type Player, type PlayerState } from './lesson-player.ts'
import { LoadedPage } from './loaded-page.tsx'
import './training.css'
import { minutesWords, timeOfLesson } from './words.ts'

type Lesson = OutputOf<PortalApi, 'training.read-online-lesson'>

/** An online lesson: its pages to read, timed by the server, in one place at a time. */
export function LessonPage() {
  const lessonId = useParam('lessonId')
  return <KnownPerson>{() => <Reading lessonId={lessonId} />}</KnownPerson>
}

function Reading({ lessonId }: { lessonId: string }) {
  const query = useApiQuery('training.read-online-lesson', { lessonId })
  const enrolmentId = useParam('enrolmentId')
  return (
    <LoadedPage query={query} title="线上课程" back={{ to: '/mine/courses', label: '我的课程' }}>
      {(lesson) => (
        <Page
          title={lesson.title}
          lead={<Dated>{`${lesson.className} · ${timeOfLesson({ ...lesson, mode: 'online' })}`}</Dated>}
          back={{ to: `/mine/courses/${enrolmentId}`, label: '课程' }}
        >
          <Learning key={lesson.id} lesson={lesson} />
        </Page>
      )}
    </LoadedPage>
  )
}

function usePlayer(lesson: Lesson): [Player, PlayerState] {
  const queries = useQueryClient()
  const [player] = useState(() =>
    createLessonPlayer({
      ...lesson,
      pages: lesson.pages.length,
      calls: {
        start: () => act('training.start-watching', { lessonId: lesson.id }),
        beat: (beat) => act('training.beat', beat),
      },
      now: () => performance.now(),
    }),
  )
  useEffect(() => {
    const ticking = setInterval(player.tick, 500)
    const turn = () => (document.hidden ? player.hide() : player.show())
    document.addEventListener('visibilitychange', turn)
    return () => {
      clearInterval(ticking)
      document.removeEventListener('visibilitychange', turn)
      player.leave()
      void queries.invalidateQueries({ queryKey: ['portal', 'training'] })
    }
  }, [player, queries])
  return [player, useSyncExternalStore(player.subscribe, player.state)]
}

function Learning({ lesson }: { lesson: Lesson }) {
  const [player, state] = usePlayer(lesson)
  const [seen, setSeen] = useState<number | null>(null)
  const top = useRef<HTMLHeadingElement>(null)
  const shown = Math.min(seen ?? state.page, state.page)
  const page = lesson.pages[shown]
  const lengthMinutes = Math.round(lesson.lengthMs / 60_000)
  const look = (at: number | null) => {
    setSeen(at)
    top.current?.focus()
  }
  return (
    <>
      <div className="learning-bar">
        <ProgressBar
          label="已计入"
          done={Math.floor(state.creditedMs / 6000) / 10}
          of={lengthMinutes}
          unit="分钟"
        />
        <Timing player={player} state={state} lesson={lesson} onTurned={() => look(null)} />
      </div>
      <article className="reading">
        <h2 ref={top} tabIndex={-1}>
          {page?.title}
        </h2>
        <p className="reading-body">{page?.body}</p>
      </article>
      <div className="reading-foot">
        <span className="num">
          第 {shown + 1} 页，共 {lesson.pages.length} 页
        </span>
        {shown > 0 ? (
          <PlainButton
            onPress={() => {
              player.pause()
              look(shown - 1)
            }}
          >
            看上一页
          </PlainButton>
        ) : null}
        {shown < state.page ? (
          <Button
            weight="main"
            onPress={() => {
              look(null)
              player.goOn()
            }}
          >
            回到第 {state.page + 1} 页
          </Button>
        ) : null}
      </div>
      <p className="reading-rules">
        每 {lesson.beatSeconds} 秒由服务器记录一次。离开本页、锁屏、断网时不计时；同一时间只能在一处学习{' '}
        <ClauseTap id="HB-4.3" />
      </p>
    </>
  )
}

function Timing(props: { player: Player; state: PlayerState; lesson: Lesson; onTurned: () => void }) {
  const { player, state, lesson } = props
  const pageMs = lesson.lengthMs / lesson.pages.length
  const leftMs = Math.max(0, Math.ceil(((state.page + 1) * pageMs - state.positionMs) / 1000) * 1000)
  switch (state.standing) {
    case 'ready':
      return (
        <>
          <Problem problem={state.problem} />
          <p>点“{state.creditedMs > 0 ? '继续学习' : '开始学习'}”后计时，请保持本页在屏幕前面。</p>
          <ButtonRow>
            <Button weight="main" onPress={player.begin}>
              {state.creditedMs > 0 ? '继续学习' : '开始学习'}
            </Button>
          </ButtonRow>
        </>
      )
    case 'starting':
      return <p role="status">正在连接…</p>
    case 'running':
      return (
        <div className="timing">
          <p>
            <StateTag tone="running">正在计时</StateTag>　本页还需{' '}
            <span className="num">{minutesWords(leftMs)}</span>
          </p>
          <Button onPress={player.pause}>暂停</Button>
        </div>
      )
    case 'paused':
    case 'hidden':
      return (
        <div className="timing">
          <p>
            <StateTag tone="idle">已暂停，不计时</StateTag>
          </p>
          <Button
            weight="main"
            onPress={() => {
              props.onTurned()
              player.goOn()
            }}
          >
            继续学习
          </Button>
        </div>
      )
    case 'page-over':
      return state.page === lesson.pages.length - 1 ? (
        <p role="status">正在记录…</p>
      ) : (
        <div className="timing">
          <p role="status">
            <StateTag tone="done">本页时间已满</StateTag>
          </p>
          <Button
            weight="main"
            onPress={() => {
              props.onTurned()
              player.turnPage()
            }}
          >
            下一页
          </Button>
        </div>
      )
    case 'cut-off':
      return (
        <Notice tone="waiting" title="网络中断，现在不计时">
          <p>已计入的时间都在。网络恢复后自动继续，不用刷新本页。</p>
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice tone="waiting" title="您在别处学习，这里已停止计时">
          <p>
            您已在另一个页面或设备上开始学习，同一时间只在一处计时 <ClauseTap id="HB-4.3" />
          </p>
          <ButtonRow>
            <Button weight="main" onPress={player.begin}>
              在此继续学习
            </Button>
          </ButtonRow>
        </Notice>
      )
    case 'stopped':
      return (
        <>
          <Problem problem={state.problem} />
          <ButtonRow>
            <Button onPress={player.begin}>再试一次</Button>
            <ButtonLink to={`/mine/courses/${lesson.enrolmentId}`}>回到课程</ButtonLink>
          </ButtonRow>
        </>
      )
    case 'done':
      return (
        <Notice tone="done" title={`本节课已学完，计入 ${Math.round(lesson.lengthMs / 60_000)} 分钟`}>
          <ButtonRow>
            <ButtonLink to={`/mine/courses/${lesson.enrolmentId}`} weight="main">
              回到课程
            </ButtonLink>
          </ButtonRow>
        </Notice>
      )
  }
}
