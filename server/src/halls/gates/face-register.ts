import { parameter } from '../../../../policy/src/index.ts'
import { openDuty } from '../../duties/index.ts'
import { isVerified, jurisdictionOf, policySettings } from '../../institutions/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { countStored, provincesStored } from './store/photos.ts'

export interface FaceRegister {
  persons: number
  warnAt: number
  fileAt: number
  state: 'below' | 'near' | 'reached'
  /** Which of the two figures no source stands behind. */
  unverified: ('warnAt' | 'fileAt')[]
}

/** How many persons' faces are stored, against the number from which the province must file (FACE-REGISTER). */
export async function faceRegister(app: App, tx: Tx, provinceCode: string | null): Promise<FaceRegister> {
  const province = provinceCode ?? '420000'
  const settings = await policySettings(tx, province)
  const figure = (id: string) =>
    parameter(app.policy, id, { jurisdiction: jurisdictionOf(province), on: app.clock.today(), settings })
  const warn = figure('face.register-warn-at')
  const file = figure('face.register-file-at')
  const persons = await countStored(tx, provinceCode)
  const warnAt = Number(warn?.value)
  const fileAt = Number(file?.value)
  return {
    persons,
    warnAt,
    fileAt,
    state: persons >= fileAt ? 'reached' : persons >= warnAt ? 'near' : 'below',
    unverified: [
      ...(isVerified(warn?.sourceStatus ?? '待核实') ? [] : (['warnAt'] as const)),
      ...(isVerified(file?.sourceStatus ?? '待核实') ? [] : (['fileAt'] as const)),
    ],
  }
}

/** Daily: a province near or at the number gets a duty on its desk, with the deadline once it is reached. */
export async function warnOfFaceRegister(app: App): Promise<void> {
  for (const { provinceCode } of await provincesStored(app.db)) {
    await transact(app.db, async (tx) => {
      const register = await faceRegister(app, tx, provinceCode)
      if (register.state === 'below') return ok()
      const { province } = await supervisorsOf(tx, { provinceCode, cityCode: null })
      const reached = register.state === 'reached'
      const { id } = await openDuty(tx, app, {
        kind: reached ? 'halls.file-face-register' : 'halls.prepare-face-register',
        subject: `province:${provinceCode}`,
        title: reached
          ? `向省级网信部门备案：存储人脸信息 ${register.persons} 人`
          : `准备人脸信息备案：存储人脸信息 ${register.persons} 人，达到 ${register.fileAt} 人须备案`,
        link: '/halls/face-register',
        holder: { organisationId: province.id, role: 'provincial_officer' },
        startedOn: app.clock.today(),
        ...(reached ? { deadline: 'face.register-filing' } : {}),
        clause: 'FACE-REGISTER',
        provinceCode,
        cityCode: null,
        actor: SYSTEM_ACTOR,
      })
      if (id)
        await record(tx, {
          name: events['face-register.warned'],
          at: app.clock.now(),
          actor: SYSTEM_ACTOR,
          subjects: [`province:${provinceCode}`],
          data: {
            persons: register.persons,
            warnAt: register.warnAt,
            fileAt: register.fileAt,
            verified: register.unverified.length === 0,
          },
        })
      return ok()
    })
  }
}
