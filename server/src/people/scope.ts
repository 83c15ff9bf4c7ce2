import type { Actor } from '../platform/api.ts'
import { assert } from '../platform/assert.ts'

/** How far an actor sees. Another tenant's record is not found, not forbidden: its existence is not told either. */
export type Scope =
  | { kind: 'person'; personId: string | null }
  | { kind: 'organisation'; organisationId: string }
  | { kind: 'city'; provinceCode: string; cityCode: string }
  | { kind: 'province'; provinceCode: string }
  | { kind: 'nation' }

export function scopeOf(actor: Actor): Scope {
  const { organisation } = actor
  switch (actor.role) {
    case 'public':
    case 'learner':
      return { kind: 'person', personId: actor.personId }
    case 'training_manager':
    case 'teacher':
    case 'evaluation_manager':
    case 'examiner':
    case 'invigilator':
      assert(organisation, `${actor.role} without an organisation`)
      return { kind: 'organisation', organisationId: organisation.id }
    case 'city_officer':
      assert(organisation?.cityCode, 'a city officer without a city')
      return { kind: 'city', provinceCode: organisation.provinceCode, cityCode: organisation.cityCode }
    case 'provincial_officer':
      assert(organisation, 'a provincial officer without a department')
      return { kind: 'province', provinceCode: organisation.provinceCode }
    case 'national_officer':
    case 'auditor':
    case 'administrator':
    case 'system':
      return { kind: 'nation' }
  }
}
