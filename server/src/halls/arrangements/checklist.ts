import { type Arrangement, invigilatorsNeeded } from './arrangement.ts'
import { expectedIn, type Tie } from './assign-invigilators.ts'
import type { ChosenHall, Readiness } from './store/arrangements.ts'
import type { Invigilator } from './store/staff.ts'

/**
 * One step on the way to the examination. `gap` is something to do now, `waiting` comes later, `note` is worth
 * knowing. Only a gap of a step with `blocks` stands in the way of the tickets.
 */
export interface Step {
  key: string
  title: string
  state: 'done' | 'gap' | 'waiting' | 'note'
  words: string
  clause: string | null
  blocks: boolean
}

export interface Facts {
  arrangement: Arrangement
  readiness: Readiness
  halls: ChosenHall[]
  invigilators: Invigilator[]
  ties: Tie[]
  committed: boolean
  publicExpected: string | null
}

/** What is done and what is still missing before the examination, in the order in which it is done. */
export function checklist(facts: Facts): Step[] {
  const { arrangement: one, readiness, halls } = facts
  const seats = halls.reduce((sum, hall) => sum + hall.usable, 0)
  const enough = halls.length > 0 && seats >= readiness.candidates
  const closed = one.registrationClosedAt !== null
  const drawn = one.drawnAt !== null
  const later = (ready: boolean): Step['state'] => (ready ? 'gap' : 'waiting')
  const staffing = staffingGaps(facts)
  return [
    step(
      'candidates',
      '考生',
      readiness.candidates > 0 ? 'done' : 'gap',
      `已编入 ${readiness.candidates} 人`,
      'HB-4.4',
    ),
    step(
      'halls',
      '考场与考位',
      enough ? 'done' : 'gap',
      halls.length === 0
        ? '还没有选定考场'
        : `${halls.length} 个考场，可用考位 ${seats} 个${enough ? '' : `，少于考生 ${readiness.candidates} 人`}`,
      'AH-11',
    ),
    step(
      'accommodations',
      '便利安排',
      readiness.undecided > 0 ? 'gap' : 'done',
      readiness.undecided > 0 ? `${readiness.undecided} 项等第二人决定` : '没有待决定的',
      null,
      true,
    ),
    step(
      'commitment',
      '抽签承诺',
      facts.committed ? 'done' : 'gap',
      facts.committed
        ? `已公布，公开值预计 ${facts.publicExpected ?? ''} 公布`
        : one.familyId
          ? '等省级公布统考的抽签承诺'
          : '锁定名单前须先公布承诺',
      'AH-11',
    ),
    step(
      'registration',
      '锁定名单',
      closed ? 'done' : later(enough && facts.committed && readiness.candidates > 0),
      closed ? '名单、考场和便利安排已锁定' : '锁定后不能再编入、移出考生',
      'AH-11',
    ),
    step(
      'draw',
      '抽签',
      drawn ? 'done' : later(closed),
      drawn
        ? `已排定 ${readiness.seated} 人`
        : closed
          ? '公开值公布后，由第二人填写并抽签'
          : '名单锁定后办理',
      'AH-11',
    ),
    step(
      'invigilators',
      '监考',
      staffing.length > 0 ? 'gap' : 'done',
      staffing.join('；') || '人数、主监考和回避均符合',
      'STD-1.9.3',
    ),
    papersStep(facts),
    step(
      'tickets',
      '准考证',
      one.ticketsPublishedAt ? 'done' : later(drawn),
      one.ticketsPublishedAt ? '已发布' : '抽签后发布，考生可在手机上查看',
      null,
      false,
    ),
    step(
      'sealing',
      '封卷',
      one.sealedAt ? 'done' : later(drawn && papersReady(facts)),
      one.sealedAt ? `已为 ${readiness.sealed} 人次封好试卷` : '抽签和试卷审定后封卷',
      'AH-11',
      false,
    ),
    machinesStep(facts),
    step(
      'photos',
      '登记照片',
      readiness.photos < readiness.candidates ? 'note' : 'done',
      `${readiness.photos} / ${readiness.candidates} 人；没有照片的由两名监考员核验证件`,
      'AH-11',
      false,
    ),
    step(
      'broken',
      '考位完好',
      readiness.onBrokenSeats > 0 ? 'note' : 'done',
      readiness.onBrokenSeats > 0
        ? `${readiness.onBrokenSeats} 名考生抽到的考位已损坏，考试当日由监考员换到备用考位`
        : '没有考生抽到损坏的考位',
      null,
      false,
    ),
  ]
}

function step(
  key: string,
  title: string,
  state: Step['state'],
  words: string,
  clause: string | null,
  blocks = true,
): Step {
  return { key, title, state, words, clause, blocks }
}

/** Hall by hall: too few, no chief, or somebody who must stay away. */
export function staffingGaps(
  facts: Pick<Facts, 'arrangement' | 'halls' | 'invigilators' | 'ties' | 'readiness'>,
): string[] {
  const { arrangement, halls, invigilators, ties, readiness } = facts
  if (halls.length === 0) return ['选定考场后安排']
  const gaps = halls.flatMap((hall) => {
    const here = invigilators.filter((one) => one.hallId === hall.hallId && one.role !== 'patrol')
    const needed = invigilatorsNeeded(arrangement.rules, expectedIn(hall, halls, readiness.candidates))
    if (here.length < needed) return [`${hall.hall} 还差 ${needed - here.length} 人`]
    return here.some((one) => one.role === 'chief') ? [] : [`${hall.hall} 没有主监考`]
  })
  return [...gaps, ...ties.map((tie) => `${tie.name} 应当回避：${tie.why}`)]
}

function papersReady(facts: Facts): boolean {
  const { papers } = facts.readiness
  return (
    papers.length > 0 && papers.every((paper) => paper.approved && paper.forms === facts.arrangement.forms)
  )
}

function papersStep(facts: Facts): Step {
  const { papers } = facts.readiness
  const wrong = papers.find((paper) => paper.forms !== facts.arrangement.forms)
  const words =
    papers.length === 0
      ? '还没有导入试卷'
      : wrong
        ? `试卷有 ${wrong.forms} 种卷型，编排为 ${facts.arrangement.forms} 种，须一致`
        : papers.every((paper) => paper.approved)
          ? `${papers.length} 科试卷已由第二人审定`
          : '试卷等第二人审定'
  return step('papers', '试卷', papersReady(facts) ? 'done' : 'gap', words, 'AH-11', false)
}

function machinesStep({ halls }: Facts): Step {
  const seats = halls.reduce((sum, hall) => sum + hall.usable + hall.spare, 0)
  const bound = halls.reduce((sum, hall) => sum + hall.bound, 0)
  const state = seats > 0 && bound >= seats ? 'done' : 'note'
  return step(
    'machines',
    '机器绑定',
    state,
    `${bound} / ${seats} 台已绑定考位；开考前绑定即可`,
    'AH-11',
    false,
  )
}
