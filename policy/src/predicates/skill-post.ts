// HB-5.8: 在聘的各层级高技能人才可申报相应层级. Which skill level matches which engineer level is not
// written anywhere we have read, so the match is judged by a person.
import { z } from 'zod'
import { SKILL_LEVELS } from '../facts.ts'
import { JUDGE, NO, type State, YES } from '../state.ts'
import { addDays, sayDay } from '../time/day.ts'
import { judged, judgementDays, judgementNeed, sayJudgement } from './judgement.ts'
import { bestOf, definePredicate, factNeeds, proofDays, proofNote, usedItem } from './predicate.ts'

const TERM = '高技能人才与申报层级相应'
const schema = z.strictObject({
  不低于: z.enum(SKILL_LEVELS),
  层级相应: z.enum(['须人工认定', '不要求']).default('须人工认定'),
})

export const skillPost = definePredicate({
  name: '在聘高技能人才',
  about: '当日在用人单位聘任的高技能人才岗位上；层级是否相应须人工认定',
  reads: ['skillPosts', 'judgements'],
  implies: (strong, weak) =>
    SKILL_LEVELS.indexOf(strong.不低于) >= SKILL_LEVELS.indexOf(weak.不低于) &&
    (strong.层级相应 === '须人工认定' || weak.层级相应 === '不要求'),
  schema,
  evaluate: (p, scope) =>
    bestOf('skillPosts', scope, (post, on, facts): State => {
      if (SKILL_LEVELS.indexOf(post.skillLevel) < SKILL_LEVELS.indexOf(p.不低于)) return NO
      if (on < post.from || (post.to !== undefined && on > post.to)) return NO
      return p.层级相应 === '不要求' ? YES : judged(TERM, facts, on, scope)
    }),
  changeDays: (_p, facts) => [
    ...(facts.skillPosts ?? []).flatMap((post) =>
      post.to === undefined ? [post.from] : [post.from, addDays(post.to, 1)],
    ),
    ...judgementDays(TERM, facts),
    ...proofDays(facts.skillPosts),
  ],
  requirement: (p) =>
    `用人单位在聘的${p.不低于}及以上高技能人才${p.层级相应 === '不要求' ? '' : '，且与申报层级相应'}`,
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === JUDGE
      ? [judgementNeed(TERM)]
      : factNeeds(leaf, 'skillPosts', {
          data: '是否在聘高技能人才',
          paper: '聘任证明',
          event: '受聘为高技能人才',
        }),
  finding: (p, facts, on, leaf, scope) => {
    const post = usedItem(facts.skillPosts, leaf)
    if (!post)
      return facts.skillPosts === undefined ? '尚未填写高技能人才聘任情况' : '当日没有在聘的高技能人才岗位'
    const match = p.层级相应 === '不要求' ? '' : `，${sayJudgement(TERM, facts, on, scope)}`
    return `${sayDay(post.from)}起在聘${post.skillLevel}${match}${proofNote(leaf)}`
  },
})
