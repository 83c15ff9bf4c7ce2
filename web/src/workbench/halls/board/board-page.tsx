import { Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { BackLink, Problem, StateOf, useParam, WORKBENCH } from '../../../ui/desk/index.ts'
import { timeOf } from '../../../ui/format.ts'
import { usePageHeading } from '../../../ui/page.tsx'
import { queryString } from '../../../ui/query-string.ts'
import { read } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import { ActRow } from './act-row.tsx'
import { Act, type ActName } from './acts.tsx'
import { DoorColumn } from './door-column.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { Proposals } from './proposals.tsx'
import { SeatedDrawer } from './seated-drawer.tsx'
import { TileGrid } from './tile-grid.tsx'
import { LevelMark } from './tile-view.tsx'
import { useAlarm } from './use-alarm.ts'
import { useWatched } from './watch.ts'
import {
  type Allowed,
  type Board,
  HALL_WORDS,
  LEVEL_WORDS,
  monthDayOf,
  type Part,
  type Place,
  type Seated,
  secondOf,
} from './words.ts'
import './board.css'

const SORTS = [
  { value: 'worst', label: '最急在前' },
  { value: 'seat', label: '按考位' },
]
const FACES = 'shujiang.board.faces'

/** A hall of sixty on one screen. */
export function BoardPage() {
  const place: Place = {
    sittingId: useParam('sittingId'),
    hallId: useParam('hallId'),
    part: useParam('part') === 'ability' ? 'ability' : 'theory',
  }
  const [board, setBoard] = useState<Board>()
  const { line, problem } = useWatched<Board>({
    url: `/api/workbench/halls.watch-board${queryString({ ...place })}`,
    event: 'board',
    onData: setBoard,
    read: async () => [await read('halls.read-board', place)],
  })
  const here = board?.hallId === place.hallId && board.part === place.part ? board : undefined
  const heading = usePageHeading(here ? `${here.hall}监考` : '监考台', WORKBENCH)
  const alarm = useAlarm(here?.tiles)
  return (
    <div className="board-page">
      <p className="sr-only" role="alert">
        {alarm.words}
      </p>
      <header className="board-head">
        <BackLink to="/halls/boards" label="监考" />
        <h1 ref={heading} tabIndex={-1}>
          {here ? here.hall : '监考台'}
        </h1>
        {here ? <BoardHead board={here} place={place} /> : null}
        {here ? <Levels board={here} /> : null}
        <LineState line={line} board={here} />
      </header>
      <Problem problem={problem} />
      {here ? (
        <BoardBody board={here} place={place} muted={alarm.muted} onMute={alarm.setMuted} />
      ) : problem ? null : (
        <p role="status">正在读取考场…</p>
      )}
    </div>
  )
}

function BoardHead({ board, place }: { board: Board; place: Place }) {
  return (
    <>
      <StateOf state={board.state} of={HALL_WORDS} />
      <span className="board-title">
        {board.site} · {board.title}
      </span>
      <nav className="board-parts" aria-label="科目">
        {board.parts.map((one) => (
          <Link
            key={one.part}
            to={`/halls/boards/${place.sittingId}/${place.hallId}/${one.part}`}
            aria-current={one.part === place.part ? 'page' : undefined}
          >
            {PART_WORDS[one.part as Part].slice(0, 4)} {dayBefore(one.startsAt, board.now)}
            {timeOf(one.startsAt)}–{timeOf(one.endsAt)}
          </Link>
        ))}
      </nav>
    </>
  )
}

/** The date, where it is not today's. */
const dayBefore = (at: string, now: string) => {
  const day = monthDayOf(at)
  return day === monthDayOf(now) ? '' : `${day} `
}

function LineState({ line, board }: { line: string; board: Board | undefined }) {
  const words =
    line === 'live'
      ? `实时 ${board ? secondOf(board.now) : ''}`
      : line === 'reading'
        ? `连接中断，正在重连；以下为 ${board ? secondOf(board.now) : '此前'} 的情况`
        : line === 'over'
          ? '已停止更新'
          : '正在连接'
  return <span className={`board-line board-line-${line} num`}>{words}</span>
}

type Asked = { act: ActName; candidateId: string | null; seated?: Seated }

function BoardBody(props: { board: Board; place: Place; muted: boolean; onMute: (muted: boolean) => void }) {
  const { board, place } = props
  const [open, setOpen] = useState<string>()
  const [asked, setAsked] = useState<Asked>()
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState('worst')
  const [help, setHelp] = useState(false)
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const [faces, setFaces] = useState(() => localStorage.getItem(FACES) !== '0')
  const atDoor = board.state === 'waiting' || (board.counts.waiting ?? 0) > 0
  const [doorOpen, setDoorOpen] = useState(atDoor)
  // Opens by itself when somebody comes; closing it is the invigilator's.
  useEffect(() => {
    if (atDoor) setDoorOpen(true)
  }, [atDoor])
  // A bar that comes or goes moves every seat: while the pointer is among them it waits, and says so.
  const [pointed, setPointed] = useState(false)
  const [shown, setShown] = useState(board.proposals)
  useEffect(() => {
    if (!pointed) setShown(board.proposals)
  }, [board.proposals, pointed])
  const known = new Set(shown.map((one) => one.id))
  const fresh = board.proposals.filter((one) => !known.has(one.id)).length
  const searchBox = useRef<{ focus(): void }>(null)
  const readOnly = !board.actions.act.allowed
  const tileOf = (id: string | null | undefined) => board.tiles.find((tile) => tile.candidateId === id)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const busy = (event.target as HTMLElement).closest(
        'input, textarea, select, [role="dialog"], [role="combobox"]',
      )
      if (busy || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '/') searchBox.current?.focus()
      else if (event.key === '?') setHelp(true)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const keepFaces = (next: boolean) => {
    localStorage.setItem(FACES, next ? '1' : '0')
    setFaces(next)
  }
  const focusFound = () => {
    const found = board.tiles.find((tile) =>
      `${tile.seat} 号 ${tile.name} ${tile.ticketNumber}`.includes(search.trim()),
    )
    if (found) document.querySelector<HTMLElement>(`[data-candidate="${found.candidateId}"]`)?.focus()
  }
  const opened = tileOf(open)
  return (
    <>
      <div className="board-tools">
        {readOnly ? null : <HallActs board={board} onAct={(act) => setAsked({ act, candidateId: null })} />}
        <span className="tiles-held">
          <span ref={setSlot} />
          {fresh > 0 ? (
            <button type="button" className="held-proposals" onClick={() => setShown(board.proposals)}>
              待第二人确认 {fresh} 项
            </button>
          ) : null}
        </span>
        <Input
          ref={searchBox as never}
          aria-label="搜索考位、姓名或准考证号"
          placeholder="搜索（/）"
          allowClear
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onPressEnter={focusFound}
          style={{ width: 128 }}
        />
        <Select aria-label="排列" value={sort} options={SORTS} onChange={setSort} style={{ width: 108 }} />
        <Button aria-pressed={faces} onClick={() => keepFaces(!faces)}>
          {faces ? '隐去画面' : '显示画面'}
        </Button>
        <Button aria-pressed={props.muted} onClick={() => props.onMute(!props.muted)}>
          {props.muted ? '已静音' : '声音已开'}
        </Button>
        <Button aria-expanded={doorOpen} onClick={() => setDoorOpen(!doorOpen)}>
          门口{board.counts.waiting ? `（${board.counts.waiting}）` : ''}
        </Button>
        <Link className="act-link" to={`/halls/boards/${place.sittingId}/${place.hallId}/log`}>
          记录
        </Link>
        <Button aria-label="帮助（?）" onClick={() => setHelp(true)}>
          ?
        </Button>
      </div>
      {readOnly && !board.actions.act.allowed ? (
        <p className="board-readonly">只读查看。{board.actions.act.because.message}</p>
      ) : null}
      <Proposals
        board={board}
        shown={shown}
        readOnly={readOnly}
        onAnswered={(id) => setShown((before) => before.filter((one) => one.id !== id))}
      />
      <div className="board-body">
        {board.tiles.length === 0 ? (
          <p className="board-grey">这个考场本科目没有考生。</p>
        ) : (
          <TileGrid
            board={board}
            bySeat={sort === 'seat'}
            faces={faces}
            search={search}
            slot={slot}
            onPointed={setPointed}
            onOpen={(tile) => setOpen(tile.candidateId)}
            onMessage={(tile) => {
              if (!readOnly) setAsked({ act: 'message', candidateId: tile.candidateId })
            }}
          />
        )}
        {doorOpen ? <DoorColumn place={place} readOnly={readOnly} /> : null}
      </div>
      {opened ? (
        <SeatedDrawer
          key={opened.candidateId}
          place={place}
          tile={opened}
          readOnly={readOnly}
          onAct={(act, seated) => setAsked({ act, candidateId: opened.candidateId, seated })}
          onClose={() => {
            setOpen(undefined)
            requestAnimationFrame(() =>
              document.querySelector<HTMLElement>(`[data-candidate="${opened.candidateId}"]`)?.focus(),
            )
          }}
        />
      ) : null}
      {asked ? (
        <Act
          act={asked.act}
          place={place}
          tile={tileOf(asked.candidateId) ?? null}
          seated={asked.seated}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {help ? <HelpDialog thresholds={board.thresholds} onClose={() => setHelp(false)} /> : null}
    </>
  )
}

/** Acts on everybody. */
function HallActs({ board, onAct }: { board: Board; onAct: (act: ActName) => void }) {
  const { actions } = board
  const go = (key: 'message' | 'extend' | 'pause' | 'resume', label: string, act: Allowed) => ({
    ...{ key, label, act },
    onAct: () => onAct(key),
  })
  return (
    <ActRow
      label="全场处置"
      acts={[
        go('message', '全场提示', actions.act),
        go('extend', '全场延时', actions.extend),
        actions.resume.allowed
          ? { ...go('resume', '恢复考场', actions.resume), main: true }
          : { ...go('pause', '暂停考场', actions.pause), grave: true },
      ]}
    />
  )
}

function Levels({ board }: { board: Board }) {
  const { counts } = board
  const closed = (counts.handed_in ?? 0) + (counts.timed_out ?? 0) + (counts.terminated ?? 0)
  const of = (level: string) => board.tiles.filter((tile) => tile.urgency.level === level).length
  return (
    <ul className="board-levels num">
      {(['urgent', 'warning', 'notice'] as const).map((level) => (
        <li key={level} className={of(level) > 0 ? `level-${level}` : 'board-grey'}>
          <LevelMark level={level} /> {LEVEL_WORDS[level]} <strong>{of(level)}</strong>
        </li>
      ))}
      <li>
        答题 {(counts.writing ?? 0) + (counts.paused ?? 0)} · 未到 {counts.expected} · 结束 {closed}
      </li>
    </ul>
  )
}
