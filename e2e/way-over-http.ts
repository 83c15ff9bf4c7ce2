import type { Caller } from '../db/seed/caller.ts'
import { STAFF } from '../db/seed/cast.ts'
import type { Way } from '../db/seed/way/way.ts'
import { must } from '../db/seed/way/way.ts'
import { staffCaller } from './caller.ts'
import type { World } from './world.ts'

/** The way over HTTP: everybody of the cast signed in, in each of their roles. */
export async function wayOverHttp(world: World): Promise<Way> {
  const callers = new Map<string, Caller>()
  for (const staff of STAFF) {
    const first = await staffCaller(world, staff)
    callers.set(`${staff.key} 0`, first)
    if (staff.roles.length === 1) continue
    const me = await must(first.read('people.me'))
    const memberships = me.memberships as { id: string; role: string }[]
    for (const [index, { role }] of staff.roles.entries()) {
      const membership = memberships.find((one) => one.role === role)
      if (index > 0 && membership)
        callers.set(`${staff.key} ${index}`, await staffCaller(world, staff, membership.id))
    }
  }
  return {
    clock: world.app.clock,
    staff: (key, role = 0) => {
      const caller = callers.get(`${key} ${role}`)
      if (!caller) throw new Error(`${key} has no role ${role}`)
      return caller
    },
    settle: world.settle,
    must,
  }
}
