import { aSitting, type ExamsWorld, type SittingFixture, value } from '../exams/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import type { SettableClock } from '../platform/clock.ts'
import { addHall } from './sites/keep-hall.ts'
import { registerSite } from './sites/register-site.ts'

export type ClockedApp = App & { clock: SettableClock }

export interface SiteFixture {
  siteId: string
  hallIds: string[]
}

/** A site in Wuhan with halls of rows × columns usable seats. */
export async function aSite(
  app: App,
  manager: Actor,
  options: { halls?: number; rows?: number; columns?: number } = {},
): Promise<SiteFixture> {
  const { id: siteId } = value(
    await registerSite(app, manager, {
      name: '光谷机考中心',
      cityCode: '420100',
      address: '武汉市洪山区珞喻路 1 号',
      contactName: '许衡',
      contactPhone: '027-87654321',
    }),
  )
  const hallIds: string[] = []
  for (let at = 1; at <= (options.halls ?? 1); at += 1) {
    const { rows = 4, columns = 5 } = options
    hallIds.push(value(await addHall(app, manager, { siteId, name: `第 ${at} 考场`, rows, columns })).id)
  }
  return { siteId, hallIds }
}

/** Another tenant's records by kind, for the walk of every procedure over every role. */
export const foreignRecords = {
  site: async (app: ClockedApp) => (await aHallsWorld(app)).siteId,
  hall: async (app: ClockedApp) => (await aHallsWorld(app)).hallIds[0] as string,
}

export interface HallsWorld extends SittingFixture, SiteFixture {
  world: ExamsWorld
}

/** A planned sitting of an evaluation institution in Wuhan, and a site of the same institution. */
export async function aHallsWorld(
  app: ClockedApp,
  options: { candidates?: number; halls?: number; rows?: number; columns?: number; inDays?: number } = {},
): Promise<HallsWorld> {
  const sitting = await aSitting(app, { candidates: options.candidates ?? 1, inDays: options.inDays ?? 10 })
  const site = await aSite(app, sitting.world.evaluation.actor, options)
  return { ...sitting, ...site }
}
