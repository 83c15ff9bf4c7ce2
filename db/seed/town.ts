import { ROLES } from '../../server/src/platform/api.ts'
import type { App } from '../../server/src/platform/app.ts'
import { DEMO_PASSWORD, learner, ORGANISATIONS, STAFF } from './cast.ts'
import { announceJointExamination } from './town/arranged-sitting.ts'
import { finishFirstClass } from './town/finished-class.ts'
import { workInHefei } from './town/hefei.ts'
import { keepOffices } from './town/offices.ts'
import { openEnrolment } from './town/open-enrolment.ts'
import { leaveReportOverdue } from './town/overdue-class.ts'
import { spreadSecondClass } from './town/reports-under-way.ts'
import { reviseRules } from './town/rules.ts'
import { runClass } from './town/running-class.ts'
import { openTown } from './town/stage.ts'
import { prepareTodaysExamination } from './town/todays-examination.ts'
import { fileWuhanPlans } from './town/wuhan-plans.ts'
import { workInYichang } from './town/yichang.ts'

/**
 * The demo town 演示数据: some three hundred days of two made-up provinces, ending now. Every record comes from the
 * procedures people use, so that timelines, duties and the log are real; only the clock is moved.
 */
export async function seedTown(app: App): Promise<void> {
  const town = await openTown(app)
  keepOffices(town)
  reviseRules(town)
  const plans = fileWuhanPlans(town)
  finishFirstClass(town, plans)
  spreadSecondClass(town, plans)
  prepareTodaysExamination(town)
  leaveReportOverdue(town, plans)
  runClass(town, plans)
  openEnrolment(town, plans)
  workInYichang(town)
  workInHefei(town)
  announceJointExamination(town)
  for (const days of [-210, -60, -14, -7, 0]) town.on(days, '06:00', town.morning)
  await town.play()
}

export { todaysExamination } from './town/todays-examination.ts'

const SHOWN_LEARNERS: [n: number, what: string][] = [
  [1, '已取得等级证书'],
  [7, '考核未合格，等待补考'],
  [28, '申报被退回，待补材料'],
  [30, '在读，线上课程学到一半'],
  [43, '报名候补'],
]

/** Who can sign in, as printed at the start. */
export function demoAccounts(): string {
  const organisation = (key: string | undefined) => ORGANISATIONS.find((one) => one.key === key)?.name ?? ''
  const staff = STAFF.map((one) => {
    const roles = one.roles.map(({ role }) => ROLES[role]).join('、')
    return `  ${one.key.padEnd(12)} ${one.name}  ${roles}  ${organisation(one.roles[0]?.organisation)}`
  })
  const learners = SHOWN_LEARNERS.map(([n, what]) => `  ${learner(n).phone}  ${learner(n).name}  ${what}`)
  return [
    `Demo accounts 演示账号. Workbench /workbench, password ${DEMO_PASSWORD}; the sign-in page fills in the second factor:`,
    ...staff,
    'Learners, portal /mine, by phone; the sign-in page shows the code:',
    ...learners,
  ].join('\n')
}
