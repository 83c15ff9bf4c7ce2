import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import {
  insertQualification,
  lockTeacher,
  type NewQualification,
  setQualificationWithdrawn,
} from './store.ts'

export async function addQualification(
  app: App,
  actor: Actor,
  input: NewQualification & { teacherId: string },
): Promise<Result<{ id: string }, RefusalOf<typeof no, 'TEACHER_NOT_FOUND'>>> {
  return transact<{ id: string }, RefusalOf<typeof no, 'TEACHER_NOT_FOUND'>>(app.db, async (tx) => {
    const teacher = await lockTeacher(tx, actor, input.teacherId)
    if (!teacher) return refuse(no.TEACHER_NOT_FOUND())
    const at = app.clock.now()
    const id = await insertQualification(tx, teacher.id, input, at)
    await record(tx, {
      name: events['teacher.qualification-added'],
      at,
      actor,
      subjects: [`teacher:${teacher.id}`],
      data: { kind: input.kind, level: input.level },
    })
    return ok({ id })
  })
}

export type WithdrawQualificationRefusal = RefusalOf<
  typeof no,
  'TEACHER_NOT_FOUND' | 'QUALIFICATION_NOT_FOUND'
>

/** Lessons given before that day stay valid: the qualification counted then. */
export async function withdrawQualification(
  app: App,
  actor: Actor,
  input: { teacherId: string; qualificationId: string },
): Promise<Result<void, WithdrawQualificationRefusal>> {
  return transact<void, WithdrawQualificationRefusal>(app.db, async (tx) => {
    const teacher = await lockTeacher(tx, actor, input.teacherId)
    if (!teacher) return refuse(no.TEACHER_NOT_FOUND())
    const ended = await setQualificationWithdrawn(tx, teacher.id, input.qualificationId, app.clock.today())
    if (!ended) return refuse(no.QUALIFICATION_NOT_FOUND())
    await record(tx, {
      name: events['teacher.qualification-withdrawn'],
      at: app.clock.now(),
      actor,
      subjects: [`teacher:${teacher.id}`],
      data: { kind: ended.kind, level: ended.level },
    })
    return ok()
  })
}
