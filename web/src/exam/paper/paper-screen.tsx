// The paper as the candidate works on it: top line, map, question, ways on. The room and the rehearsal both show it.
import { type ReactNode, useState } from 'react'
import { spokenSpan } from '../clock/time-words.ts'
import { Button, Dialog, Mark } from '../kit.tsx'
import { SettingsDialog } from '../settings.tsx'
import { allSaveWords, type Desk } from './desk.ts'
import { KEYS, useKeys } from './keys.ts'
import { MapPanel } from './map-panel.tsx'
import { Overview } from './overview.tsx'
import { QuestionView } from './question-view.tsx'
import { TimeLeft, useLeft, useSpokenTime } from './time-left.tsx'

export interface PaperScreenProps {
  desk: Desk
  /** Name, seat, part. */
  who: ReactNode
  leftMs: () => number | null
  handIn: {
    verb: string
    because?: string | undefined
    busy: boolean
    problem: string | null
    run: () => void
  }
  /** Said once when it appears: messages, changes of time. */
  announced?: string | undefined
  notices?: ReactNode
}

type Open = 'overview' | 'help' | 'settings' | 'map' | null

export function PaperScreen(props: PaperScreenProps) {
  const { desk } = props
  const [open, setOpen] = useState<Open>(null)
  const [asked, setAsked] = useState('')
  const left = useLeft(props.leftMs)
  const spoken = useSpokenTime(left)
  // A window's own close may be heard after another was opened by its key.
  const closing = (which: Open) => () => setOpen((now) => (now === which ? null : now))
  const here = desk.questions[desk.position]
  const first = desk.position === 0
  const last = desk.position === desk.questions.length - 1
  const sayTime = () => setAsked(left === null ? '没有时间限制' : `剩余 ${spokenSpan(left)}`)
  useKeys({
    next: () => desk.go(desk.position + 1),
    previous: () => desk.go(desk.position - 1),
    mark: () => here && desk.toggleMark(here.item.id),
    map: () => setOpen('map'),
    overview: () => setOpen('overview'),
    time: sayTime,
    settings: () => setOpen('settings'),
    help: () => setOpen('help'),
  })
  const save = allSaveWords(desk.saver)
  return (
    <div className="paper">
      <a className="skip-link" href="#question">
        跳到题目
      </a>
      <header className="top">
        <p className="who">{props.who}</p>
        <p className="save">
          <Mark shape={save.tone}>{save.words}</Mark>
        </p>
        <TimeLeft left={left} onAsk={sayTime} />
        <div className="top-acts">
          <Button weight="plain" onPress={() => setOpen('settings')}>
            显示
          </Button>
          <Button weight="plain" onPress={() => setOpen('help')} label="帮助与快捷键">
            帮助
          </Button>
        </div>
      </header>
      {props.notices}
      <p className="sr-only" role="status">
        {save.tone === 'wait' || save.tone === 'stop' ? save.words : ''}
      </p>
      <p className="sr-only" role="status">
        {spoken}
      </p>
      <p className="sr-only" role="status">
        {asked}
      </p>
      <p className="sr-only" role="status">
        {props.announced}
      </p>
      <div className="paper-body">
        <aside className="map-side" aria-label="题卡栏">
          <MapPanel desk={desk} onGo={desk.go} />
          <Button weight="main" onPress={() => setOpen('overview')}>
            检查与交卷
          </Button>
        </aside>
        <main id="question" tabIndex={-1}>
          <h1 className="sr-only">试卷</h1>
          <QuestionView desk={desk} />
          <nav className="ways" aria-label="前后题">
            <Button onPress={() => desk.go(desk.position - 1)} because={first ? '已是第一题' : undefined}>
              上一题
            </Button>
            <Button className="map-open" onPress={() => setOpen('map')}>
              题卡 {desk.position + 1}/{desk.questions.length}
            </Button>
            {last ? (
              <Button weight="main" onPress={() => setOpen('overview')}>
                检查与交卷
              </Button>
            ) : (
              <Button weight="main" onPress={() => desk.go(desk.position + 1)}>
                下一题
              </Button>
            )}
          </nav>
        </main>
      </div>
      <Dialog title="题卡" open={open === 'map'} onClose={closing('map')}>
        <MapPanel
          desk={desk}
          onGo={(position) => {
            desk.go(position)
            setOpen(null)
          }}
        />
        <div className="row">
          <Button weight="main" onPress={() => setOpen('overview')}>
            检查与交卷
          </Button>
        </div>
      </Dialog>
      <Overview
        desk={desk}
        open={open === 'overview'}
        onClose={closing('overview')}
        onHandIn={props.handIn.run}
        handInBecause={props.handIn.because}
        busy={props.handIn.busy}
        problem={props.handIn.problem}
        verb={props.handIn.verb}
      />
      <SettingsDialog open={open === 'settings'} onClose={closing('settings')} />
      <HelpDialog open={open === 'help'} onClose={closing('help')} />
    </div>
  )
}

function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="帮助与快捷键" open={open} onClose={onClose}>
      <ul>
        <li>
          答案随写随存。顶部显示“已保存”，说明服务器已经收到；显示“网络中断”时可以继续作答，网络恢复后自动送达。
        </li>
        <li>机器出现故障、屏幕不动或需要更换机器时，请举手。已保存的答案不会丢失。</li>
        <li>时间以服务器为准。到时自动收卷，以最后保存的答案为准。</li>
      </ul>
      <table className="keys">
        <caption>快捷键</caption>
        <tbody>
          {KEYS.map(([keys, does]) => (
            <tr key={keys}>
              <th scope="row">{keys}</th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
