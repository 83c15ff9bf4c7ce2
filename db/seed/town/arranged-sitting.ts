import { addDays, instantAt } from '../../../server/src/platform/clock.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { nameOf } from './classes.ts'
import { HEFEI } from './places.ts'
import type { TownSitting } from './sittings.ts'
import type { Town } from './stage.ts'
import { THEORY_PAPER } from './theory-paper.ts'

export const INVIGILATORS = ['zhong-yan', 'ding-shan', 'ge-wei'] as const

const sites = new WeakMap<Town, { hallIds: string[] }>()

/** A site with two halls: gaps for the aisle, seats kept spare, one broken, two without barriers. */
export function keepSite(town: Town): { hallIds: string[] } {
  const known = sites.get(town)
  if (known) return known
  const found = { hallIds: [] as string[] }
  sites.set(town, found)
  const { way } = town
  const manager = () => way.staff(WUHAN.evaluation)
  town.on(-240, '10:00', async () => {
    const { id: siteId } = await way.must(
      manager().act('halls.register-site', {
        name: '华中评价中心机考考点',
        cityCode: WUHAN.cityCode,
        address: '武汉市洪山区珞喻路 1037 号创新楼 3 层',
        contactName: '许衡',
        contactPhone: '027-87654321',
      }),
    )
    for (const [name, rows, columns] of [
      ['第一考场', 5, 7],
      ['第二考场', 4, 6],
    ] as const) {
      const { id: hallId } = await way.must(manager().act('halls.add-hall', { siteId, name, rows, columns }))
      found.hallIds.push(hallId)
    }
    const { seats } = await way.must(manager().read('halls.read-hall', { hallId: found.hallIds[0] }))
    const laid = seats
      .filter((seat: { column: number }) => seat.column !== 4)
      .map(
        (
          {
            row,
            column,
            machine,
            brokenReason,
          }: { row: number; column: number; machine: string; brokenReason: string | null },
          at: number,
        ) => ({
          label: String(at + 1).padStart(2, '0'),
          row,
          column,
          machine,
          state: row === 5 && column > 5 ? 'spare' : row === 3 && column === 2 ? 'broken' : 'usable',
          brokenReason: row === 3 && column === 2 ? '主机不能启动，已报修' : brokenReason,
          accessible: row === 1 && column < 3,
        }),
      )
    await way.must(
      manager().act('halls.save-seats', { hallId: found.hallIds[0], rows: 5, columns: 7, seats: laid }),
    )
  })
  return found
}

/** A sitting ready for its candidates: seats drawn by a committed seed and a value known afterwards. */
export function arrangeForComputer(
  town: Town,
  one: TownSitting,
  { hall, needy }: { hall: number; needy?: number },
): void {
  const { way } = town
  const site = keepSite(town)
  const first = () => way.staff(WUHAN.evaluation)
  const second = () => way.staff(WUHAN.evaluationSecond)
  const sitting = () => ({ sittingId: one.sittingId })
  const at = (days: number, time: string) => instantAt(town.day(days), time).toISOString()
  town.on(-4, '09:20', async () => {
    await way.must(first().act('halls.arrange-sitting', sitting()))
    await way.must(first().act('halls.choose-halls', { ...sitting(), hallIds: [site.hallIds[hall]] }))
    await way.must(
      first().act('halls.assign-invigilators', {
        ...sitting(),
        hallId: site.hallIds[hall],
        people: INVIGILATORS.map((key, index) => ({
          accountId: town.cast.staff.get(key),
          role: index === 0 ? 'chief' : index === 1 ? 'invigilator' : 'patrol',
        })),
      }),
    )
    if (needy !== undefined) await accommodate(needy)
    await way.must(
      first().act('halls.commit-draw', {
        ...sitting(),
        publicSource: '演示彩种当日晚间开奖号码，三位数字，按公布顺序',
        publicExpectedAt: at(-2, '21:15'),
      }),
    )
  })
  town.on(-3, '16:00', () => way.must(first().act('halls.close-registration', sitting())))
  town.on(-1, '09:10', () =>
    way.must(
      second().act('halls.draw-seats', {
        ...sitting(),
        publicValue: '3 8 1',
        publicKnownAt: at(-2, '21:20'),
      }),
    ),
  )
  town.on(-1, '10:00', () => way.must(first().act('halls.publish-tickets', sitting())))

  async function accommodate(n: number) {
    const { rows } = await way.must(
      first().read('exams.list-candidates', { ...sitting(), q: await nameOf(town, n) }),
    )
    const { id: accommodationId } = await way.must(
      first().act('halls.propose-accommodation', {
        ...sitting(),
        candidateId: rows[0].id,
        extraMinutes: 30,
        accessibleSeat: true,
        reason: '肢体残疾，持残疾人证，申请延长时间和无障碍考位',
      }),
    )
    await way.must(
      second().act('halls.decide-accommodation', {
        accommodationId,
        approve: true,
        reason: '已核对残疾人证原件',
      }),
    )
  }
}

const UNIFIED = [
  ['standard', '执行人工智能工程技术人员国家职业技术技能标准（初级）', '国家职业技术技能标准（演示）'],
  ['papers', '省级命题组统一命题，四种卷型', '统考考务方案（演示）'],
  ['marking', '客观题机器评分，主观题省级集中阅卷', '统考考务方案（演示）'],
  ['administration', '统一时间、统一平台、统一监考要求', '统考考务方案（演示）'],
  ['mark', '证书加印统考标识', '统考考务方案（演示）'],
] as const

/**
 * A joint examination (AH-10), announced, with one institution taking part at two sites; its paper is approved by a second
 * person. It is sixty days ahead and nobody is declared for it yet: its sittings draw no seats and seal nothing.
 */
export function announceJointExamination(town: Town): void {
  const { way } = town
  const province = () => way.staff(HEFEI.province)
  const ids = { family: '', paper: '' }
  town.on(-12, '10:30', async () => {
    const on = addDays(way.clock.today(), 60)
    const at = (time: string) => instantAt(on, time).toISOString()
    const { id: familyId } = await way.must(
      province().act('halls.draft-family', {
        title: '安徽省人工智能初级统考（演示）',
        ...AI_JUNIOR,
        theory: { startsAt: at('09:00'), endsAt: at('10:30') },
        ability: { startsAt: at('14:00'), endsAt: at('16:00') },
      }),
    )
    ids.family = familyId
    await way.must(
      province().act('halls.settle-unifications', {
        familyId,
        unified: UNIFIED.map(([key, text, source]) => ({
          key,
          text,
          source,
          clause: 'AH-10',
          state: 'settled',
        })),
      }),
    )
    await way.must(
      province().act('halls.announce-family', {
        familyId,
        organisationIds: [town.cast.organisations.get(HEFEI.evaluationOrganisation)],
      }),
    )
  })
  town.on(-11, '15:20', () =>
    way.must(
      way
        .staff(HEFEI.evaluation)
        .act('halls.answer-invitation', { familyId: ids.family, accept: true, reason: null }),
    ),
  )
  for (const one of JOINT_SITES) joinAt(town, one, ids)
  town.on(-9, '16:30', async () => {
    const paper = {
      ...{ familyId: ids.family, part: 'theory', title: '人工智能初级统考理论试卷（演示）', minutes: 90 },
      ...{ shuffled: true, multiple: 'half', shownToCandidates: false, keep: true },
    }
    const { paperId } = await way.must(
      province().act('halls.import-joint-paper', paper, { paper: THEORY_PAPER }),
    )
    ids.paper = paperId
  })
  town.on(-8, '09:40', () =>
    way.must(way.staff(HEFEI.provinceSecond).act('halls.approve-joint-paper', { paperId: ids.paper })),
  )
}

const JOINT_SITES = [
  ['340100', '江淮评价中心合肥考点', '合肥市庐阳区演示街 3 号', '合肥'],
  ['340200', '江淮评价中心芜湖考点', '芜湖市镜湖区演示路 6 号', '芜湖'],
] as const

/** A site, a sitting of the joint examination's time held there, and its place in it. */
function joinAt(
  town: Town,
  [cityCode, name, address, city]: (typeof JOINT_SITES)[number],
  ids: { family: string },
) {
  const { way } = town
  const manager = () => way.staff(HEFEI.evaluation)
  town.on(-10, '10:00', async () => {
    const site = { name, cityCode, address, contactName: '傅淮', contactPhone: '0551-62345678' }
    const { id: siteId } = await way.must(manager().act('halls.register-site', site))
    const hall = { siteId, name: '第一考场', rows: 5, columns: 6 }
    const { id: hallId } = await way.must(manager().act('halls.add-hall', hall))
    const family = await way.must(manager().read('halls.read-family', { familyId: ids.family }))
    const { id: sittingId } = await way.must(
      manager().act('exams.plan-sitting', {
        title: `安徽省人工智能初级统考${city}场（演示）`,
        ...AI_JUNIOR,
        cityCode,
        venue: name,
        capacity: 30,
        theory: { startsAt: family.theoryStartsAt, endsAt: family.theoryEndsAt },
        ability: { startsAt: family.abilityStartsAt, endsAt: family.abilityEndsAt },
      }),
    )
    await way.must(manager().act('halls.arrange-sitting', { sittingId }))
    await way.must(manager().act('halls.choose-halls', { sittingId, hallIds: [hallId] }))
    await way.must(manager().act('halls.join-family', { familyId: ids.family, sittingId }))
  })
}
