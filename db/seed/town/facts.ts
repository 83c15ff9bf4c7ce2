import { A_PAPER, stateEmployment, stateTitle } from '../way/train.ts'
import type { Town, TownLearner } from './stage.ts'

/** What a learner of the town tells about themselves before enrolling. */
export type Statement = (town: Town, learner: TownLearner) => Promise<void>

const paper = (name: string) => ({ paper: { name, type: 'application/pdf', bytes: A_PAPER } })

/** In post, with a technician's title and its paper: what the first path to 初级 asks for. */
export const technician: Statement = async ({ way }, { caller }) => {
  await stateEmployment(way, caller)
  await stateTitle(way, caller)
}

/** The same title, but nobody has seen the paper: 材料不足. */
export const technicianWithoutPaper: Statement = async ({ way }, { caller }) => {
  await stateEmployment(way, caller)
  await way.must(
    caller.act('people.state-fact', {
      kind: 'titles',
      value: { level: '员级', name: '技术员', obtainedOn: '2021-05-01' },
    }),
  )
  await nothingElse({ way }, caller, ['education', 'technicalSchool'])
}

/** A degree whose subject somebody must judge: 需人工认定. */
export const graduate: Statement = async ({ way }, { caller }) => {
  await stateEmployment(way, caller)
  await way.must(
    caller.act(
      'people.state-fact',
      {
        kind: 'education',
        value: {
          degree: '大学本科',
          school: '江城大学（演示）',
          schoolKind: '普通高校',
          major: '信息管理与信息系统',
          status: '毕业',
          graduatesOn: '2020-06-30',
        },
      },
      paper('毕业证书.pdf'),
    ),
  )
  await nothingElse({ way }, caller, ['titles', 'technicalSchool'])
}

/** In post, and none of the paths is met: 不符合. */
export const withoutPath: Statement = async ({ way }, { caller }) => {
  await stateEmployment(way, caller)
  await nothingElse({ way }, caller, ['titles', 'technicalSchool', 'education'])
}

/** In post; the rest may follow when declaring. */
export const inPost: Statement = ({ way }, { caller }) => stateEmployment(way, caller)

/** A student in the year of graduation (HB-2). */
export const student: Statement = async ({ way }, { caller }) => {
  const today = way.clock.today()
  const year = Number(today.slice(0, 4)) + (today.slice(5) >= '07-01' ? 1 : 0)
  await way.must(
    caller.act(
      'people.state-fact',
      {
        kind: 'education',
        value: {
          degree: '大学本科',
          school: '江城大学（演示）',
          schoolKind: '普通高校',
          fullTime: true,
          major: '软件工程',
          status: '在读',
          graduatesOn: `${year}-06-30`,
        },
      },
      paper('在读证明.pdf'),
    ),
  )
  await nothingElse({ way }, caller, ['employment'])
  await way.must(caller.act('people.state-fact', { kind: 'retirement', value: { retired: false } }))
}

async function nothingElse({ way }: Pick<Town, 'way'>, caller: TownLearner['caller'], kinds: string[]) {
  for (const kind of kinds) await way.must(caller.act('people.state-fact', { kind, value: { none: true } }))
}
