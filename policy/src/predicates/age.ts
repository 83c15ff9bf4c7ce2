// 年满16周岁: the floor of the 2023 edition.
import { z } from 'zod'
import { DATA, NO, YES } from '../state.ts'
import { addMonths, sayDay } from '../time/day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

export const age = definePredicate({
  name: '年满',
  about: '当日已年满若干周岁',
  reads: ['bornOn'],
  schema: z.strictObject({ 岁: z.int().positive() }),
  implies: (strong, weak) => strong.岁 >= weak.岁,
  evaluate: (p) => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('bornOn')]
    return ({ bornOn }, on) =>
      bornOn === undefined ? unknown : known[on >= addMonths(bornOn, p.岁 * 12) ? YES : NO]
  },
  changeDays: (p, facts) => (facts.bornOn === undefined ? [] : [addMonths(facts.bornOn, p.岁 * 12)]),
  requirement: (p) => `年满${p.岁}周岁`,
  needs: (p, facts, _on, leaf) => {
    if (leaf.state === YES) return []
    return facts.bornOn === undefined
      ? [{ kind: '数据', what: '出生日期', at: 'bornOn' }]
      : [
          {
            kind: '待发生事件',
            what: `年满${p.岁}周岁`,
            at: 'bornOn',
            on: addMonths(facts.bornOn, p.岁 * 12),
          },
        ]
  },
  finding: (_p, facts) => (facts.bornOn === undefined ? '尚未填写出生日期' : `${sayDay(facts.bornOn)}出生`),
})
