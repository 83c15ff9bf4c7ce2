import * as plan from '../way/file-plan.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { BIGDATA_JUNIOR, IOT_JUNIOR, YICHANG } from './places.ts'
import type { Town } from './stage.ts'

const DEMO_SOURCE = '演示设定，非国家职业标准'

/** The province's own books: catalogues with their history, figures, targets; and the institutions' staff. */
export function keepOffices(town: Town): void {
  const { way } = town
  const province = () => way.staff(WUHAN.province)
  const second = () => way.staff(WUHAN.provinceSecond)

  town.on(-300, '09:00', async () => {
    await plan.listInstitutions(way, WUHAN, ['ai', 'bigdata', 'smart_mfg'])
    await plan.listInstitutions(way, YICHANG, ['ai', 'iot', 'bigdata'])
    await plan.confirmHours(way, WUHAN, AI_JUNIOR)
  })
  town.on(-299, '10:00', () => plan.confirmHours(way, WUHAN, IOT_JUNIOR))
  listOthers(town)

  town.on(-210, '15:00', async () => {
    const { id } = await way.must(
      province().act('institutions.propose-setting', {
        key: 'engineer.misconduct-bar-months',
        value: 12,
        fromOn: way.clock.today(),
        source: DEMO_SOURCE,
      }),
    )
    await way.must(second().act('institutions.reject-setting', { id, reason: '未附依据文件，请补充后再提' }))
  })
  town.on(-2, '16:20', () =>
    way.must(
      province().act('institutions.propose-setting', {
        key: `engineer.standard-hours/${BIGDATA_JUNIOR.occupationId}/${BIGDATA_JUNIOR.level}`,
        value: 128,
        fromOn: way.clock.today(),
        source: '演示设定，待第二人核对国家职业标准原文',
      }),
    ),
  )

  town.on(-298, '09:00', () => setTargets(town, town.day(-298), 1800))
  // This year's is set anew: what stood before stays on show as history.
  town.on(-20, '09:00', () => setTargets(town, town.today, 2000))
  staffComesAndGoes(town)
}

/** Institutions that exist in the catalogue only: one left, one whose name is looked at, one that was cleared. */
function listOthers(town: Town): void {
  const { way } = town
  const list = async (organisationName: string, occupationIds: string[]) => {
    const { id } = await way.must(
      way.staff(WUHAN.province).act('institutions.list-institution', {
        catalogue: 'training',
        organisationName,
        creditCode: null,
        provinceCode: WUHAN.provinceCode,
        occupationIds,
        levels: ['初级', '中级'],
        batch: '演示批次',
        fromOn: way.clock.today(),
        source: '演示数据，非官方目录',
        note: null,
      }),
    )
    return id as string
  }
  const ids = { left: '', cleared: '', changed: '' }
  town.on(-297, '09:40', async () => {
    ids.left = await list('荆楚数字培训站（演示）', ['iot'])
    ids.cleared = await list('汉江联合数字学校（演示）', ['ai'])
    ids.changed = await list('襄阳云计算培训学校（演示）', ['cloud'])
  })
  town.on(-280, '10:30', () =>
    way.must(
      way.staff(WUHAN.province).act('institutions.review-name', {
        id: ids.cleared,
        outcome: 'cleared',
        reason: '“联合”系登记名称，无跨省培训',
      }),
    ),
  )
  town.on(-160, '11:00', () =>
    way.must(
      way.staff(WUHAN.province).act('institutions.change-entry', {
        id: ids.changed,
        organisationName: '襄阳云计算培训学校（演示）',
        occupationIds: ['cloud', 'bigdata'],
        levels: ['初级', '中级'],
        batch: '演示批次',
        fromOn: way.clock.today(),
        source: '演示数据，非官方目录',
        reason: '扩项增加大数据职业',
      }),
    ),
  )
  town.on(-120, '09:30', () =>
    way.must(
      way.staff(WUHAN.province).act('institutions.end-entry', {
        id: ids.left,
        toOn: way.clock.today(),
        reason: '主动退出，不再承担培训',
      }),
    ),
  )
  town.on(-8, '14:30', () => list('江汉校企合作培训联盟（演示）', ['ai', 'bigdata']))
}

async function setTargets(town: Town, on: string, people: number): Promise<void> {
  const year = Number(on.slice(0, 4))
  const source = '演示设定，非正式文件'
  const set = (input: object) =>
    town.way.must(town.way.staff(WUHAN.province).act('supervision.set-target', { year, source, ...input }))
  await set({ people })
  await set({ cityCode: '420100', people: Math.round(people * 0.45) })
  await set({ cityCode: '420500', people: Math.round(people * 0.15) })
  await set({ cityCode: '420600', people: Math.round(people * 0.15) })
  await set({ cityCode: '421000', people: Math.round(people * 0.1) })
}

function staffComesAndGoes(town: Town): void {
  const { way } = town
  const invite = (key: string, organisation: string, role: string, name: string, username: string) =>
    way.must(
      way.staff(key).act('people.invite-staff', {
        organisationId: town.cast.organisations.get(organisation),
        role,
        name,
        username,
      }),
    )
  let left = ''
  town.on(-270, '09:00', async () => {
    left = (await invite('lin-qiao', 'jiangcheng', 'teacher', '严立', 'yan-li')).id
  })
  town.on(-45, '17:00', () =>
    way.must(
      way.staff('lin-qiao').act('people.disable-staff', { accountId: left, reason: '已离职，停用账号' }),
    ),
  )
  let moved = ''
  town.on(-200, '09:00', async () => {
    moved = (await invite('xu-heng', 'huazhong', 'invigilator', '夏晴', 'xia-qing')).membershipId
  })
  town.on(-33, '17:00', () =>
    way.must(
      way.staff('xu-heng').act('people.end-membership', { membershipId: moved, reason: '调离监考岗位' }),
    ),
  )
  town.on(-3, '10:10', () => invite('qin-yue', 'chuyun', 'teacher', '向晨', 'xiang-chen'))
}
