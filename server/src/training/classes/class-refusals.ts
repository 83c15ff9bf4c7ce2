import { no } from '../refusals.ts'
import { CLASS_ACTS, CLASS_STATES, type ClassAct, type TrainingClass } from './class.ts'

/** Whether the class's state lets the act happen; the verbs and the record's `actions` ask the same question. */
export function stateForbids(one: Pick<TrainingClass, 'state'>, act: ClassAct) {
  const spec = CLASS_ACTS[act]
  return (spec.from as readonly string[]).includes(one.state)
    ? undefined
    : no.CLASS_STATE({ state: CLASS_STATES[one.state], act: spec.act })
}

/** A flagged name is looked at by a supervisor before the public sees it (HB-6.2). */
export function nameForbids(one: Pick<TrainingClass, 'nameReview' | 'nameFlags' | 'nameReviewReason'>) {
  if (one.nameReview === 'open') return no.CLASS_NAME_UNDER_REVIEW({ words: one.nameFlags.join('、') })
  if (one.nameReview === 'rejected') return no.CLASS_NAME_REJECTED({ reason: one.nameReviewReason ?? '' })
  return undefined
}
