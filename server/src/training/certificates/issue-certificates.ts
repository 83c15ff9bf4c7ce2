import { type ListedOnRefusal, listedOn } from '../../institutions/index.ts'
import { organisation } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { fulfilClassDuty } from '../class-duties.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass } from '../classes/store.ts'
import { hoursForPolicy, mapKinds, totalOf } from '../hours/hours.ts'
import { hoursByLearner } from '../hours/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-papers.ts'
import { certificateNumberPattern, fillNumber } from '../settings.ts'
import { awaitingCertificate, insertCertificates } from './store.ts'

export type IssueCertificatesRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<typeof no, 'NOTHING_TO_ISSUE'>
  | ListedOnRefusal

/** Issues the training certificate to every completed learner who has none: any number in a handful of statements. */
export async function issueCertificates(
  app: App,
  actor: Actor,
  input: { classId: string },
): Promise<Result<{ issued: number }, IssueCertificatesRefusal>> {
  return transact<{ issued: number }, IssueCertificatesRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'issueCertificates')
    if (forbidden) return refuse(forbidden)
    const today = app.clock.today()
    const listed = await listedOn(tx, {
      catalogue: 'training',
      organisationId: one.organisationId,
      occupationId: one.occupationId,
      level: one.level,
      on: today,
    })
    if (!listed.ok) return listed
    const learners = await awaitingCertificate(tx, one.id)
    if (learners.length === 0) return refuse(no.NOTHING_TO_ISSUE())

    const hours = await hoursByLearner(tx, one)
    const numbers = await nextCertificateNumbers(tx, app, one.provinceCode, learners.length)
    const certificates = learners.map((learner, place) => {
      const earned = hours.get(learner.enrolmentId) ?? mapKinds(() => 0)
      return {
        ...learner,
        id: crypto.randomUUID(),
        number: numbers(place),
        code: app.crypto.randomCode(),
        hours: { total: totalOf(earned), ...hoursForPolicy(earned) },
      }
    })
    const issuer = await organisation(tx, one.organisationId)
    await insertCertificates(
      tx,
      {
        classId: one.id,
        organisationId: one.organisationId,
        organisationName: issuer.name,
        occupationId: one.occupationId,
        direction: one.direction,
        level: one.level,
        startsOn: one.startsOn,
        endsOn: one.completedOn ?? one.endsOn,
        issuedOn: today,
      },
      certificates,
    )
    const at = app.clock.now()
    await record(
      tx,
      {
        name: events['class.certificates-issued'],
        at,
        actor,
        subjects: [`class:${one.id}`],
        data: { issued: certificates.length },
      },
      ...certificates.map((certificate) => ({
        name: events['training-certificate.issued'],
        at,
        actor,
        subjects: [
          `training-certificate:${certificate.id}` as const,
          `person:${certificate.personId}` as const,
        ],
        data: { number: certificate.number },
      })),
    )
    await enqueueAll(
      tx,
      'training.certificate-issued',
      certificates.map((certificate) => ({ certificateId: certificate.id })),
    )
    await fulfilClassDuty(tx, app, actor, one.id, 'training.issue-certificates')
    return ok({ issued: certificates.length })
  })
}

/** Takes `count` numbers of the province's series; a refused act uses none up. */
export async function nextCertificateNumbers(
  tx: Tx,
  app: App,
  provinceCode: string,
  count: number,
): Promise<(place: number) => string> {
  const today = app.clock.today()
  const year = today.slice(0, 4)
  const pattern = await certificateNumberPattern(tx, { provinceCode, on: today })
  const first = await takeNumbers(tx, `training.certificate:${provinceCode}:${year}`, count)
  return (place) => fillNumber(pattern.value, { provinceCode, year, serial: first + place })
}
