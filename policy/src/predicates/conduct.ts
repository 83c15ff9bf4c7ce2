// HB-6.2: what institutions must not do. Used under 不得, where only a known "no" passes.
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { DATA, JUDGE, NO, type State, YES } from '../state.ts'
import { judged, judgementDays, judgementNeed, judgementUsed, sayJudgement } from './judgement.ts'
import { definePredicate, leavesUsing } from './predicate.ts'

const CONDUCT = {
  转包转让: 'subcontracted',
  发放培训贷: 'trainingLoan',
  发布虚假广告: 'falseAdvertising',
  夸大培训效果: 'exaggerated',
  变相资格许可: 'disguisedLicensing',
} as const
type ConductName = keyof typeof CONDUCT

export const conduct = definePredicate({
  name: '行为',
  about: '机构有所列行为之一（未说明即为未知）',
  reads: ['activity'],
  schema: z.strictObject({ 行为: z.enum(Object.keys(CONDUCT) as [ConductName, ...ConductName[]]) }),
  evaluate: (p) => {
    const key = CONDUCT[p.行为]
    const [unknown, known] = [leavesUsing()[DATA], leavesUsing(`activity.${key}`)]
    return ({ activity }) => {
      const value = activity === undefined ? undefined : activity[key]
      return value === undefined ? unknown : known[value ? YES : NO]
    }
  },
  changeDays: () => [],
  requirement: (p) => p.行为,
  needs: (p, _facts, _on, leaf) =>
    leaf.state === DATA
      ? [{ kind: '数据', what: `是否${p.行为}的声明`, at: `activity.${CONDUCT[p.行为]}` }]
      : [],
  finding: (p, facts) => {
    const value = facts.activity?.[CONDUCT[p.行为]]
    return value === undefined ? `尚未声明是否${p.行为}` : value ? `存在${p.行为}` : `声明没有${p.行为}`
  },
})

function crossing(facts: Facts): State {
  const { institutionProvince: home, provinces } = facts.activity ?? {}
  if (home === undefined || provinces === undefined) return DATA
  return provinces.some((province) => province !== home) ? YES : NO
}

export const crossProvince = definePredicate({
  name: '跨省',
  about: '活动地点在机构目录所在省之外',
  reads: ['activity'],
  schema: z.strictObject({}),
  evaluate: () => {
    const unknown = leavesUsing()[DATA]
    const known = leavesUsing('activity.institutionProvince', 'activity.provinces')
    return (facts) => (facts.activity === undefined ? unknown : known[crossing(facts)])
  },
  changeDays: () => [],
  requirement: () => '跨省开展培训',
  needs: (_p, facts, _on, leaf) => {
    if (leaf.state !== DATA) return []
    const field = facts.activity?.institutionProvince === undefined ? 'institutionProvince' : 'provinces'
    return [
      {
        kind: '数据',
        what: field === 'provinces' ? '活动所在省份' : '机构目录所在省份',
        at: `activity.${field}`,
      },
    ]
  },
  finding: (_p, facts, _on, leaf) => {
    if (leaf.state === DATA) return '机构或活动的省份未填'
    const outside = facts.activity!.provinces!.filter(
      (province) => province !== facts.activity!.institutionProvince,
    )
    return leaf.state === YES
      ? `机构在${facts.activity!.institutionProvince}，活动在${outside.join('、')}`
      : '活动都在机构所在省内'
  },
})

const TEXTS = { 名称: 'name', 广告: 'advertising' } as const

export const wording = definePredicate({
  name: '文字含有',
  about: '名称或广告含有所列词语；含有即须人工认定是否构成所列事项',
  reads: ['activity', 'judgements'],
  schema: z.strictObject({
    字段: z.enum(['名称', '广告']),
    词: z.array(z.string().min(1)).min(1),
    事项: z.string().min(1),
  }),
  evaluate: (p, scope) => {
    const path = `activity.${TEXTS[p.字段]}`
    const [unknown, absent] = [leavesUsing()[DATA], leavesUsing(path)[NO]]
    return (facts, on) => {
      const text = facts.activity?.[TEXTS[p.字段]]
      if (text === undefined) return unknown
      if (!p.词.some((word) => text.includes(word))) return absent
      return {
        state: judged(p.事项, facts, on, scope),
        used: [path, ...judgementUsed(p.事项, facts, on, scope)],
      }
    }
  },
  changeDays: (p, facts) => judgementDays(p.事项, facts),
  requirement: (p) => p.事项,
  needs: (p, _facts, _on, leaf) =>
    leaf.state === DATA
      ? [
          {
            kind: '数据',
            what: p.字段 === '名称' ? '活动名称' : '招生广告文字（没有广告填空字符串）',
            at: `activity.${TEXTS[p.字段]}`,
          },
        ]
      : leaf.state === JUDGE
        ? [judgementNeed(p.事项)]
        : [],
  finding: (p, facts, on, _leaf, scope) => {
    const text = facts.activity?.[TEXTS[p.字段]]
    if (text === undefined) return `${p.字段}未填`
    const found = p.词.filter((word) => text.includes(word))
    return found.length === 0
      ? `${p.字段}没有“${p.词.join('”“')}”`
      : `${p.字段}含“${found.join('”“')}”，${sayJudgement(p.事项, facts, on, scope)}`
  },
})
