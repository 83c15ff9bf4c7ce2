import { randomUUID } from 'node:crypto'
import { addMonths } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { DECLARATION_STATES } from '../declarations/declaration.ts'
import { endedCertificates } from '../declarations/store/certificates.ts'
import { no } from '../refusals.ts'
import { retainedParts } from './retained-parts.ts'
import { type RetakeFigures, retakeFigures } from './retake-figures.ts'
import { type Sitting, whyNotAssignable } from './sitting.ts'
import {
  type AssignableDeclaration,
  attemptsOf,
  countCandidates,
  type EarlierAttempt,
  insertCandidates,
  lockForAssignment,
  type NewCandidate,
} from './store/candidates.ts'
import { lockSitting } from './store/sittings.ts'

/** Per declaration: CANDIDATE_NOT_QUALIFIED, _PASSED, _OTHER_LEVEL, _OUT_OF_PROVINCE, _ALREADY_ASSIGNED, _OVERLAPS, _BARRED. */
export type AssignCandidatesRefusal =
  | RefusalOf<
      typeof no,
      | 'SITTING_NOT_FOUND'
      | 'SITTING_NOT_PLANNED'
      | 'SITTING_CANDIDATES_FIXED'
      | 'SITTING_FULL'
      | 'DECLARATION_NOT_FOUND'
      | 'NOTHING_ASSIGNED'
    >
  | Refusal

export interface Assigned {
  assigned: number
  exceptions: { declarationId: string; number: string; personName: string; refusal: Refusal }[]
}

/**
 * Puts qualified declarations into a planned sitting, each with its ticket number; a failed or absent candidate may
 * come again and gets the next attempt. A single one is refused outright, of many the exceptions come back.
 */
export function assignCandidates(
  app: App,
  actor: Actor,
  input: { sittingId: string; declarationIds: string[] },
): Promise<Result<Assigned, AssignCandidatesRefusal>> {
  return transact<Assigned, AssignCandidatesRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotAssignable(sitting)
    if (refusal) return refuse(refusal)
    const ids = [...new Set(input.declarationIds)]
    const declarations = await lockForAssignment(tx, ids, institution.id)
    if (declarations.length < ids.length) return refuse(no.DECLARATION_NOT_FOUND())

    const attempts = await attemptsOf(
      tx,
      declarations.map((one) => one.personId),
      sitting.id,
    )
    const ofPerson = Map.groupBy(attempts, (one) => one.personId)
    const ended = await endedCertificates(
      tx,
      declarations.map((one) => one.trainingCertificateId),
    )
    const settings = await policySettings(tx, sitting.provinceCode)
    const figures = retakeFigures(app, { ...sitting, on: app.clock.today(), settings })
    const exceptions: Assigned['exceptions'] = []
    const fit: AssignableDeclaration[] = []
    const people = new Set<string>()
    for (const one of declarations) {
      const because =
        whyNotAssigned(
          one,
          sitting,
          ofPerson.get(one.personId) ?? [],
          figures,
          ended.get(one.trainingCertificateId),
        ) ?? (people.has(one.personId) ? no.CANDIDATE_OVERLAPS({ sitting: sitting.number }) : undefined)
      people.add(one.personId)
      if (because) {
        exceptions.push({
          declarationId: one.id,
          number: one.number,
          personName: one.personName,
          refusal: because,
        })
      } else fit.push(one)
    }
    if (fit.length === 0) {
      const [only] = exceptions
      if (exceptions.length === 1 && only) return refuse(only.refusal)
      return refuse({ ...no.NOTHING_ASSIGNED({ count: exceptions.length }), facts: { exceptions } })
    }
    const places = sitting.capacity - (await countCandidates(tx, sitting.id))
    if (fit.length > places) return refuse(no.SITTING_FULL({ capacity: sitting.capacity, places }))

    const first = await takeNumbers(tx, `ticket:${sitting.number}`, fit.length)
    const on = dayOf(sitting.startsAt)
    const candidates = fit.map((one, i): NewCandidate => {
      const earlier = (ofPerson.get(one.personId) ?? []).filter((attempt) => attempt.declarationId === one.id)
      return {
        id: randomUUID(),
        declarationId: one.id,
        personId: one.personId,
        ticketNumber: `${sitting.number}${String(first + i).padStart(4, '0')}`,
        attempt: (earlier.at(-1)?.attempt ?? 0) + 1,
        ...retainedParts(app, sitting, earlier, figures, on, settings),
      }
    })
    const at = app.clock.now()
    await insertCandidates(tx, sitting.id, candidates, at)
    await record(
      tx,
      {
        name: events['sitting.candidates-assigned'],
        at,
        actor,
        subjects: [`sitting:${sitting.id}`],
        data: { assigned: candidates.length, refused: exceptions.length },
      },
      ...candidates.map((one) => ({
        name: events['candidate.assigned'],
        at,
        actor,
        subjects: [`declaration:${one.declarationId}` as const, `person:${one.personId}` as const],
        data: { ticketNumber: one.ticketNumber, attempt: one.attempt, sitting: sitting.number },
      })),
    )
    return ok({ assigned: candidates.length, exceptions })
  })
}

function whyNotAssigned(
  one: AssignableDeclaration,
  sitting: Sitting,
  attempts: EarlierAttempt[],
  figures: RetakeFigures,
  endedCertificate: string | undefined,
): Refusal | undefined {
  if (one.state !== 'qualified') return no.CANDIDATE_NOT_QUALIFIED({ state: DECLARATION_STATES[one.state] })
  if (one.closed) return no.CANDIDATE_PASSED()
  if (endedCertificate !== undefined) return no.TRAINING_CERTIFICATE_ENDED({ number: endedCertificate })
  if (one.provinceCode !== sitting.provinceCode) return no.CANDIDATE_OUT_OF_PROVINCE()
  const otherDirection = sitting.direction !== null && one.direction !== sitting.direction
  if (one.occupationId !== sitting.occupationId || one.level !== sitting.level || otherDirection) {
    return no.CANDIDATE_OTHER_LEVEL()
  }
  const waiting = attempts.find((attempt) => attempt.declarationId === one.id && attempt.result === null)
  if (waiting) return no.CANDIDATE_ALREADY_ASSIGNED({ sitting: waiting.sittingNumber })
  const clash = attempts.find((attempt) => attempt.overlaps && attempt.sittingId !== sitting.id)
  if (clash) return no.CANDIDATE_OVERLAPS({ sitting: clash.sittingNumber })
  const misconduct = attempts.findLast((attempt) => attempt.result === 'misconduct')
  if (misconduct?.decidedOn && figures.barMonths !== null) {
    const until = addMonths(misconduct.decidedOn, figures.barMonths)
    if (dayOf(sitting.startsAt) < until) return no.CANDIDATE_BARRED({ until })
  }
  return undefined
}
