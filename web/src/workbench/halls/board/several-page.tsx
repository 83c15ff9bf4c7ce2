import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { DeskPage, Notice, Problem, StateOf, useAddressSearch } from '../../../ui/desk/index.ts'
import { queryString } from '../../../ui/query-string.ts'
import { read } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import { LevelMark } from './tile-view.tsx'
import { useWatched } from './watch.ts'
import { type Board, HALL_WORDS, LEVEL_WORDS, type Level, type Part } from './words.ts'
import './board.css'

interface Strip {
  sittingId: string
  hallId: string
  part: Part
  title: string
  site: string
  hall: string
  state: Board['state']
  now: string
  counts: Board['counts']
  levels: Record<Level, number>
  proposals: number
  worst: { candidateId: string; seat: string; name: string; urgency: { level: Level; word: string } }[]
  more: number
}
const SHOWN = 12

/** Up to six halls side by side, to look on. */
export function SeveralPage() {
  const places = (useAddressSearch().at ?? '').split(',').filter(Boolean)
  const [strips, setStrips] = useState<Record<string, Strip>>({})
  const { line, problem } = useWatched<Strip>({
    url: `/api/workbench/halls.watch-boards${queryString({ at: places })}`,
    event: 'strip',
    onData: (strip) => setStrips((known) => ({ ...known, [keyOf(strip)]: strip })),
    read: () => Promise.all(places.map(readStrip)),
  })
  return (
    <DeskPage
      title="同时查看"
      lead="只读，每秒更新。需要处置时，请打开考场或联系该考场监考员。"
      back={{ to: '/halls/boards', label: '监考' }}
    >
      <Problem problem={problem} />
      {line === 'reading' ? <Notice tone="waiting">与服务器的连接中断，正在重新连接。</Notice> : null}
      {places.length === 0 ? <Notice>请先在监考列表中勾选考场，一次最多 6 个。</Notice> : null}
      <div className="strips">
        {places.map((place) => (
          <StripView key={place} place={place} strip={strips[place]} />
        ))}
      </div>
    </DeskPage>
  )
}

const keyOf = (of: { sittingId: string; hallId: string; part: string }) =>
  `${of.sittingId}.${of.hallId}.${of.part}`

async function readStrip(place: string): Promise<Strip> {
  const [sittingId = '', hallId = '', part = 'theory'] = place.split('.')
  const board = await read('halls.read-board', { sittingId, hallId, part: part as Part })
  const uneasy = board.tiles.filter((tile) => tile.urgency.level !== 'calm')
  const levels = { calm: 0, notice: 0, warning: 0, urgent: 0 }
  for (const tile of board.tiles) levels[tile.urgency.level] += 1
  return {
    ...board,
    levels,
    proposals: board.proposals.length,
    worst: uneasy.slice(0, SHOWN),
    more: Math.max(0, uneasy.length - SHOWN),
  }
}

function StripView({ place, strip }: { place: string; strip: Strip | undefined }) {
  if (!strip) return <section className="strip" aria-busy="true" aria-label="正在读取考场" />
  const { counts } = strip
  const closed = (counts.handed_in ?? 0) + (counts.timed_out ?? 0) + (counts.terminated ?? 0)
  return (
    <section className="strip" aria-label={`${strip.site} ${strip.hall}`}>
      <h2>
        <Link to={`/halls/boards/${place.replaceAll('.', '/')}`}>{strip.hall}</Link>{' '}
        <StateOf state={strip.state} of={HALL_WORDS} />
      </h2>
      <p className="board-grey">
        {strip.site} · {strip.title} · {PART_WORDS[strip.part]}
      </p>
      <ul className="strip-levels">
        {(['urgent', 'warning', 'notice'] as const).map((level) => (
          <li key={level} className={strip.levels[level] > 0 ? `level-${level}` : 'board-grey'}>
            <LevelMark level={level} /> {LEVEL_WORDS[level]}{' '}
            <strong className="num">{strip.levels[level]}</strong>
          </li>
        ))}
      </ul>
      <p className="num">
        门口 {counts.waiting} · 答题 {(counts.writing ?? 0) + (counts.paused ?? 0)} · 结束 {closed} · 未到{' '}
        {counts.expected}
        {strip.proposals > 0 ? ` · 待第二人 ${strip.proposals}` : ''}
      </p>
      {strip.worst.length === 0 ? (
        <p className="board-grey">没有需要留意的考位。</p>
      ) : (
        <ol className="strip-worst">
          {strip.worst.map((one) => (
            <li key={one.candidateId} className={`level-${one.urgency.level}`}>
              <LevelMark level={one.urgency.level} />
              <span className="num">{one.seat}</span> {one.name}
              <span className="strip-word">{one.urgency.word}</span>
            </li>
          ))}
          {strip.more > 0 ? <li className="board-grey">还有 {strip.more} 个考位需要留意</li> : null}
        </ol>
      )}
    </section>
  )
}
