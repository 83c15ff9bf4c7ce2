// 技工院校毕业生按国家有关规定申报: the text refers elsewhere, so a graduate is always judged by a person.
import { z } from 'zod'
import { JUDGE, NO, type State } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { judged, judgementDays, judgementNeed, sayJudgement } from './judgement.ts'
import { bestOf, definePredicate, factNeeds, proofDays, proofNote, usedItem } from './predicate.ts'

const TERM = '技工院校毕业生申报'
const schema = z.strictObject({ 申报: z.literal('按国家有关规定') })

export const technicalSchool = definePredicate({
  name: '技工院校毕业',
  about: '技工院校毕业生；能否申报须由评价机构按国家有关规定人工认定',
  reads: ['technicalSchool', 'judgements'],
  schema,
  evaluate: (_p, scope) =>
    bestOf(
      'technicalSchool',
      scope,
      (item, on, facts): State => (on < item.graduatedOn ? NO : judged(TERM, facts, on, scope)),
    ),
  changeDays: (_p, facts) => [
    ...(facts.technicalSchool ?? []).map((item) => item.graduatedOn),
    ...judgementDays(TERM, facts),
    ...proofDays(facts.technicalSchool),
  ],
  requirement: () => '技工院校毕业生，按国家有关规定申报',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === JUDGE
      ? [judgementNeed(TERM)]
      : factNeeds(leaf, 'technicalSchool', {
          data: '是否技工院校毕业',
          paper: '技工院校毕业证书',
          event: '技工院校毕业',
        }),
  finding: (_p, facts, on, leaf, scope) => {
    const item = usedItem(facts.technicalSchool, leaf)
    if (!item)
      return facts.technicalSchool === undefined ? '尚未填写是否技工院校毕业' : '不是可申报的技工院校毕业生'
    return `${sayDay(item.graduatedOn)}${item.class}毕业，${sayJudgement(TERM, facts, on, scope)}${proofNote(leaf)}`
  },
})
