import { useCallback, useEffect, useRef, useState } from 'react'
import type { Tile } from './words.ts'

const SORT_EVERY_MS = 3_000

/**
 * The order on screen follows the server's, but calmly: at most every three seconds, and never under a hand: while
 * the pointer or the focus is inside, tiles stay where they are. `behind` says that the order is held and outdated.
 */
export function useOrder(tiles: readonly Tile[], held: boolean, bySeat: boolean) {
  const [order, setOrder] = useState<readonly string[]>([])
  const sortedAt = useRef(0)
  const wanted = bySeat
    ? [...tiles].sort((a, b) => a.row - b.row || a.column - b.column).map((tile) => tile.candidateId)
    : tiles.map((tile) => tile.candidateId)
  const key = wanted.join()
  const latest = useRef(wanted)
  latest.current = wanted
  const sortNow = useCallback(() => {
    sortedAt.current = Date.now()
    setOrder(latest.current)
  }, [])
  // Another way to sort is somebody's wish and does not wait.
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorts when the way of sorting changes
  useEffect(sortNow, [bySeat, sortNow])
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever the server's order is another
  useEffect(() => {
    if (held) return
    const wait = Math.max(0, sortedAt.current + SORT_EVERY_MS - Date.now())
    const timer = setTimeout(sortNow, wait)
    return () => clearTimeout(timer)
  }, [key, held, sortNow])
  const byId = new Map(tiles.map((tile) => [tile.candidateId, tile]))
  const shown = order.flatMap((id) => byId.get(id) ?? [])
  const known = new Set(order)
  const added = tiles.filter((tile) => !known.has(tile.candidateId))
  return { shown: [...shown, ...added], behind: order.join() !== key, sortNow }
}

/** Moves what changed its place along, in place of jumping; nothing moves for who asked for less motion. */
export function useGlide(grid: { current: HTMLElement | null }, order: string): void {
  const places = useRef(new Map<string, DOMRect>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures after each new order
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const before = places.current
    places.current = new Map()
    for (const tile of grid.current?.querySelectorAll<HTMLElement>('[data-candidate]') ?? []) {
      const id = tile.dataset.candidate ?? ''
      const now = tile.getBoundingClientRect()
      places.current.set(id, now)
      const was = before.get(id)
      if (still || !was || (was.x === now.x && was.y === now.y)) continue
      tile.animate(
        [{ transform: `translate(${was.x - now.x}px, ${was.y - now.y}px)` }, { transform: 'none' }],
        { duration: 320, easing: 'ease-in-out' },
      )
    }
  }, [order])
}
