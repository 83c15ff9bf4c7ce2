import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { insertQualification, insertTeacher, type NewQualification } from './store.ts'

export interface RegisterTeacherInput {
  name: string
  phone?: string | undefined
  /** The sign-in of a teacher who uses the workbench. */
  accountId?: string | undefined
  qualifications: NewQualification[]
}

/** Puts a teacher on the institution's list, with what entitles to teach. */
export async function registerTeacher(
  app: App,
  actor: Actor,
  input: RegisterTeacherInput,
): Promise<Result<{ id: string }>> {
  const { organisation } = actor
  assert(organisation, 'a training manager acts for an institution')
  return transact(app.db, async (tx) => {
    const at = app.clock.now()
    const id = await insertTeacher(tx, {
      organisationId: organisation.id,
      accountId: input.accountId ?? null,
      name: input.name,
      phone: input.phone ?? null,
      at,
    })
    for (const qualification of input.qualifications) await insertQualification(tx, id, qualification, at)
    await record(tx, {
      name: events['teacher.registered'],
      at,
      actor,
      subjects: [`teacher:${id}`],
      data: {
        name: input.name,
        qualifications: input.qualifications.map(({ kind, level }) => ({ kind, level })),
      },
    })
    return ok({ id })
  })
}
