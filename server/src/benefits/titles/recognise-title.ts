import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { recordDecision } from '../../platform/decisions.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { decideBenefit } from '../verdict.ts'
import { findRecognisable, findStandingRecognition, insertRecognition, revokeRecognition } from './store.ts'

/**
 * Recognises by rule what a level certificate means for titles (HB-5.2): 初级 and 中级 directly, 高级 as a reference for
 * the review. Once; a corrected certificate's recognition takes the place of its predecessor's.
 */
export function recogniseTitle(
  app: App,
  input: { certificateId: string },
): Promise<Result<{ id: string | null }>> {
  return transact<{ id: string | null }, Refusal>(app.db, async (tx) => {
    const certificate = await findRecognisable(tx, input.certificateId)
    if (certificate?.state !== 'issued') return ok({ id: null })
    if (await findStandingRecognition(tx, certificate.id)) return ok({ id: null })

    const on = app.clock.today()
    const at = app.clock.now()
    const facts = {
      levelCertificates: [
        {
          occupation: certificate.occupationId,
          level: certificate.level,
          issuedOn: certificate.issuedOn,
          proof: '已核验' as const,
        },
      ],
    }
    const decision = decideBenefit(app, 'titles', { ...certificate, facts, on })
    const effect = decision?.effects[0]
    if (decision?.outcome !== '符合' || !effect) return ok({ id: null })

    if (certificate.supersedesId) {
      const reason = `证书更正为 ${certificate.number}`
      const earlier = await revokeRecognition(tx, certificate.supersedesId, reason, on)
      if (earlier) {
        await record(tx, {
          name: events['title.revoked'],
          at,
          actor: SYSTEM_ACTOR,
          subjects: [`person:${certificate.personId}`, `level-certificate:${certificate.supersedesId}`],
          data: { number: earlier.number, reason },
        })
      }
    }
    const decisionId = await recordDecision(tx, app, {
      decision,
      facts,
      subject: `person:${certificate.personId}`,
    })
    const year = on.slice(0, 4)
    const serial = await takeNumbers(tx, `benefits.title.${year}`)
    const number = `ZCRD-${year}-${String(serial).padStart(6, '0')}`
    const kind = effect.automatic ? ('direct' as const) : ('reference' as const)
    const id = await insertRecognition(tx, {
      number,
      code: app.crypto.randomCode(),
      certificate,
      effect: kind,
      titleLevel: kind === 'direct' ? `${certificate.level}职称` : '高级职称评审参考',
      specialty: specialtyOf(certificate.occupationName),
      specialtyStatus: '待核实',
      decisionId,
      on,
      at,
    })
    await record(tx, {
      name: events['title.recognised'],
      at,
      actor: SYSTEM_ACTOR,
      subjects: [`person:${certificate.personId}`, `level-certificate:${certificate.id}`],
      data: { number, effect: kind, titleLevel: effect.name, certificate: certificate.number },
    })
    return ok({ id })
  })
}

/** 「相应专业」: the field the occupation is named after. The names of the title specialties are not published (HB-5.3). */
function specialtyOf(occupationName: string): string {
  return occupationName.replace(/(工程技术人员|师)$/, '')
}
