import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lessonsAhead, lockTeacher, setLeft } from './store.ts'

export type EndTeacherRefusal = RefusalOf<
  typeof no,
  'TEACHER_NOT_FOUND' | 'TEACHER_LEFT' | 'TEACHER_HAS_LESSONS'
>

/** The teacher leaves; lessons given stay theirs. */
export async function endTeacher(
  app: App,
  actor: Actor,
  input: { teacherId: string },
): Promise<Result<void, EndTeacherRefusal>> {
  return transact<void, EndTeacherRefusal>(app.db, async (tx) => {
    const teacher = await lockTeacher(tx, actor, input.teacherId)
    if (!teacher) return refuse(no.TEACHER_NOT_FOUND())
    if (teacher.leftOn) return refuse(no.TEACHER_LEFT({ name: teacher.name }))
    const at = app.clock.now()
    const ahead = await lessonsAhead(tx, teacher.id, at)
    if (ahead > 0) return refuse(no.TEACHER_HAS_LESSONS({ count: ahead }))
    await setLeft(tx, teacher.id, app.clock.today())
    await record(tx, {
      name: events['teacher.left'],
      at,
      actor,
      subjects: [`teacher:${teacher.id}`],
      data: { leftOn: app.clock.today() },
    })
    return ok()
  })
}

export type ReturnTeacherRefusal = RefusalOf<typeof no, 'TEACHER_NOT_FOUND' | 'TEACHER_NOT_LEFT'>

/** The reverse of `endTeacher`. */
export async function returnTeacher(
  app: App,
  actor: Actor,
  input: { teacherId: string },
): Promise<Result<void, ReturnTeacherRefusal>> {
  return transact<void, ReturnTeacherRefusal>(app.db, async (tx) => {
    const teacher = await lockTeacher(tx, actor, input.teacherId)
    if (!teacher) return refuse(no.TEACHER_NOT_FOUND())
    if (!teacher.leftOn) return refuse(no.TEACHER_NOT_LEFT())
    await setLeft(tx, teacher.id, null)
    await record(tx, {
      name: events['teacher.returned'],
      at: app.clock.now(),
      actor,
      subjects: [`teacher:${teacher.id}`],
    })
    return ok()
  })
}
