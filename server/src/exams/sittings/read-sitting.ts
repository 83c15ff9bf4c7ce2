import { policySettings } from '../../institutions/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { allowedIf, ok, refuse } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { retakeFigures } from './retake-figures.ts'
import {
  type Sitting,
  whyNotAssignable,
  whyNotCorrectable,
  whyNotEndable,
  whyNotMarkable,
  whyNotOpenable,
  whyNotPublishable,
  whyNotScorable,
} from './sitting.ts'
import { findSittingRow, listMarks } from './store/reading.ts'
import { openCorrections, type ScoreProgress, scoreProgress } from './store/scores.ts'
import { findSitting, partsOf } from './store/sittings.ts'

/** A sitting with its windows, how far the scores are, the marks of the room and what the viewer may do now. */
export async function readSitting(app: App, actor: Actor, input: { sittingId: string }) {
  const scope = scopeOf(actor)
  const sitting = await findSitting(app.db, input.sittingId, scope)
  const row = sitting && (await findSittingRow(app.db, sitting.id, scope))
  if (!sitting || !row) return refuse(no.SITTING_NOT_FOUND())
  const [organisation] = await findOrganisations(app.db, { ids: [sitting.organisationId] })
  const progress = await scoreProgress(app.db, sitting.id)
  const settings = await policySettings(app.db, sitting.provinceCode)
  const on = sitting.endedOn ?? dayOf(sitting.startsAt)
  const manager = actor.role === 'evaluation_manager'
  return ok({
    ...row,
    organisation: organisation?.name ?? '',
    parts: await partsOf(app.db, sitting.id),
    progress,
    figures: retakeFigures(app, { ...sitting, on, settings }).shown,
    marks: await listMarks(app.db, sitting.id),
    corrections: manager
      ? (await openCorrections(app.db, sitting.id)).map((one) => ({
          ...one,
          mayDecide:
            one.decision === null
              ? allowedIf(
                  one.proposedBy === actor.accountId
                    ? no.CORRECTION_SAME_PERSON()
                    : whyNotCorrectable(sitting),
                )
              : null,
        }))
      : [],
    actions: actionsOf(app, actor, sitting, row.candidates, progress),
    timeline: await timeline(app.db, `sitting:${sitting.id}`),
  })
}

function actionsOf(app: App, actor: Actor, sitting: Sitting, candidates: number, progress: ScoreProgress) {
  const manager = actor.role === 'evaluation_manager'
  const runs = manager || actor.role === 'invigilator'
  const planned = whyNotAssignable(sitting)
  return {
    assign: manager ? allowedIf(planned) : null,
    cancel: manager ? allowedIf(planned) : null,
    open: runs
      ? allowedIf(whyNotOpenable(sitting, candidates, app.clock.today(), dayOf(sitting.startsAt)))
      : null,
    mark: runs ? allowedIf(whyNotMarkable(sitting)) : null,
    end: runs ? allowedIf(whyNotEndable(sitting, app.clock.now())) : null,
    enterScores: actor.role === 'examiner' ? allowedIf(whyNotScorable(sitting)) : null,
    settle: manager || actor.role === 'examiner' ? allowedIf(whyNotScorable(sitting)) : null,
    publish: manager ? allowedIf(whyNotPublishable(sitting, progress)) : null,
    correct: manager ? allowedIf(whyNotCorrectable(sitting)) : null,
  }
}
