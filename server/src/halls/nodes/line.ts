// Whether the province answers this node, as its page says it. Known to this process only: after a start nothing is.
import type { App } from '../../platform/app.ts'

export interface Line {
  reached: boolean
  /** The last round that reached the province. */
  reachedAt: Date | null
}

const lines = new WeakMap<App, Line>()

export function noteLine(app: App, reached: boolean): void {
  const before = lines.get(app)?.reachedAt ?? null
  lines.set(app, { reached, reachedAt: reached ? app.clock.now() : before })
}

/** Null before the first round, and where nobody speaks to a province. */
export function lineToProvince(app: App): Line | null {
  return lines.get(app) ?? null
}
