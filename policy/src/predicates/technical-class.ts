// 技工院校某级班毕业（含在读应届毕业生），本专业或相关专业: the school routes of the skill standards.
import { z } from 'zod'
import { TECHNICAL_CLASSES } from '../facts.ts'
import { JUDGE, NO, type State, YES } from '../state.ts'
import { sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'
import { GRADUATING_YEAR, graduatingYear } from './education.ts'

const schema = z.strictObject({
  不低于: z.enum(TECHNICAL_CLASSES),
  相关专业: z.boolean().default(false),
  含应届: z.boolean().default(false),
  /** The text speaks of students, not of graduates. */
  在读: z.boolean().default(false),
})

export const technicalClass = defineDatedList({
  name: '技工院校班级',
  about: '技工院校不低于某级班的毕业生；可含在读应届毕业生，可要求在读，可要求相关专业（须有人工认定记录）',
  list: 'technicalSchool',
  schema,
  holds: (p, scope) => {
    const starts = graduatingYear(scope)
    const least = TECHNICAL_CLASSES.indexOf(p.不低于)
    return (item, on): State => {
      if (TECHNICAL_CLASSES.indexOf(item.class) < least) return NO
      const final = p.含应届 && on >= starts(item.graduatedOn, on)
      if (p.在读 ? on >= item.graduatedOn : on < item.graduatedOn && !final) return NO
      if (!p.相关专业) return YES
      const related = item.majorRelated
      return related === undefined || on < related.on ? JUDGE : related.related ? YES : NO
    }
  },
  days: (item, p, scope) => [
    item.graduatedOn,
    ...(item.majorRelated === undefined ? [] : [item.majorRelated.on]),
    ...(p.含应届
      ? [...scope.parameterDays(GRADUATING_YEAR), '9999-12-31'].map((day) =>
          graduatingYear(scope)(item.graduatedOn, day),
        )
      : []),
  ],
  figures: (p) => (p.含应届 ? [GRADUATING_YEAR] : []),
  requirement: (p) =>
    `技工院校${p.不低于}及以上${p.相关专业 ? '相关专业' : ''}${p.在读 ? '在读学生' : '毕业生'}${p.含应届 ? '（含在读的应届毕业生）' : ''}`,
  words: (p) => ({
    data: '技工院校学习情况',
    paper: p.在读 ? '学籍证明' : '技工院校毕业证书或学籍证明',
    event: p.在读 ? `在技工院校${p.不低于}就读` : `技工院校${p.不低于}毕业`,
  }),
  open: (_p, item, at, state) =>
    state === JUDGE
      ? {
          kind: '数据',
          what: `专业“${item.major ?? '未填'}”是否为相关专业的人工认定`,
          at: `${at}.majorRelated`,
        }
      : undefined,
  say: (item, _p, on) =>
    `${item.class}，${sayDay(item.graduatedOn)}${on < item.graduatedOn ? '预计毕业' : '毕业'}`,
})
