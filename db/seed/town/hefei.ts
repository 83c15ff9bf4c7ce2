import * as plan from '../way/file-plan.ts'
import * as train from '../way/train.ts'
import { AI_JUNIOR } from '../way/way.ts'
import { enrol } from './classes.ts'
import { BIGDATA_JUNIOR, HEFEI, LUYANG } from './places.ts'
import { draftPlan, filePlan } from './plans.ts'
import type { Town } from './stage.ts'

/** The second province: its own institutions, a plan filed and one under way, a class that takes learners. */
export function workInHefei(town: Town): void {
  const { way } = town
  const found = { teacher: '', ai: '', bigdata: '', announcementId: '' }
  const story = { parties: HEFEI, place: LUYANG }
  town.on(-60, '10:00', async () => {
    await plan.listInstitutions(way, HEFEI, ['ai', 'bigdata'])
    found.teacher = await train.registerTeacher(way, HEFEI, '姚庐')
    found.ai = await plan.publishFee(way, HEFEI.training, AI_JUNIOR, 240_000)
    found.bigdata = await plan.publishFee(way, HEFEI.training, BIGDATA_JUNIOR, 280_000)
    await plan.publishFee(way, HEFEI.evaluation, AI_JUNIOR, 26_000)
  })
  const filed = filePlan(
    town,
    -58,
    {
      ...story,
      subject: AI_JUNIOR,
      title: '合肥人工智能初级培训计划',
      startsInDays: 20,
      lastsDays: 200,
    },
    () => found.ai,
  )
  town.on(-8, '10:00', async () => {
    const startsOn = town.day(14)
    const classId = await train.planClass(way, HEFEI, filed.filingId, {
      name: '合肥人工智能初级一班',
      capacity: 30,
      startsOn,
    })
    await train.addLessons(way, HEFEI, classId, found.teacher, startsOn)
    found.announcementId = await train.announce(
      way,
      HEFEI,
      classId,
      '合肥人工智能工程技术人员（初级）招生公告',
      20,
    )
  })
  town.on(-4, '19:00', () => enrol(town, found.announcementId, [51, 52]))
  town.on(-9, '10:00', async () => {
    const id = await draftPlan(
      town,
      { ...story, subject: BIGDATA_JUNIOR, title: '合肥大数据初级培训计划', startsInDays: 30 },
      found.bigdata,
    )
    await plan.proposePlan(way, HEFEI, id)
    await plan.agreePlan(way, HEFEI, id)
    await plan.submitPlan(way, HEFEI, id)
  })
  town.on(-50, '15:00', () =>
    way.must(
      way.staff(HEFEI.province).act('supervision.set-target', {
        year: Number(town.today.slice(0, 4)),
        people: 800,
        source: '演示设定，非正式文件',
      }),
    ),
  )
}
