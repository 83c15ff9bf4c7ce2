import { sql } from 'kysely'
import { value } from '../../exams/fixtures.ts'
import type { ClockedApp } from '../fixtures.ts'
import { aDoor } from '../gates/fixtures.ts'
import { proposeAct } from './propose-act.ts'
import { raiseAlert } from './raise-alert.ts'

/** An open alert at somebody's board. */
export async function anAlert(app: ClockedApp): Promise<string> {
  const { sittingId, hallId, people } = await aDoor(app, { candidates: 1, stage: 'started' })
  const one = people[0] as (typeof people)[number]
  const at = app.clock.now()
  await raiseAlert(app.db, {
    sittingId,
    hallId,
    candidateId: one.candidateId,
    attemptId: one.attemptId,
    kind: 'blur',
    severity: 'warning',
    data: {},
    captureId: null,
    clientAt: at,
    at,
  })
  const { rows } = await sql<{ id: string }>`
    select id from halls.alerts where candidate_id = ${one.candidateId}`.execute(app.db)
  return rows[0]?.id as string
}

/** More time for a hall, proposed by one of its invigilators. */
export async function aProposal(app: ClockedApp): Promise<string> {
  const { sittingId, hallId, chief } = await aDoor(app, { candidates: 1, stage: 'started' })
  const proposed = await proposeAct(app, chief, {
    sittingId,
    hallId,
    part: 'theory',
    act: { kind: 'extend', candidateId: null, seconds: 600 },
    reason: '网络中断十分钟',
    clientAt: app.clock.now(),
  })
  return value(proposed).id
}

export const boardRecords = { alert: anAlert, 'act-proposal': aProposal }
