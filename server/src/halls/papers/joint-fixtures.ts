// A joint examination that two institutions have sat: its paper approved by two, taken by each sitting, attempts closed.
import { sql } from 'kysely'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { instantAt } from '../../platform/clock.ts'
import { anActor } from '../../platform/testing/index.ts'
import { aFamily, announced, type ClockedApp } from '../fixtures.ts'
import { approveJointPaper } from './approve-joint-paper.ts'
import {
  ALL_RIGHT,
  type ArrangedFixture,
  anArrangedSitting,
  closeHall,
  fileOf,
  paperInput,
  paperJson,
  sit,
} from './fixtures.ts'
import { importJointPaper } from './import-joint-paper.ts'
import { sealAll, sealPapers } from './seal-papers.ts'

export interface SatJoint {
  familyId: string
  paperId: string
  province: Actor
  colleague: Actor
  /** Two candidates; the second chose A in the first item. */
  first: ArrangedFixture
  /** Of another institution; one candidate, who chose A. */
  other: ArrangedFixture
  /** The first institution's again, the same way. */
  late: ArrangedFixture
}

/** Nothing is scored yet. */
export async function aSatJoint(app: ClockedApp): Promise<SatJoint> {
  const first = await anArrangedSitting(app, { candidates: 2 })
  const other = await anArrangedSitting(app, { candidates: 1 })
  const late = await anArrangedSitting(app, { candidates: 1, world: first.world })
  const all = [first, other, late]
  const { province } = first.world
  const colleague = anActor('provincial_officer', province.organisation ?? {}, { name: '同事' })
  const familyId = await aFamily(app, province)
  const organisationIds = [first, other].map((one) => one.world.evaluation.organisationId)
  await announced(app, province, { familyId, organisationIds })
  for (const { sittingId } of all)
    await sql`update halls.arrangements set family_id = ${familyId} where sitting_id = ${sittingId}`.execute(
      app.db,
    )
  const { sittingId: _sitting, ...paper } = paperInput('', 'theory')
  const imported = await importJointPaper(app, province, { ...paper, familyId }, fileOf(paperJson()))
  const paperId = value(imported).paperId as string
  value(await approveJointPaper(app, colleague, { paperId }))
  for (const { manager, sittingId } of all) {
    const { sealingId } = value(await sealPapers(app, manager, { sittingId }))
    await sealAll(app, { sealingId, sittingId })
  }
  await setSittings(app, all, 'open')
  app.clock.set(instantAt('2026-03-12', '09:00'))
  await sit(app, first, 0, 'theory', ALL_RIGHT)
  for (const [of, at] of [
    [first, 1],
    [other, 0],
    [late, 0],
  ] as const)
    await sit(app, of, at, 'theory', { ...ALL_RIGHT, 1: 'A' })
  app.clock.set(instantAt('2026-03-12', '18:00'))
  for (const one of all) await closeHall(app, one)
  await setSittings(app, all, 'ended')
  return { familyId, paperId, province, colleague, first, other, late }
}

/** Stands in for what exams does with the sitting. */
export async function setSittings(app: ClockedApp, of: ArrangedFixture[], state: string): Promise<void> {
  for (const { sittingId } of of)
    await sql`update exams.sittings set state = ${state}, ended_on = '2026-03-12' where id = ${sittingId}`.execute(
      app.db,
    )
}
