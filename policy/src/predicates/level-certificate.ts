import { z } from 'zod'
import { ENGINEER_LEVELS } from '../facts.ts'
import { NO, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import {
  bestOf,
  definePredicate,
  factNeeds,
  proofDays,
  proofNote,
  resolveLevel,
  resolveOccupation,
  type Scope,
  sayOccupation,
  usedItem,
} from './predicate.ts'

const schema = z.strictObject({
  职业: z.string().default('本职业'),
  等级: z.enum(['本等级', '高于本等级', ...ENGINEER_LEVELS]),
})

/** The levels that will do; none where the level in question is not of this ladder. */
function levelsAsked(level: string, scope: Scope): readonly string[] {
  if (level !== '高于本等级') return [resolveLevel(level, scope)]
  const own = (ENGINEER_LEVELS as readonly string[]).indexOf(scope.params.level ?? '')
  return own < 0 ? [] : ENGINEER_LEVELS.slice(own + 1)
}

function sayLevel(level: string, scope: Scope): string {
  return level === '高于本等级' ? `高于${scope.params.level ?? '本等级'}的` : resolveLevel(level, scope)
}

export const levelCertificate = definePredicate({
  name: '专业技术等级',
  about: '已取得该职业、该等级的专业技术等级证书',
  reads: ['levelCertificates'],
  schema,
  evaluate: (p, scope) => {
    const occupation = resolveOccupation(p.职业, scope)
    const levels = levelsAsked(p.等级, scope)
    return bestOf('levelCertificates', scope, (item, on) => {
      if (!levels.includes(item.level) || on < item.issuedOn) return NO
      if (scope.occupation(item.occupation) !== occupation) return NO
      return item.withdrawnOn !== undefined && on >= item.withdrawnOn ? NO : YES
    })
  },
  changeDays: (_p, facts) => [
    ...(facts.levelCertificates ?? []).flatMap((c) =>
      c.withdrawnOn === undefined ? [c.issuedOn] : [c.issuedOn, c.withdrawnOn],
    ),
    ...proofDays(facts.levelCertificates),
  ],
  requirement: (p, scope) => `取得${sayOccupation(p.职业, scope)}${sayLevel(p.等级, scope)}专业技术等级`,
  needs: (p, _facts, _on, leaf, scope) => {
    const name = `${sayOccupation(p.职业, scope)}${sayLevel(p.等级, scope)}专业技术等级证书`
    return factNeeds(leaf, 'levelCertificates', {
      data: `是否持有${name}`,
      paper: name,
      event: `取得${name}`,
    })
  },
  finding: (_p, facts, _on, leaf) => {
    const item = usedItem(facts.levelCertificates, leaf)
    if (!item)
      return facts.levelCertificates === undefined
        ? '尚未填写专业技术等级证书'
        : '没有对应职业和等级的有效证书'
    return `${sayDay(item.issuedOn)}取得${item.level}专业技术等级证书${proofNote(leaf)}`
  },
})
