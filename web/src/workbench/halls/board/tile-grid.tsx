import { type KeyboardEvent, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { TileView } from './tile-view.tsx'
import { useGlide, useOrder } from './use-order.ts'
import { type Board, seatName, type Tile } from './words.ts'

/** A pointer that lies still is not about to press. */
const RESTS_AFTER_MS = 5_000

/** Sixty seats, one tile each. One of them takes the focus by Tab; arrow keys move inside. */
export function TileGrid(props: {
  board: Board
  bySeat: boolean
  faces: boolean
  search: string
  /** Where it is said that the order is held: a place of its own, so that nothing moves or is covered. */
  slot: HTMLElement | null
  /** The pointer moves among the seats, or has left them or come to rest. */
  onPointed: (pointed: boolean) => void
  onOpen: (tile: Tile) => void
  onMessage: (tile: Tile) => void
}) {
  const { board } = props
  const grid = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [current, setCurrent] = useState<string>()
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const point = (now: boolean) => {
    clearTimeout(rest.current)
    setPointed(now)
    props.onPointed(now)
    if (now) rest.current = setTimeout(() => props.onPointed(false), RESTS_AFTER_MS)
  }
  const { shown, behind, sortNow } = useOrder(board.tiles, pointed || focused, props.bySeat)
  useGlide(grid, shown.map((tile) => tile.candidateId).join())
  const here = shown.some((tile) => tile.candidateId === current) ? current : shown[0]?.candidateId
  const move = (event: KeyboardEvent) => {
    const tiles = [...(grid.current?.querySelectorAll<HTMLElement>('[data-candidate]') ?? [])]
    const at = tiles.indexOf(document.activeElement as HTMLElement)
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const first = tiles[0]?.offsetTop
    const columns = Math.max(
      1,
      tiles.findIndex((tile) => tile.offsetTop !== first),
    )
    const width = tiles.every((tile) => tile.offsetTop === first) ? tiles.length : columns
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + width,
      ArrowUp: at - width,
      Home: 0,
      End: tiles.length - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) {
      event.preventDefault()
      tiles[to]?.focus()
    } else if (event.key === 'm' || event.key === 'M') {
      const tile = shown[at]
      if (tile) props.onMessage(tile)
      event.preventDefault()
    } else if (event.key === 's' || event.key === 'S') {
      sortNow()
    }
  }
  const search = props.search.trim()
  return (
    <div className="tiles-area">
      {props.slot && behind && !props.bySeat && (pointed || focused)
        ? createPortal(
            <>
              排序暂停
              <button type="button" onClick={sortNow}>
                立即排序（S）
              </button>
            </>,
            props.slot,
          )
        : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form */}
      <div
        ref={grid}
        className="tiles"
        role="group"
        aria-label={`考位，${props.bySeat ? '按考位' : '最急在前'}`}
        onKeyDown={move}
        onPointerEnter={(event) => event.pointerType === 'mouse' && point(true)}
        onPointerMove={(event) => event.pointerType === 'mouse' && point(true)}
        onPointerLeave={() => point(false)}
        onFocus={() => setFocused(true)}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
      >
        {shown.map((tile) => (
          <TileView
            key={tile.candidateId}
            tile={tile}
            urgentAfter={board.thresholds.urgent}
            faces={props.faces}
            dimmed={search !== '' && !`${seatName(tile)} ${tile.ticketNumber}`.includes(search)}
            isCurrent={tile.candidateId === here}
            onOpen={() => props.onOpen(tile)}
            onFocus={() => setCurrent(tile.candidateId)}
          />
        ))}
      </div>
    </div>
  )
}
