// The figures that bind one sitting, taken from the policy when it is prepared and never changed behind its back.
import { z } from 'zod'

const seconds = z.number().int().min(0)

/** What the room does about an event of the browser: note it, tell the candidate, or prevent it where it can. */
export const eventRule = z.enum(['record', 'warn', 'block'])
export type EventRule = z.output<typeof eventRule>

export const hallRules = z.object({
  /** After the deadline, for what was typed before it. */
  graceSeconds: seconds,
  /** How late a candidate may still come in, and how early may hand in. */
  lateMinutes: z.number().int().min(0),
  earliestHandInMinutes: z.number().int().min(0),
  /** Captures come at random moments this far apart. */
  captureSeconds: z.object({ from: seconds, to: seconds }),
  captureRequired: z.boolean(),
  videoRequired: z.boolean(),
  faceThreshold: z.object({ same: z.number().min(0).max(1), other: z.number().min(0).max(1) }),
  livenessRequired: z.boolean(),
  fullScreenRequired: z.boolean(),
  events: z.record(z.string(), eventRule),
  invigilatorsPerHall: z.number().int().min(1),
  candidatesPerInvigilator: z.number().int().min(1),
  retention: z.object({
    capturesDays: z.number().int().min(1),
    videoDays: z.number().int().min(1),
    templateDays: z.number().int().min(1),
    archiveYears: z.number().int().min(1),
  }),
  /** Which of these figures no source was found for (待核实), by their key. */
  unverified: z.array(z.string()),
})
export type HallRules = z.output<typeof hallRules>

export const EVENTS = {
  blur: '离开考试窗口',
  focus: '回到考试窗口',
  hidden: '考试页面被遮住',
  copy: '复制',
  paste: '粘贴',
  cut: '剪切',
  full_screen_left: '退出全屏',
  second_screen: '接有第二块屏幕',
  developer_tools: '打开开发者工具',
  offline: '网络中断',
  online: '网络恢复',
  camera_lost: '摄像头中断',
  camera_back: '摄像头恢复',
  reloaded: '重新载入页面',
  printed: '打印',
  context_menu: '右键菜单',
} as const
export type RoomEvent = keyof typeof EVENTS
