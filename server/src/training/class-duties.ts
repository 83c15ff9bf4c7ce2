import { cancelDuty, fulfilDuty, openDuty } from '../duties/index.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import type { Tx } from '../platform/db.ts'
import type { TrainingClass } from './classes/class.ts'

/** The next act on a class and the clause it is owed under. Only the report's text sets a day (HB-4.3). */
const CLASS_DUTIES = {
  'training.announce-class': { act: '发布招生公告', clause: 'HB-4.2' },
  'training.decide-enrolments': { act: '处理报名、开班', clause: 'HB-4.2' },
  'training.complete-class': { act: '结业考核、办理结业', clause: 'HB-4.3' },
  'training.issue-certificates': { act: '颁发培训合格证书', clause: 'HB-4.3' },
} as const
export type ClassDuty = keyof typeof CLASS_DUTIES

export const classLink = (classId: string) => `/training/classes/${classId}`

type ClassOfDuty = Pick<TrainingClass, 'id' | 'name' | 'organisationId' | 'provinceCode' | 'cityCode'>

export async function openClassDuty(
  tx: Tx,
  app: App,
  actor: Actor,
  one: ClassOfDuty,
  kind: ClassDuty,
): Promise<void> {
  const { act, clause } = CLASS_DUTIES[kind]
  await openDuty(tx, app, {
    kind,
    subject: `class:${one.id}`,
    title: `${act}：${one.name}`,
    link: classLink(one.id),
    holder: { organisationId: one.organisationId, role: 'training_manager' },
    startedOn: app.clock.today(),
    clause,
    provinceCode: one.provinceCode,
    cityCode: one.cityCode,
    actor,
  })
}

export async function fulfilClassDuty(
  tx: Tx,
  app: App,
  actor: Actor,
  classId: string,
  kind: ClassDuty,
): Promise<void> {
  await fulfilDuty(tx, app, { kind, subject: `class:${classId}`, actor })
}

export async function cancelClassDuties(
  tx: Tx,
  app: App,
  actor: Actor,
  classId: string,
  reason: string,
): Promise<void> {
  for (const kind of [...Object.keys(CLASS_DUTIES), 'training.review-class-name']) {
    await cancelDuty(tx, app, { kind, subject: `class:${classId}`, reason, actor })
  }
}
