import type { InputOf, WorkbenchApi } from '../../ui/api.ts'

export type SaveInput = InputOf<WorkbenchApi, 'institutions.save-filing'>

/** What the form holds; anything may be missing. */
export interface FilingValues {
  title?: string
  occupationId?: string
  direction?: string
  level?: '初级' | '中级' | '高级'
  evaluationOrganisationId?: string
  plannedLearners?: number | null
  plan?: SaveInput['plan']
  assessmentPlan?: {
    heldOn?: string | null | undefined
    place?: string | undefined
    parts?: { form?: string; minutes?: number | null }[]
    examiners?: number | null | undefined
    notes?: string | undefined
  }
}

/** Takes out what a cleared field leaves behind; the server asks for absent, not for null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one ?? {}))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, withoutNulls(one)]),
  )
}

/** The form's values as a draft the server keeps. The venue is in the institution's own province (HB-6.2). */
export function draftOf(values: FilingValues, provinceCode: string): Omit<SaveInput, 'id' | 'revision'> {
  const plan = withoutNulls(values.plan ?? {}) as SaveInput['plan']
  const { parts, ...assessment } = values.assessmentPlan ?? {}
  const [theory, ability] = [parts?.[0] ?? {}, parts?.[1] ?? {}]
  return {
    title: values.title?.trim() ?? '',
    occupationId: values.occupationId ?? null,
    direction: values.direction?.trim() || null,
    level: values.level ?? null,
    evaluationOrganisationId: values.evaluationOrganisationId ?? null,
    plannedLearners: values.plannedLearners ?? null,
    plan: { ...plan, venue: { ...plan.venue, provinceCode } },
    assessmentPlan: withoutNulls({
      ...assessment,
      parts: [
        { ...theory, part: 'theory' },
        { ...ability, part: 'ability' },
      ],
    }) as SaveInput['assessmentPlan'],
  }
}
