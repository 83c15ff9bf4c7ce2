// One candidate on the board: how long not heard of, what is wrong, and who comes first. Pure.

/** Not heard of for so long: seconds, from a glance to now. Pulses come every three. */
export const SILENT_SECONDS = { notice: 5, warning: 10, urgent: 15 } as const

export const ALERTS = {
  impostor: '疑似替考',
  other_face: '面孔不符',
  several_faces: '多张面孔',
  no_face: '未见面孔',
  face_unsure: '面孔难辨',
  second_device: '第二台设备登录',
  blur: '离开考试窗口',
  hidden: '考试页面被遮住',
  copy: '复制',
  paste: '粘贴',
  cut: '剪切',
  full_screen_left: '退出全屏',
  second_screen: '接有第二块屏幕',
  developer_tools: '打开开发者工具',
  camera_lost: '摄像头中断',
  printed: '打印',
  context_menu: '右键菜单',
  reloaded: '重新载入页面',
  node_refused: '考点节点数据未接收',
} as const
export type AlertKind = keyof typeof ALERTS
export function alertWord(kind: string): string {
  return ALERTS[kind as AlertKind] ?? kind
}

export type Severity = 'notice' | 'warning' | 'urgent'
export type Standing =
  /** Drawn here and not come; at the door; admitted and not begun; writing; over. */
  | 'expected'
  | 'waiting'
  | 'turned_away'
  | 'admitted'
  | 'writing'
  | 'paused'
  | 'handed_in'
  | 'timed_out'
  | 'terminated'

export interface TileFacts {
  standing: Standing
  /** Since the last pulse; null when there was none. */
  silentSeconds: number | null
  alerts: { kind: string; severity: Severity }[]
  unsaved: number
}

export interface Urgency {
  level: 'calm' | Severity
  /** One word for the tile. */
  word: string
}

const RANK = { calm: 0, notice: 1, warning: 2, urgent: 3 } as const

/** What a tile says: the worst of what is open, silence among it. */
export function urgencyOf(facts: TileFacts): Urgency {
  const worst = facts.alerts.reduce<Urgency>(
    (found, alert) =>
      RANK[alert.severity] > RANK[found.level]
        ? { level: alert.severity, word: alertWord(alert.kind) }
        : found,
    { level: 'calm', word: '' },
  )
  const silence = silenceOf(facts)
  return silence && RANK[silence] > RANK[worst.level] ? { level: silence, word: '网络中断' } : worst
}

/** Only who is writing can fall silent. */
function silenceOf({ standing, silentSeconds }: TileFacts): Severity | undefined {
  if (standing !== 'writing' || silentSeconds === null) return undefined
  if (silentSeconds >= SILENT_SECONDS.urgent) return 'urgent'
  if (silentSeconds >= SILENT_SECONDS.warning) return 'warning'
  return silentSeconds >= SILENT_SECONDS.notice ? 'notice' : undefined
}

const STANDING_ORDER: Record<Standing, number> = {
  waiting: 0,
  writing: 1,
  paused: 1,
  admitted: 2,
  expected: 3,
  turned_away: 4,
  terminated: 5,
  handed_in: 6,
  timed_out: 6,
}

interface Sortable {
  urgency: Urgency
  standing: Standing
  silentSeconds: number | null
  row: number
  column: number
}

/** Worst first; among equals who waits at the door, then the longest silence, then the seats in order. */
export function worstFirst(a: Sortable, b: Sortable): number {
  return (
    RANK[b.urgency.level] - RANK[a.urgency.level] ||
    STANDING_ORDER[a.standing] - STANDING_ORDER[b.standing] ||
    (a.urgency.level === 'calm' ? 0 : (b.silentSeconds ?? 0) - (a.silentSeconds ?? 0)) ||
    a.row - b.row ||
    a.column - b.column
  )
}
