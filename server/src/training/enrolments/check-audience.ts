import { policySettings } from '../../institutions/index.ts'
import { factsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { explained } from '../../platform/decision-shape.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { findPublicAnnouncement } from '../classes/announcement-store.ts'
import { no } from '../refusals-of-learners.ts'
import { decideAudience, unsaid } from '../verdict.ts'

export interface AudienceAnswer {
  verdict: ReturnType<typeof explained>
  /** What the person must still say; empty when enrolling can be decided. */
  unsaid: string[]
}

/** Tells a learner beforehand what the audience rule (HB-2) says; nothing is kept. */
export async function checkAudience(
  app: App,
  actor: Actor,
  input: { announcementId: string },
): Promise<Result<AudienceAnswer, RefusalOf<typeof no, 'REAL_NAME_NEEDED' | 'ANNOUNCEMENT_NOT_FOUND'>>> {
  if (!actor.personId) return refuse(no.REAL_NAME_NEEDED())
  const announcement = await findPublicAnnouncement(app.db, input.announcementId)
  if (!announcement) return refuse(no.ANNOUNCEMENT_NOT_FOUND())
  const facts = await factsOf(app.db, actor.personId)
  const settings = await policySettings(app.db, announcement.provinceCode)
  const decision = decideAudience(app, { ...announcement, facts, on: app.clock.today(), settings })
  return ok({ verdict: explained(decision), unsaid: unsaid(decision).map((need) => need.what) })
}
