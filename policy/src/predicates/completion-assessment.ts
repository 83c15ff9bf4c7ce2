import { z } from 'zod'
import { DATA, NO, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

export const completionAssessment = definePredicate({
  name: '结业考核',
  about: '结业考核合格',
  reads: ['training'],
  schema: z.strictObject({ 结果: z.literal('合格') }),
  evaluate: () => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('training.assessment')]
    return ({ training }, on) => {
      const assessment = training?.assessment
      if (assessment === undefined) return unknown
      return known[assessment.result === '合格' && on >= assessment.on ? YES : NO]
    }
  },
  changeDays: (_p, facts) => (facts.training?.assessment === undefined ? [] : [facts.training.assessment.on]),
  requirement: () => '结业考核合格',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === YES
      ? []
      : leaf.state === DATA
        ? [{ kind: '数据', what: '结业考核结果', at: 'training.assessment' }]
        : [{ kind: '待发生事件', what: '结业考核合格', at: 'training.assessment' }],
  finding: (_p, facts) => {
    const assessment = facts.training?.assessment
    return assessment === undefined
      ? '尚未进行结业考核'
      : `${sayDay(assessment.on)}结业考核${assessment.result}`
  },
})
