// HB-2: 在岗或拟从事数字技术领域工作的各类人员(含新就业形态劳动者、自由职业者).
import { z } from 'zod'
import { EMPLOYMENT_STATUSES } from '../facts.ts'
import { NO, YES } from '../state.ts'
import { addDays, sayDay } from '../time/day.ts'
import { bestOf, definePredicate, factNeeds, proofDays, proofNote, usedItem } from './predicate.ts'

const schema = z.strictObject({ 任一: z.array(z.enum(EMPLOYMENT_STATUSES)).min(1) })

export const status = definePredicate({
  name: '从业状态',
  about: '当日处于所列从业状态之一',
  reads: ['employment'],
  implies: (strong, weak) => strong.任一.every((s) => weak.任一.includes(s)),
  schema,
  evaluate: (p, scope) =>
    bestOf('employment', scope, (job, on) =>
      p.任一.includes(job.status) && job.from <= on && (job.to === undefined || on <= job.to) ? YES : NO,
    ),
  changeDays: (_p, facts) => [
    ...(facts.employment ?? []).flatMap((job) =>
      job.to === undefined ? [job.from] : [job.from, addDays(job.to, 1)],
    ),
    ...proofDays(facts.employment),
  ],
  requirement: (p) => `当日为${p.任一.join('、')}`,
  needs: (p, _facts, _on, leaf) =>
    factNeeds(leaf, 'employment', {
      data: '从业状态',
      paper: '从业状态证明',
      event: `处于${p.任一.join('或')}状态`,
    }),
  finding: (_p, facts, _on, leaf) => {
    const job = usedItem(facts.employment, leaf)
    if (!job) return facts.employment === undefined ? '尚未填写从业状态' : '当日不在所列状态'
    return `${sayDay(job.from)}起${job.status}${job.employer ? `（${job.employer}）` : ''}${proofNote(leaf)}`
  },
})
