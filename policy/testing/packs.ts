// The repository's own packs, loaded once for the tests that read them.
import { mustLoadPolicy } from '../cli/read-packs.ts'
import { findRule, JURISDICTIONS } from '../src/index.ts'

export const policy = mustLoadPolicy()

/** Every rule with each jurisdiction that sees it. */
export const rulesSeen = JURISDICTIONS.flatMap((jurisdiction) =>
  [...new Set(policy.rules.map((rule) => rule.id))].flatMap((id) => {
    const rule = findRule(policy, id, jurisdiction)
    return rule ? [{ rule, jurisdiction, toString: () => `${id}@${jurisdiction}` }] : []
  }),
)
