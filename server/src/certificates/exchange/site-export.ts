import { readIdNumbers } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { CERTIFICATE_STATES } from '../level-certificate.ts'
import { type CertificateFilter, listCertificates } from '../store/lists.ts'

/**
 * HB-4.4 names two sites where certificates can be looked up. Neither publishes the fields it takes in (facts:
 * certificates.data_fields_reported), so this is our mapping, documented here and marked 待核实 in every file.
 */
export const SITES = {
  osta: '技能人才评价工作网',
  zsgx: '国家专业技术人才知识更新工程网',
} as const
export type Site = keyof typeof SITES

const FIELDS = [
  { key: 'number', title: '证书编号', width: 11 },
  { key: 'holderName', title: '姓名', width: 6 },
  { key: 'idNumber', title: '证件号码', width: 11 },
  { key: 'occupationName', title: '职业名称', width: 13 },
  { key: 'direction', title: '职业方向', width: 12 },
  { key: 'level', title: '专业技术等级', width: 6 },
  { key: 'organisationName', title: '评价机构', width: 16 },
  { key: 'issuedOn', title: '发证日期', width: 7 },
  { key: 'stateName', title: '证书状态', width: 5 },
  { key: 'changedOn', title: '状态变更日期', width: 7 },
] as const

const MOST_ROWS = 50_000

/** Certificates for the look-up site of the ministry, as a file; ID numbers in full, so the read is in the log. */
export function exportForSite(
  app: App,
  actor: Actor,
  input: { site: Site; format: 'xlsx' | 'json' } & Pick<CertificateFilter, 'fromOn' | 'toOn'>,
): Promise<Result<Download>> {
  return transact<Download, Refusal>(app.db, async (tx) => {
    const { rows } = await listCertificates(tx, actor, {
      fromOn: input.fromOn,
      toOn: input.toOn,
      page: 1,
      size: MOST_ROWS,
    })
    const site = SITES[input.site]
    const numbers = await readIdNumbers(tx, app, {
      actor,
      personIds: [...new Set(rows.map((row) => row.personId))],
      purpose: `${site}查询数据`,
    })
    await record(tx, {
      name: events['level-certificate.exported'],
      at: app.clock.now(),
      actor,
      subjects: [],
      data: { site, rows: rows.length, from: input.fromOn ?? null, to: input.toOn ?? null },
    })
    const written = rows.map((row) => ({
      number: row.number,
      holderName: row.holderName,
      idNumber: numbers.get(row.personId) ?? '',
      occupationName: row.occupationName,
      direction: row.direction,
      level: row.level,
      organisationName: row.organisationName,
      issuedOn: row.issuedOn,
      stateName: CERTIFICATE_STATES[row.state],
      changedOn: row.state === 'issued' ? null : row.changedOn,
    }))
    const fieldStatus = `待核实：${site}未公布数据项格式，本文件按平台对照表生成`
    const name = `${site}-${app.clock.today()}`
    if (input.format === 'json') {
      const document = {
        format: 'shujiang.site-certificates/1',
        site,
        fieldStatus,
        fields: FIELDS.map(({ key, title }) => ({ key, title })),
        certificates: written,
      }
      const bytes = Buffer.from(`${JSON.stringify(document, null, 1)}\n`)
      return ok({ fileName: `${name}.json`, mediaType: 'application/json', bytes })
    }
    const bytes = await writeSheet({
      title: `${site}证书数据`,
      note: fieldStatus,
      columns: FIELDS,
      rows: written,
    })
    return ok({ fileName: `${name}.xlsx`, mediaType: XLSX, bytes })
  })
}
