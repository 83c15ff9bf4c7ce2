import {
  DEGREES,
  EMPLOYMENT_STATUSES,
  ENGINEER_LEVELS,
  SCHOOL_KINDS,
  SKILL_LEVELS,
  TITLE_LEVELS,
} from '../../../../policy/src/facts.ts'
import type { App } from '../../platform/app.ts'

/** What the fact forms offer: the policy's own terms, so that what is stated can be reasoned over. */
export function factChoices(app: App) {
  // The occupations of the engineers' standards: who the rule of their declaration is written for.
  const engineers = new Set(
    app.policy.rules
      .filter((rule) => rule.id === 'engineer.declaration')
      .flatMap((rule) =>
        rule.versions.flatMap((version) => version.cases.flatMap((one) => one.when.occupations ?? [])),
      ),
  )
  return {
    degrees: [...DEGREES],
    schoolKinds: [...SCHOOL_KINDS],
    titleLevels: [...TITLE_LEVELS],
    engineerLevels: [...ENGINEER_LEVELS],
    skillLevels: [...SKILL_LEVELS],
    employmentStatuses: [...EMPLOYMENT_STATUSES],
    schoolClasses: ['中级工班', '高级工班', '预备技师班'],
    occupations: [...app.policy.occupations.values()].map((one) => ({
      id: one.职业,
      name: one.名称,
      engineer: engineers.has(one.职业),
    })),
  }
}
