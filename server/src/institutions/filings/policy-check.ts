import { type Decision, decide, type Facts, findRule } from '../../../../policy/src/index.ts'
import { organisation } from '../../people/index.ts'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { jurisdictionOf, policySettings } from '../settings/policy-settings.ts'
import { entriesOf, regionName } from '../store/entries.ts'
import { listedOccupationRows } from '../store/occupations.ts'
import type { Filing, FilingContent } from './filing.ts'

const RULES = ['hubei.catalogue', 'hubei.prohibitions']

/**
 * What the policy says of a filing today: the catalogue and the prohibitions of HB-6.2. A name with 合作, 联合 or
 * 联盟 asks for a human's judgement; it does not refuse by itself.
 */
async function decideFiling(app: App, tx: Tx, filing: Filing, content: FilingContent): Promise<Decision[]> {
  const on = app.clock.today()
  const institution = await organisation(tx, filing.organisationId)
  const entries = await entriesOf(tx, {
    catalogue: 'training',
    organisationId: institution.id,
    creditCode: institution.creditCode,
    on,
  })
  const home = (await regionName(tx, entries[0]?.provinceCode ?? filing.provinceCode)) ?? ''
  const venue = (await regionName(tx, content.plan.venue.provinceCode)) ?? '外省'
  const { commitments } = content.plan
  const facts: Facts = {
    listings: [
      ...(await listedOccupationRows(tx)).map((row) => ({
        catalogue: '职业' as const,
        occupation: row.occupationId,
        from: row.fromOn,
        ...(row.toOn && { to: row.toOn }),
      })),
      ...entries.flatMap((entry) =>
        entry.occupationIds.map((occupation) => ({
          catalogue: '培训机构' as const,
          institution: institution.name,
          occupation,
          levels: entry.levels,
          from: entry.fromOn,
          ...(entry.toOn && { to: entry.toOn }),
        })),
      ),
    ],
    activity: {
      institutionProvince: home,
      provinces: [venue],
      name: `${institution.name} ${content.title}`,
      advertising: '',
      subcontracted: !commitments.noSubcontracting,
      trainingLoan: !commitments.noTrainingLoan,
      falseAdvertising: !commitments.noFalseAdvertising,
      exaggerated: !commitments.noExaggeration,
      disguisedLicensing: !commitments.noDisguisedLicensing,
    },
  }
  const settings = await policySettings(tx, filing.provinceCode)
  // Hubei's notice is the one that runs this programme so far; a province with its own pack brings its own rules.
  const own = jurisdictionOf(filing.provinceCode)
  return RULES.map((rule) =>
    decide(app.policy, {
      rule,
      jurisdiction: findRule(app.policy, rule, own) ? own : 'hubei',
      params: {
        occupation: content.occupationId,
        level: content.level,
        institution: institution.name,
        institutionKind: '培训机构',
      },
      facts,
      on,
      settings,
    }),
  )
}

export interface FilingVerdict {
  decisions: Decision[]
  /** Sentences of what the policy forbids; empty when it forbids nothing. */
  forbidden: string[]
}

export async function filingVerdict(
  app: App,
  tx: Tx,
  filing: Filing,
  content: FilingContent,
): Promise<FilingVerdict> {
  const decisions = await decideFiling(app, tx, filing, content)
  const forbidden = decisions
    .filter((one) => one.outcome === '不符合')
    .map((one) => one.sentence.replace(/。$/, ''))
  return { decisions, forbidden }
}

/** Keeps the verdict a submission rests on, with its facts; returns the ids of the decisions. */
export function keepVerdict(app: App, tx: Tx, filing: Filing, verdict: FilingVerdict): Promise<string[]> {
  return recordDecisions(
    tx,
    app,
    verdict.decisions.map((decision) => ({
      decision,
      facts: decision.receipt.facts,
      subject: `filing:${filing.id}` as const,
    })),
  )
}
