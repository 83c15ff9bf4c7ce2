import type { Decision } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { recordDecisions } from '../../platform/decisions.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { benefitRule } from '../verdict.ts'
import {
  insertRecognitions,
  isRecognised,
  lockIssuer,
  type NewRecognition,
  type RecognisableCertificate,
  recognisableWith,
  revokeRecognitions,
} from './store/recognising.ts'

/** Certificates recognised along with the one asked about; the rest comes with the next job. */
const BATCH = 1000

/**
 * Recognises by rule what a level certificate means for titles (HB-5.2): 初级 and 中级 directly, 高级 as a reference for
 * the review; and in the same statements those issued with it. Once; a corrected certificate's recognition takes the
 * place of its predecessor's and keeps its day.
 */
export async function recogniseTitle(
  app: App,
  input: { certificateId: string },
): Promise<Result<{ recognised: number }>> {
  if (await isRecognised(app.db, input.certificateId)) return ok({ recognised: 0 })
  return transact<{ recognised: number }, Refusal>(app.db, async (tx) => {
    const own = await lockIssuer(tx, input.certificateId)
    if (own?.state !== 'issued') return ok({ recognised: 0 })
    const certificates = await recognisableWith(tx, { certificateId: input.certificateId, limit: BATCH })
    if (certificates[0]?.id !== input.certificateId) return ok({ recognised: 0 })
    const decided = await decideRecognitions(tx, app, certificates)
    if (decided.length === 0) return ok({ recognised: 0 })
    await replaceRecognitions(
      tx,
      app,
      decided.map((one) => one.certificate),
    )
    await keepRecognitions(tx, app, decided)
    return ok({ recognised: decided.length })
  })
}

interface Decided {
  certificate: RecognisableCertificate
  facts: ReturnType<typeof factsOf>
  decision: Decision
  effect: Decision['effects'][number]
}

const factsOf = (certificate: RecognisableCertificate) => ({
  levelCertificates: [
    {
      occupation: certificate.occupationId,
      level: certificate.level,
      issuedOn: certificate.firstIssuedOn,
      proof: '已核验' as const,
    },
  ],
})

async function decideRecognitions(
  tx: Tx,
  app: App,
  certificates: RecognisableCertificate[],
): Promise<Decided[]> {
  const [first] = certificates
  if (!first) return []
  // Those issued together are of one institution, occupation and level.
  const settings = await policySettings(tx, first.provinceCode)
  const rule = benefitRule(app, 'titles', { ...first, settings })
  if (!rule) return []
  const known = new Map<string, { facts: ReturnType<typeof factsOf>; decision: Decision }>()
  return certificates.flatMap((certificate) => {
    const on = certificate.firstIssuedOn
    const facts = factsOf(certificate)
    const found = known.get(on) ?? { facts, decision: rule(facts, on) }
    known.set(on, found)
    const effect = found.decision.effects[0]
    return found.decision.outcome === '符合' && effect ? [{ certificate, ...found, effect }] : []
  })
}

async function replaceRecognitions(tx: Tx, app: App, certificates: RecognisableCertificate[]): Promise<void> {
  const revoked = await revokeRecognitions(
    tx,
    certificates.flatMap((one) =>
      one.supersedesId ? [{ certificateId: one.supersedesId, reason: `证书更正为 ${one.number}` }] : [],
    ),
    app.clock.today(),
  )
  await record(
    tx,
    ...revoked.map((one) => ({
      name: events['title.revoked'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [
        `title-recognition:${one.id}` as const,
        `level-certificate:${one.certificateId}` as const,
        `person:${one.personId}` as const,
      ],
      data: { number: one.number, reason: one.reason },
    })),
  )
}

async function keepRecognitions(tx: Tx, app: App, decided: Decided[]): Promise<void> {
  const at = app.clock.now()
  const decisionIds = await recordDecisions(
    tx,
    app,
    decided.map(({ decision, facts, certificate }) => ({
      decision,
      facts,
      subject: `person:${certificate.personId}` as const,
    })),
  )
  const year = app.clock.today().slice(0, 4)
  const serial = await takeNumbers(tx, `benefits.title.${year}`, decided.length)
  const recognitions = decided.map(({ certificate, effect }, place): NewRecognition => {
    const kind = effect.automatic ? 'direct' : 'reference'
    return {
      id: crypto.randomUUID(),
      number: `ZCRD-${year}-${String(serial + place).padStart(6, '0')}`,
      code: app.crypto.randomCode(),
      certificate,
      effect: kind,
      titleLevel: kind === 'direct' ? `${certificate.level}职称` : '高级职称评审参考',
      specialty: specialtyOf(certificate.occupationName),
      specialtyStatus: '待核实',
      decisionId: decisionIds[place] as string,
    }
  })
  await insertRecognitions(tx, recognitions, at)
  await record(
    tx,
    ...recognitions.map((one) => ({
      name: events['title.recognised'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [
        `title-recognition:${one.id}` as const,
        `level-certificate:${one.certificate.id}` as const,
        `person:${one.certificate.personId}` as const,
      ],
      data: {
        number: one.number,
        effect: one.effect,
        titleLevel: one.titleLevel,
        certificate: one.certificate.number,
      },
    })),
  )
}

/** 「相应专业」: the field the occupation is named after. The names of the title specialties are not published (HB-5.3). */
function specialtyOf(occupationName: string): string {
  return occupationName.replace(/(工程技术人员|师)$/, '')
}
