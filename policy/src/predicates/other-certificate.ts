// AH-5: the education system's X certificate; AH-13: an enterprise's own certificate. Which level or occupation
// one stands for is judged beside it: no official table is known.
import { z } from 'zod'
import { NO, YES } from '../state.ts'
import { addDays, sayDay } from '../time/day.ts'
import { defineDatedList } from './dated-list.ts'

export const otherCertificate = defineDatedList({
  name: '其他证书',
  about: '持有教育系统“X证书”或企业内部技术技能证书，当日有效',
  list: 'otherCertificates',
  schema: z.strictObject({ 种类: z.enum(['X证书', '企业内部证书']) }),
  holds: (p) => (item, on) =>
    item.kind === p.种类 && item.issuedOn <= on && (item.validUntil === undefined || on <= item.validUntil)
      ? YES
      : NO,
  days: (item) => [item.issuedOn, ...(item.validUntil === undefined ? [] : [addDays(item.validUntil, 1)])],
  requirement: (p) => `持有有效的${p.种类}`,
  words: (p) => ({ data: p.种类, paper: p.种类, event: `取得${p.种类}` }),
  say: (item) => `${sayDay(item.issuedOn)}取得${item.issuer ?? ''}${item.name ?? item.kind}`,
})
