// HB-5.4–5.7 and HB-6.3: who may be paid what, once. 凡补必进、不进不补; no double payment.
import { z } from 'zod'
import { BENEFITS, GROUPS } from '../facts.ts'
import { DATA, NO, type State, YES } from '../state.ts'
import { addDays, addMonths, type Day, sayDay } from '../time/day.ts'
import { defineDatedList, spanDays, within } from './dated-list.ts'
import { definePredicate, leavesUsing, proofDays, shown } from './predicate.ts'

/** The order of levels within which a higher one bars a lower: engineers and skills apart. */
const HIGHER: readonly (readonly string[])[] = [
  ['初级', '中级', '高级'],
  ['初级工', '中级工', '高级工', '技师', '高级技师'],
]

function atLeast(level: string, asked: string): boolean {
  const scale = HIGHER.find((levels) => levels.includes(asked))
  return scale?.includes(level) === true && scale.indexOf(level) >= scale.indexOf(asked)
}

export const received = defineDatedList({
  name: '已享受',
  about: '已享受所列待遇之一；可限定同一职业、不低于本等级',
  list: 'benefits',
  schema: z.strictObject({
    任一: z.array(z.enum(BENEFITS)).min(1),
    /** 一生: ever; 同职业: for this occupation, at this level or a higher one. */
    范围: z.enum(['一生', '同职业不低于本等级']),
  }),
  holds:
    (p, scope) =>
    (item, on): State => {
      if (!p.任一.includes(item.benefit) || on < item.on) return NO
      if (p.范围 === '一生') return YES
      if (item.occupation === undefined || item.level === undefined) return DATA
      if (scope.occupation(item.occupation) !== scope.occupation(scope.params.occupation)) return NO
      return atLeast(item.level, scope.params.level ?? '') ? YES : NO
    },
  days: (item) => [item.on],
  requirement: (p) =>
    `已享受${p.任一.join('或')}${p.范围 === '一生' ? '' : '（同一职业，本等级或更高等级）'}`,
  words: () => ({ data: '已享受的待遇', paper: '待遇发放记录', event: '享受待遇' }),
  open: (_p, _item, at, state) =>
    state === DATA ? { kind: '数据', what: '已享受待遇所属的职业和等级', at } : undefined,
  say: (item) => `${sayDay(item.on)}已享受${item.benefit}`,
})

export const registered = definePredicate({
  name: '实名制登记',
  about: '已进入职业技能培训实名制信息管理系统',
  reads: ['register'],
  schema: z.strictObject({}),
  evaluate: () => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('register')]
    return ({ register }, on) => {
      if (register === undefined) return unknown
      return known[register.entered && (register.on === undefined || on >= register.on) ? YES : NO]
    }
  },
  changeDays: (_p, facts) => (facts.register?.on === undefined ? [] : [facts.register.on]),
  requirement: () => '已进入实名制信息管理系统（不进不补）',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === YES
      ? []
      : leaf.state === DATA
        ? [{ kind: '数据', what: '是否已实名制登记', at: 'register' }]
        : [{ kind: '待发生事件', what: '进入实名制信息管理系统', at: 'register' }],
  finding: (_p, facts, _on, leaf) =>
    leaf.state === YES ? '已登记' : facts.register === undefined ? '尚未说明' : '尚未登记',
})

export const insured = definePredicate({
  name: '失业保险',
  about: '失业保险累计缴费满若干月，或正在领取失业保险金',
  reads: ['unemploymentInsurance'],
  schema: z.strictObject({ 缴费满月: z.int().positive() }),
  implies: (strong, weak) => strong.缴费满月 >= weak.缴费满月,
  evaluate: (p, scope) => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('unemploymentInsurance')]
    return ({ unemploymentInsurance: insurance }, on) => {
      if (insurance === undefined) return unknown
      if (insurance.drawing !== true && insurance.paidMonths < p.缴费满月)
        return known[insurance.drawing === undefined ? DATA : NO]
      return known[shown(insurance, on, scope.proof)]
    }
  },
  changeDays: (_p, facts) =>
    facts.unemploymentInsurance === undefined ? [] : proofDays([facts.unemploymentInsurance]),
  requirement: (p) => `参加失业保险${p.缴费满月}个月以上，或正在领取失业保险金`,
  needs: (p, facts, _on, leaf) =>
    leaf.state === DATA
      ? facts.unemploymentInsurance === undefined
        ? [{ kind: '数据', what: '失业保险缴费情况', at: 'unemploymentInsurance' }]
        : [{ kind: '数据', what: '是否正在领取失业保险金', at: 'unemploymentInsurance.drawing' }]
      : leaf.state === NO
        ? [{ kind: '待发生事件', what: `失业保险缴费满${p.缴费满月}个月`, at: 'unemploymentInsurance' }]
        : leaf.state === YES
          ? []
          : [{ kind: '材料', what: '失业保险缴费或领取证明', at: 'unemploymentInsurance' }],
  finding: (_p, facts) =>
    facts.unemploymentInsurance === undefined
      ? '尚未填写失业保险情况'
      : `累计缴费${facts.unemploymentInsurance.paidMonths}个月${facts.unemploymentInsurance.drawing ? '，正在领取失业保险金' : ''}`,
})

export const group = defineDatedList({
  name: '人员类别',
  about: '当日属于所列人员类别之一',
  list: 'groups',
  schema: z.strictObject({ 任一: z.array(z.enum(GROUPS)).min(1) }),
  implies: (strong, weak) => strong.任一.every((g) => weak.任一.includes(g)),
  holds: (p) => (item, on) => (p.任一.includes(item.group) && within(item, on) ? YES : NO),
  days: spanDays,
  requirement: (p) => `属于${p.任一.join('或')}`,
  words: (p) => ({ data: '人员类别', paper: `${p.任一.join('或')}证明`, event: `成为${p.任一.join('或')}` }),
  say: (item) => `${sayDay(item.from)}起为${item.group}`,
})

export const business = defineDatedList({
  name: '创业实体',
  about: '在省内登记的经营实体正常经营满若干月，可要求首次创办、带动就业人数',
  list: 'businesses',
  schema: z.strictObject({
    经营满月: z.int().nonnegative(),
    /** Only for so many months after registration. */
    登记后月内: z.int().positive().optional(),
    首次: z.boolean().default(false),
    带动就业: z.int().nonnegative().default(0),
  }),
  holds:
    (p) =>
    (item, on): State => {
      if (on < addMonths(item.registeredOn, p.经营满月)) return NO
      if (p.登记后月内 !== undefined && on > addMonths(item.registeredOn, p.登记后月内)) return NO
      if (item.closedOn !== undefined && on >= item.closedOn) return NO
      if (item.inProvince === false || (p.首次 && item.first === false)) return NO
      if (p.带动就业 > 0 && item.employs !== undefined && item.employs < p.带动就业) return NO
      const open =
        item.inProvince === undefined ||
        (p.首次 && item.first === undefined) ||
        (p.带动就业 > 0 && item.employs === undefined)
      return open ? DATA : YES
    },
  days: (item, p): Day[] => [
    addMonths(item.registeredOn, p.经营满月),
    ...(p.登记后月内 === undefined ? [] : [addDays(addMonths(item.registeredOn, p.登记后月内), 1)]),
    ...(item.closedOn === undefined ? [] : [item.closedOn]),
  ],
  requirement: (p) =>
    `在省内${p.首次 ? '首次' : ''}创业${p.经营满月 > 0 ? `并正常经营满${p.经营满月}个月` : ''}${p.登记后月内 === undefined ? '' : `，登记${p.登记后月内}个月以内`}${p.带动就业 > 0 ? `，带动就业${p.带动就业}人及以上` : ''}`,
  words: () => ({ data: '创业情况', paper: '营业执照及经营、就业证明', event: '创办经营实体并达到规定条件' }),
  open: (p, item, at, state) => {
    if (state !== DATA) return undefined
    if (item.inProvince === undefined) return { kind: '数据', what: '是否在省内登记', at: `${at}.inProvince` }
    return p.首次 && item.first === undefined
      ? { kind: '数据', what: '是否首次创办', at: `${at}.first` }
      : { kind: '数据', what: '带动就业人数', at: `${at}.employs` }
  },
  say: (item) =>
    `${sayDay(item.registeredOn)}登记${item.employs === undefined ? '' : `，带动就业${item.employs}人`}`,
})

export const openLoan = definePredicate({
  name: '未结清贷款',
  about: '本人或配偶有规定以外的未结清贷款',
  reads: ['openLoans'],
  schema: z.strictObject({}),
  evaluate: () => {
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing('openLoans')]
    return ({ openLoans }) => (openLoans === undefined ? unknown : known[openLoans ? YES : NO])
  },
  changeDays: () => [],
  requirement: () => '本人或配偶有规定以外的未结清贷款',
  needs: (_p, _facts, _on, leaf) =>
    leaf.state === DATA ? [{ kind: '数据', what: '有无其他未结清贷款', at: 'openLoans' }] : [],
  finding: (_p, facts) =>
    facts.openLoans === undefined ? '尚未说明' : facts.openLoans ? '有未结清贷款' : '没有',
})
