import { fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import type { Sitting } from './sitting.ts'
import type { ScoreProgress } from './store/scores.ts'

export const sittingLink = (id: string) => `/exams/sittings/${id}`

/**
 * Entering and publishing scores must be done within the report's 30 days, so they carry its clock: a sitting whose
 * scores never come stands overdue at the supervisors' desks, though no report has been begun.
 */
const DEADLINE: Record<string, string> = { '420000': 'hubei.result-report' }

async function open(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: Sitting,
  kind: string,
  act: string,
  role: 'examiner' | 'evaluation_manager',
) {
  const deadline = DEADLINE[sitting.provinceCode]
  await openDuty(tx, app, {
    kind,
    subject: `sitting:${sitting.id}`,
    title: `${act}：${sitting.title}`,
    link: sittingLink(sitting.id),
    holder: { organisationId: sitting.organisationId, role },
    startedOn: defined(sitting.endedOn, 'the day the sitting was over'),
    clause: 'HB-4.4',
    ...(deadline ? { deadline } : {}),
    provinceCode: sitting.provinceCode,
    cityCode: sitting.cityCode,
    actor,
  })
}

export function openScoreDuty(tx: Tx, app: App, actor: Actor, sitting: Sitting): Promise<void> {
  return open(tx, app, actor, sitting, 'exams.enter-scores', '双人录入成绩', 'examiner')
}

/** When every score is final the examiners are done and the manager owes the publication. */
export async function settleScoreDuties(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: Sitting,
  progress: ScoreProgress,
): Promise<void> {
  if (progress.done < progress.parts) return
  await fulfilDuty(tx, app, { kind: 'exams.enter-scores', subject: `sitting:${sitting.id}`, actor })
  await open(tx, app, actor, sitting, 'exams.publish-results', '公布成绩', 'evaluation_manager')
}

export async function fulfilPublication(tx: Tx, app: App, actor: Actor, sittingId: string): Promise<void> {
  for (const kind of ['exams.enter-scores', 'exams.publish-results']) {
    await fulfilDuty(tx, app, { kind, subject: `sitting:${sittingId}`, actor })
  }
}
