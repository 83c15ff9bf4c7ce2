import type { Decision, Facts } from '../../../policy/src/index.ts'
import { policySettings } from '../institutions/index.ts'
import type { Level } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { type ExplainedDecision, explained } from '../platform/decision-shape.ts'
import { ok, type Result } from '../platform/result.ts'
import { decideDeclaration } from './verdict.ts'

export interface Eligibility {
  /** As things stand, taking the person's word for what can be shown by paper later. */
  now: ExplainedDecision
  /** The same with the training certificate in hand, for who has not trained yet; null for who has. */
  certified: ExplainedDecision | null
  /** What to ask next; null when nothing asked could change the answer. */
  ask: { list: string; what: string } | null
  /** Papers to bring when declaring. */
  papers: string[]
}

type Stated = { proof?: string | undefined }

/** Takes every statement as shown: the self-check asks what would be true once the papers are there. */
function asShown(facts: Facts): Facts {
  const shown: Record<string, unknown> = { ...facts }
  for (const [kind, value] of Object.entries(facts)) {
    if (Array.isArray(value))
      shown[kind] = value.map((one: Stated) => ({ ...one, proof: one.proof ?? '已上传' }))
  }
  if (facts.retirement) shown.retirement = { ...facts.retirement, proof: '已上传' }
  // Judgements carry no proof of their own.
  if (facts.judgements) shown.judgements = facts.judgements
  return shown as Facts
}

/** The nearest path first: what the fewest answers could settle. */
function nextQuestion(decision: Decision): Eligibility['ask'] {
  if (decision.outcome === '符合') return null
  const open = decision.paths
    .filter((path) => path.outcome === '材料不足')
    .map((path) => [path.needs, ...path.alternatives].flat().filter((need) => need.kind === '数据'))
    .filter((needs) => needs.length > 0)
    .sort((a, b) => a.length - b.length)
  const need = open[0]?.find((one) => !one.at.endsWith('majorRelated') && one.at !== 'judgements')
  return need ? { list: need.at, what: need.what } : null
}

/** 我能申报吗: an answer for anybody's statements on this day (HB-4.4, HB-5.8). Nothing is stored. */
export async function checkEligibility(
  app: App,
  input: { provinceCode: string; occupationId: string; level: Level; facts: Facts },
): Promise<Result<Eligibility>> {
  const on = app.clock.today()
  const settings = await policySettings(app.db, input.provinceCode)
  const decideOn = (facts: Facts) => decideDeclaration(app, { ...input, facts, on, settings })
  const facts = asShown({ trainingCertificates: [], ...input.facts })
  const now = decideOn(facts)
  const trained = (facts.trainingCertificates ?? []).some(
    (one) => one.level === input.level && app.policy.occupationIds.get(one.occupation) === input.occupationId,
  )
  const withCertificate: Facts = {
    ...facts,
    trainingCertificates: [
      ...(facts.trainingCertificates ?? []),
      { occupation: input.occupationId, level: input.level, issuedOn: on, proof: '已核验' },
    ],
  }
  const certified = trained ? now : decideOn(withCertificate)
  const unshown = decideOn({
    ...withCertificate,
    ...input.facts,
    trainingCertificates: withCertificate.trainingCertificates,
  })
  const won = unshown.paths.find((path) =>
    certified.paths.some((one) => one.id === path.id && one.outcome === '符合'),
  )
  return ok({
    now: explained(now),
    certified: trained ? null : explained(certified),
    ask: nextQuestion(certified),
    papers: (won?.needs ?? []).filter((need) => need.kind === '材料').map((need) => need.what),
  })
}
