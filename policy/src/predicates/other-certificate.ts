// AH-5: the education system's X certificate; AH-13: an enterprise's own certificate. Which level or occupation one
// stands for, and whose certificates are well regarded, no official table says yet: figures, or a person's judgement.
import { z } from 'zod'
import { DATA, NO, type State, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { addDays, sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'

const figure = z.strictObject({ 参数: z.string() })
const schema = z.strictObject({
  种类: z.enum(['X证书', '企业内部证书']),
  /** Of the level the figure names for the level declared. */
  等级: figure.optional(),
  /** From an issuer on the list that the figure holds, names parted by 、. */
  名单: figure.optional(),
})

export const otherCertificate = defineDatedList({
  name: '其他证书',
  about: '持有教育系统“X证书”或企业内部技术技能证书，当日有效；可要求等级与参数相符、发证单位在参数的名单中',
  list: 'otherCertificates',
  schema,
  holds: (p, scope) => {
    const level = p.等级 && scope.figure(p.等级.参数)
    const issuers = p.名单 && scope.figure(p.名单.参数)
    return (item, on): State => {
      if (item.kind !== p.种类 || on < item.issuedOn) return NO
      if (item.validUntil !== undefined && on > item.validUntil) return NO
      return Math.min(
        level ? among(item.level, onDay(level, on)?.value) : YES,
        issuers ? among(item.issuer, onDay(issuers, on)?.value) : YES,
      ) as State
    }
  },
  days: (item) => [item.issuedOn, ...(item.validUntil === undefined ? [] : [addDays(item.validUntil, 1)])],
  figures: (p) => [p.等级, p.名单].flatMap((one) => (one ? [one.参数] : [])),
  requirement: (p, scope) =>
    `持有有效的${p.种类}${p.等级 ? `，等级与${scope.parameterName(p.等级.参数)}相符` : ''}${p.名单 ? `，发证单位在${scope.parameterName(p.名单.参数)}中` : ''}`,
  words: (p) => ({ data: p.种类, paper: p.种类, event: `取得${p.种类}` }),
  open: (p, item, at, state, scope) => {
    if (state !== DATA) return undefined
    if (p.等级 && item.level === undefined) return { kind: '数据', what: '证书的等级', at: `${at}.level` }
    if (p.名单 && item.issuer === undefined) return { kind: '数据', what: '发证单位', at: `${at}.issuer` }
    const open = p.等级 ?? p.名单
    if (!open) return undefined
    const what = `${scope.parameterName(open.参数)}（待核实，须由省级确认）`
    return { kind: '数据', what, at: `参数:${open.参数}` }
  },
  say: (item) =>
    `${sayDay(item.issuedOn)}取得${item.issuer ?? ''}${item.name ?? item.kind}${item.level ?? ''}`,
})

/** Is what the certificate says among the names the figure holds? Open while either is not said. */
function among(said: string | undefined, value: unknown): State {
  if (typeof value !== 'string' || said === undefined) return DATA
  return value.split(/[、，,]/).some((name) => name.trim() === said) ? YES : NO
}
