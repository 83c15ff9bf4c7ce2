// HB-4.4: nobody is assessed without the 培训合格证书 of that occupation and level (conflict C8: the standards
// say 学时证明; the certificate carries the hours, so asking for it meets both).
import { z } from 'zod'
import { ENGINEER_LEVELS } from '../facts.ts'
import { NO, YES } from '../state.ts'
import { addDays, sayDay } from '../time/day.ts'
import {
  bestOf,
  definePredicate,
  factNeeds,
  proofDays,
  proofNote,
  resolveLevel,
  resolveOccupation,
  sayOccupation,
  usedItem,
} from './predicate.ts'

const schema = z.strictObject({
  职业: z.string().default('本职业'),
  等级: z.enum(['本等级', ...ENGINEER_LEVELS]).default('本等级'),
  /** HB-5.1: counts in the calendar year of issue only. */
  当年: z.boolean().default(false),
})

export const trainingCertificate = definePredicate({
  name: '培训合格证书',
  about: '持有该职业、该等级的培训合格证书（可限定当年颁发）',
  reads: ['trainingCertificates'],
  implies: (strong, weak) =>
    strong.职业 === weak.职业 && strong.等级 === weak.等级 && (strong.当年 || !weak.当年),
  schema,
  evaluate: (p, scope) => {
    const occupation = resolveOccupation(p.职业, scope)
    const level = resolveLevel(p.等级, scope)
    return bestOf('trainingCertificates', scope, (certificate, on) => {
      if (certificate.level !== level || on < certificate.issuedOn) return NO
      if (scope.occupation(certificate.occupation) !== occupation) return NO
      if (certificate.withdrawnOn !== undefined && on >= certificate.withdrawnOn) return NO
      if (p.当年 && on.slice(0, 4) !== certificate.issuedOn.slice(0, 4)) return NO
      return YES
    })
  },
  changeDays: (_p, facts) => [
    ...(facts.trainingCertificates ?? []).flatMap((c) => [
      c.issuedOn,
      addDays(`${c.issuedOn.slice(0, 4)}-12-31`, 1),
      ...(c.withdrawnOn === undefined ? [] : [c.withdrawnOn]),
    ]),
    ...proofDays(facts.trainingCertificates),
  ],
  requirement: (p, scope) =>
    `持有${sayOccupation(p.职业, scope)}${resolveLevel(p.等级, scope)}培训合格证书${p.当年 ? '，且为当年颁发' : ''}`,
  needs: (p, _facts, _on, leaf, scope) => {
    const name = `${sayOccupation(p.职业, scope)}${resolveLevel(p.等级, scope)}培训合格证书`
    return factNeeds(leaf, 'trainingCertificates', {
      data: `是否持有${name}`,
      paper: name,
      event: `完成培训并取得${name}`,
    })
  },
  finding: (_p, facts, _on, leaf) => {
    const certificate = usedItem(facts.trainingCertificates, leaf)
    if (certificate) {
      return `${sayDay(certificate.issuedOn)}颁发${certificate.number ? `，编号${certificate.number}` : ''}${proofNote(leaf)}`
    }
    return facts.trainingCertificates === undefined
      ? '尚不知道是否持有'
      : '没有对应职业和等级的有效培训合格证书'
  },
})
