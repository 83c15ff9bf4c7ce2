import { memo } from 'react'
import { Picture } from './pictures.tsx'
import { LEVEL_WORDS, type Level, STANDING_WORDS, type Tile } from './words.ts'

const MARKS: Record<Exclude<Level, 'calm'>, string> = {
  // Full triangle, empty triangle, half circle: told apart without colour.
  urgent: 'M6 0.8 11.6 11H0.4z',
  warning: 'M6 1.8 10.8 10.4H1.2z',
  notice: 'M6 1.4a4.6 4.6 0 0 1 0 9.2z',
}

export function LevelMark({ level }: { level: Level }) {
  if (level === 'calm') return null
  return (
    <svg className="level-mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={MARKS[level]} fill={level === 'warning' ? 'none' : 'currentColor'} stroke="currentColor" />
      {level === 'urgent' ? <path d="M6 4.4v3M6 8.8v.6" stroke="#fff" strokeWidth="1.3" /> : null}
      {level === 'notice' ? <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" /> : null}
    </svg>
  )
}

/** The one word of a tile. */
export function wordOf(tile: Tile): string {
  return tile.urgency.word || STANDING_WORDS[tile.standing]
}

const isOn = (tile: Tile) => tile.standing === 'writing' || tile.standing === 'paused'

/** Connection from 1 (just heard of) to 0 (silent for as long as is urgent). */
function lineOf(tile: Tile, urgentAfter: number): number | null {
  if (!isOn(tile)) return null
  if (tile.silentSeconds === null) return 0
  return Math.max(0, Math.min(1, 1 - (tile.silentSeconds - 2) / (urgentAfter - 2)))
}

export function tileLabel(tile: Tile): string {
  const parts = [`${tile.seat} 号`, tile.name]
  if (tile.urgency.level !== 'calm') parts.push(LEVEL_WORDS[tile.urgency.level], tile.urgency.word)
  parts.push(STANDING_WORDS[tile.standing])
  if (tile.misconduct) parts.push('已认定违纪')
  if (isOn(tile)) {
    parts.push(`已答 ${tile.answered} / ${tile.items}`)
    if (tile.silentSeconds !== null && tile.silentSeconds >= 5) parts.push(`${tile.silentSeconds} 秒没有消息`)
    if (tile.unsaved > 0) parts.push(`${tile.unsaved} 项尚未送达`)
  }
  return parts.join('，')
}

export const TileView = memo(
  function TileView(props: {
    tile: Tile
    urgentAfter: number
    faces: boolean
    dimmed: boolean
    isCurrent: boolean
    onOpen: () => void
    onFocus: () => void
  }) {
    const { tile } = props
    const { level } = tile.urgency
    const line = lineOf(tile, props.urgentAfter)
    const share = tile.items > 0 ? tile.answered / tile.items : 0
    return (
      <button
        type="button"
        className={`tile tile-${level} ${props.dimmed ? 'tile-dimmed' : ''}`}
        data-candidate={tile.candidateId}
        tabIndex={props.isCurrent ? 0 : -1}
        aria-haspopup="dialog"
        onClick={props.onOpen}
        onFocus={props.onFocus}
      >
        <span className="sr-only">{tileLabel(tile)}</span>
        <span className="tile-head" aria-hidden="true">
          <strong className="num">{tile.seat}</strong>
          <span className="tile-name">{tile.name}</span>
          <span className={`level-${level}`}>
            <LevelMark level={level} />
          </span>
        </span>
        <span className={`tile-word level-${level}`} aria-hidden="true">
          {wordOf(tile)}
        </span>
        <span className="tile-body" aria-hidden="true">
          <Picture
            className="tile-face"
            wanted={props.faces && tile.capture ? { of: 'tile', captureId: tile.capture.id } : null}
            alt=""
            none={tile.name.slice(0, 1)}
          />
          <span className="tile-who">
            {isOn(tile) ? (
              <small className="num">
                {tile.answered}/{tile.items}
              </small>
            ) : null}
            {tile.urgency.word && !isOn(tile) ? <small>{STANDING_WORDS[tile.standing]}</small> : null}
            {tile.misconduct ? <small className="tile-mark">违纪</small> : null}
            {tile.unsaved > 0 ? <small className="num">未达 {tile.unsaved}</small> : null}
            {isOn(tile) && tile.urgency.level !== 'calm' && (tile.silentSeconds ?? 0) >= 5 ? (
              <small className="num">{tile.silentSeconds} 秒</small>
            ) : null}
          </span>
        </span>
        <span className="tile-bars" aria-hidden="true">
          <Bar title="连接" share={line} tone={line === null ? 'none' : line > 0.75 ? 'good' : 'poor'} />
          <Bar title="进度" share={isOn(tile) ? share : null} tone={isOn(tile) ? 'progress' : 'none'} />
        </span>
      </button>
    )
  },
  (before, now) =>
    before.faces === now.faces &&
    before.dimmed === now.dimmed &&
    before.isCurrent === now.isCurrent &&
    JSON.stringify(before.tile) === JSON.stringify(now.tile),
)

function Bar({ title, share, tone }: { title: string; share: number | null; tone: string }) {
  return (
    <span className={`bar bar-${tone}`} title={title}>
      <span style={{ width: `${Math.round((share ?? 0) * 100)}%` }} />
    </span>
  )
}
