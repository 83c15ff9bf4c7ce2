import type { Caller } from '../db/seed/caller.ts'
import { type CastLearner, learner } from '../db/seed/cast.ts'
import { must } from '../db/seed/way/way.ts'
import { learnerCaller } from './caller.ts'
import type { World } from './world.ts'

export interface SignedLearner {
  caller: Caller
  cast: CastLearner
}

/** Signs the `n`th learner of the cast in by phone code, without a real name yet. */
export async function signInLearner(world: World, n: number): Promise<SignedLearner> {
  const cast = learner(n)
  return { cast, caller: await learnerCaller(world, cast.phone, cast.name) }
}

export function realName(cast: CastLearner): Record<string, unknown> {
  return {
    name: cast.name,
    documentType: '居民身份证',
    idNumber: cast.idNumber,
    cityCode: cast.cityCode,
    consents: ['identity'],
  }
}

/** Signed in and registered by real name. */
export async function aRealLearner(world: World, n: number): Promise<SignedLearner> {
  const one = await signInLearner(world, n)
  await must(one.caller.act('people.register-real-name', realName(one.cast)))
  return one
}
