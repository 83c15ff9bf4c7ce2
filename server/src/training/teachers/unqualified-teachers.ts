import type { Tx } from '../../platform/db.ts'
import type { TrainingClass } from '../classes/class.ts'
import { teacherQualification } from '../settings.ts'
import { qualificationsOf, teachersOfClass } from './store.ts'
import { qualifiedToTeach, sayThreshold } from './teacher.ts'

type ClassToTeach = Pick<TrainingClass, 'id' | 'provinceCode' | 'occupationId' | 'level'>

/** Who of a class's teachers does not reach its level, with what is asked; undefined when all do. */
export async function unqualifiedTeachers(
  tx: Tx,
  one: ClassToTeach,
): Promise<{ teachers: string; level: string; asked: string } | undefined> {
  const teachers = await teachersOfClass(tx, one.id)
  return whoIsUnqualified(tx, one, teachers)
}

/** The same for teachers about to be put on the timetable. */
export async function whoIsUnqualified(
  tx: Tx,
  one: ClassToTeach,
  teachers: { teacherId: string; name: string; lastOn: string }[],
): Promise<{ teachers: string; level: string; asked: string } | undefined> {
  const held = Map.groupBy(
    await qualificationsOf(
      tx,
      teachers.map((teacher) => teacher.teacherId),
    ),
    (qualification) => qualification.teacherId,
  )
  const setting = await teacherQualification(tx, {
    provinceCode: one.provinceCode,
    on: teachers[0]?.lastOn ?? '9999-12-31',
  })
  const short = teachers.filter(
    (teacher) =>
      !qualifiedToTeach(held.get(teacher.teacherId) ?? [], { ...one, on: teacher.lastOn }, setting.value),
  )
  if (short.length === 0) return undefined
  return {
    teachers: short.map((teacher) => teacher.name).join('、'),
    level: one.level,
    asked: sayThreshold(one.level, setting.value),
  }
}
