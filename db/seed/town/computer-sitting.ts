import { instantAt } from '../../../server/src/platform/clock.ts'
import { localCrypto } from '../../../server/src/platform/crypto.ts'
import { learner } from '../cast.ts'
import { WUHAN } from '../way/way.ts'
import { INVIGILATORS, keepSite } from './arranged-sitting.ts'
import { candidateOf, type SittingStory, type TownSitting } from './sittings.ts'
import type { Town } from './stage.ts'
import { THEORY_ANSWERS, THEORY_PAPER } from './theory-paper.ts'

interface RoomItem {
  id: string
  stem: string
  options?: { id: string; text: string }[]
}
interface InRoom {
  n: number
  secrets: { attempt: string; lease: string }
  items: RoomItem[]
}

/**
 * The theory of a sitting at the computer, from the arrangement to the archive: everybody is let in by two who looked
 * at the document; the last candidate runs out of time, who is absent never comes.
 */
export function holdTheoryByComputer(town: Town, story: SittingStory, one: TownSitting): void {
  const { way } = town
  const { held, parties } = story
  const first = () => way.staff(parties.evaluation)
  const second = () => way.staff(parties.evaluationSecond)
  const sitting = () => ({ sittingId: one.sittingId })
  const site = keepSite(town)
  const at = (days: number, time: string) => instantAt(town.day(days), time).toISOString()
  prepare()
  const present = story.learners.filter((n) => !story.absent?.includes(n))
  const slow = present.at(-1)
  const admissions = new Map<number, string>()
  const rooms: InRoom[] = []

  town.on(held, '08:20', async () => {
    const hall = { ...sitting(), hallId: site.hallIds[0] }
    await way.must(way.staff(INVIGILATORS[0]).act('halls.open-door', hall))
    const stations = await bindStations()
    const { rows } = await way.must(
      way.staff(INVIGILATORS[0]).read('halls.list-door', { ...hall, part: 'theory', size: 100 }),
    )
    for (const n of present) {
      const { ticketNumber } = await candidateOf(town, parties, one.sittingId, n)
      const { seat } = rows.find((row: { ticketNumber: string }) => row.ticketNumber === ticketNumber)
      const { admission } = await town.room(
        'identify',
        { station: stations.get(seat) },
        { ticketNumber, idTail: learner(n).idNumber.slice(-6) },
      )
      await town.room('consent', { admission }, { given: false })
      admissions.set(n, admission)
    }
    const waiting = await way.must(
      way
        .staff(INVIGILATORS[0])
        .read('halls.list-door', { ...hall, part: 'theory', state: 'waiting', size: 100 }),
    )
    const clientAt = way.clock.now().toISOString()
    for (const { admissionId } of waiting.rows) {
      const { id: proposalId } = await way.must(
        way.staff(INVIGILATORS[0]).act('halls.vouch-candidate', {
          ...{ admissionId, way: 'document', reason: '考生选择核对证件，证件与本人一致', clientAt },
        }),
      )
      await way.must(
        way
          .staff(INVIGILATORS[1])
          .act('halls.second-voucher', { admissionId, proposalId, agreed: true, clientAt }),
      )
    }
  })

  const answer = async (room: InRoom, from: number, to: number) => {
    const saves = THEORY_ANSWERS.slice(from, to).map(({ stem, right, multiple }, index) => {
      const item = room.items.find((each) => each.stem === stem) as RoomItem
      const fails = story.failing?.includes(room.n) ? index % 2 === 0 : (from + index) % 10 === room.n % 10
      const ids = (item.options ?? []).flatMap((option) =>
        right.includes(option.text) !== fails || option.text === '' ? [option.id] : [],
      )
      const value = multiple ? ids.slice(0, 3) : (ids[0] ?? null)
      return {
        ...{ item: item.id, clientSeq: from + index + 1, baseRevision: 0, value },
        clientAt: way.clock.now().toISOString(),
      }
    })
    await town.room('save', room.secrets, { saves })
  }
  town.on(held, '09:00', async () => {
    for (const [n, admission] of admissions) {
      const { attempt, lease, paper } = await town.room('enter', { admission })
      const secrets = { attempt, lease }
      const { key } = await town.room('start', secrets)
      rooms.push({ n, secrets, items: openPaper(paper.cipher, key) })
    }
  })
  town.on(held, '09:20', async () => {
    for (const room of rooms) await answer(room, 0, 10)
  })
  town.on(held, '09:50', async () => {
    for (const room of rooms) await answer(room, 10, room.n === slow ? 17 : 20)
  })
  town.on(held, '10:05', async () => {
    for (const room of rooms.filter((each) => each.n !== slow))
      await town.room('hand-in', room.secrets, { answers: {} })
  })
  town.on(held, '10:40', () => town.collectPapers())
  town.on(held, '17:30', () =>
    way.must(first().act('halls.close-sitting', { ...sitting(), marksAbsent: true })),
  )
  town.on(held + 1, '09:10', () => way.must(first().act('halls.score-sitting', sitting())))
  town.on(held + 2, '10:30', () =>
    way.must(first().act('halls.make-archive', { ...sitting(), reason: '考后归档', includesKeys: true })),
  )

  function prepare() {
    town.on(held - 6, '10:10', async () => {
      await way.must(first().act('halls.arrange-sitting', sitting()))
      await way.must(first().act('halls.choose-halls', { ...sitting(), hallIds: [site.hallIds[0]] }))
      const people = INVIGILATORS.map((key, index) => ({
        accountId: town.cast.staff.get(key),
        role: (['chief', 'invigilator', 'patrol'] as const)[index],
      }))
      await way.must(
        first().act('halls.assign-invigilators', { ...sitting(), hallId: site.hallIds[0], people }),
      )
      const publicSource = '演示彩种当日晚间开奖号码，三位数字，按公布顺序'
      const publicExpectedAt = at(held - 4, '21:15')
      await way.must(first().act('halls.commit-draw', { ...sitting(), publicSource, publicExpectedAt }))
    })
    town.on(held - 5, '16:00', () => way.must(first().act('halls.close-registration', sitting())))
    town.on(held - 3, '09:10', async () => {
      const value = { publicValue: '6 0 4', publicKnownAt: at(held - 4, '21:20') }
      await way.must(second().act('halls.draw-seats', { ...sitting(), ...value }))
      await way.must(first().act('halls.publish-tickets', sitting()))
    })
    sealTheory(town, one, held - 2)
  }

  async function bindStations(): Promise<Map<string, string>> {
    const stations = new Map<string, string>()
    const { codes } = await way.must(first().act('halls.issue-bind-codes', { hallId: site.hallIds[0] }))
    for (const { label, code } of codes)
      stations.set(label, (await town.room('bind-station', {}, { code })).station)
    return stations
  }
}

/** The paper of the theory: imported by one, approved by a second, sealed for each candidate. */
export function sealTheory(town: Town, one: TownSitting, day: number): void {
  const { way } = town
  const first = () => way.staff(WUHAN.evaluation)
  const second = () => way.staff(WUHAN.evaluationSecond)
  town.on(day, '14:00', async () => {
    const paper = {
      ...{ sittingId: one.sittingId, part: 'theory', title: '人工智能初级理论试卷（演示）', minutes: 90 },
      ...{ shuffled: true, multiple: 'half', shownToCandidates: true, keep: true },
    }
    const { paperId, errors } = await way.must(
      first().act('halls.import-paper', paper, { paper: THEORY_PAPER }),
    )
    if (!paperId) throw new Error(JSON.stringify(errors))
    await way.must(second().act('halls.approve-paper', { paperId }))
    await way.must(first().act('halls.seal-papers', { sittingId: one.sittingId }))
  })
}

/** As the machine does it: the key comes with the start. */
function openPaper(cipher: string, key: string): RoomItem[] {
  const crypto = localCrypto('a machine in the hall')
  const plain = crypto.openApart(Buffer.from(cipher, 'base64'), Buffer.from(key, 'base64'))
  return (JSON.parse(plain.toString()) as { items: RoomItem[] }).items
}
