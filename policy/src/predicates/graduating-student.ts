// HB-2: 普通高校毕业学年学生. When the graduating academic year begins is a parameter (recalled, to be confirmed).
import { z } from 'zod'
import { SCHOOL_KINDS } from '../facts.ts'
import { DATA, NO, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { GRADUATING_YEAR, graduatingYear, graduationDays, inGraduatingYear } from './education.ts'
import { bestOf, definePredicate, factNeeds, proofDays, proofNote, usedItem } from './predicate.ts'

const schema = z.strictObject({ 学校: z.array(z.enum(SCHOOL_KINDS)).min(1) })

export const graduatingStudent = definePredicate({
  name: '毕业学年学生',
  about: '在所列学校在读，且处于毕业学年',
  reads: ['education'],
  implies: (strong, weak) => strong.学校.every((s) => weak.学校.includes(s)),
  schema,
  evaluate: (p, scope) => {
    const starts = graduatingYear(scope)
    return bestOf('education', scope, (item, on) => {
      if (item.status !== '在读') return NO
      if (item.schoolKind !== undefined && !p.学校.includes(item.schoolKind)) return NO
      if (item.graduatesOn === undefined) return DATA
      if (!inGraduatingYear(item, on, starts)) return NO
      return item.schoolKind === undefined ? DATA : YES
    })
  },
  changeDays: (_p, facts, scope) => [
    ...(facts.education ?? []).flatMap((item) => graduationDays(item, scope)),
    ...proofDays(facts.education),
  ],
  figures: () => [GRADUATING_YEAR],
  requirement: (p) => `${p.学校.join('、')}毕业学年在读学生`,
  needs: (_p, facts, _on, leaf) => {
    const item = usedItem(facts.education, leaf)
    if (item && leaf.state === DATA) {
      const missing = item.graduatesOn === undefined ? 'graduatesOn' : 'schoolKind'
      return [
        {
          kind: '数据',
          what: missing === 'graduatesOn' ? '预计毕业日期' : '学校类别',
          at: `${leaf.used[0]}.${missing}`,
        },
      ]
    }
    return factNeeds(leaf, 'education', { data: '学历与在读情况', paper: '学籍证明', event: '进入毕业学年' })
  },
  finding: (_p, facts, _on, leaf) => {
    const item = usedItem(facts.education, leaf)
    if (!item) return facts.education === undefined ? '尚未填写学历与在读情况' : '不是毕业学年在读学生'
    return `${item.school ?? item.schoolKind ?? '学校类别未填'}在读，${item.graduatesOn ? `${sayDay(item.graduatesOn)}预计毕业` : '预计毕业日期未填'}${proofNote(leaf)}`
  },
})
