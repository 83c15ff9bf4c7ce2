import type { OutputOf, PortalApi } from '../api.ts'

export type ShownReplay = OutputOf<PortalApi, 'halls.my-replay'>
export type ReplayStep = ShownReplay['steps'][number]

/** Places of the steps that are looked at: all, or those of one item together with what concerns everybody. */
export function placesOf(steps: readonly ReplayStep[], item: string): number[] {
  return steps.flatMap((step, at) => (item === '' || step.item === item || isFrame(step) ? [at] : []))
}

/** Beginning, end and time acts frame every item's own story. */
function isFrame(step: ReplayStep): boolean {
  return step.item === null && step.kind !== 'event' && step.kind !== 'lease'
}

/** What stood for each item after the step at `place`. */
export function answersAt(steps: readonly ReplayStep[], place: number): Map<string, string> {
  const answers = new Map<string, string>()
  for (const step of steps.slice(0, place + 1)) {
    if (step.item && step.answer !== null) answers.set(step.item, step.answer)
  }
  return answers
}

/** What stood for the item before this step. */
export function answerBefore(steps: readonly ReplayStep[], place: number): string | null {
  const item = steps[place]?.item
  if (!item) return null
  return steps.slice(0, place).findLast((step) => step.item === item && step.answer !== null)?.answer ?? null
}

/** How far the candidate's clock was from the server's, in whole seconds; null where it does not matter. */
export function clockGap(step: ReplayStep): number | null {
  if (!step.clientAt) return null
  const seconds = Math.round((Date.parse(step.clientAt) - Date.parse(step.at)) / 1000)
  return Math.abs(seconds) >= 5 ? seconds : null
}

/** 还剩 1 小时 5 分 10 秒 of a step; null before the start. */
export function timeLeft(step: ReplayStep): string | null {
  if (!step.deadlineAt) return null
  const seconds = Math.max(0, Math.round((Date.parse(step.deadlineAt) - Date.parse(step.at)) / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  return `${hours > 0 ? `${hours} 小时 ` : ''}${minutes} 分 ${seconds % 60} 秒`
}
