import canonicalize from 'canonicalize'
import { defined } from '../../platform/assert.ts'
import type { CryptoProvider } from '../../platform/crypto.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { scoreText } from '../result-report.ts'
import type { ExchangeItem } from '../store/exchanges.ts'

/**
 * The file to the national office. What fields its own system wants is not published in any page we found
 * (facts: certificates.data_fields_reported, missing), so this is our own documented form, marked 待核实.
 */
export const OUT_FORMAT = 'shujiang.national-exchange/1'
export const IN_FORMAT = 'shujiang.national-result/1'
export const FIELD_STATUS = '待核实：国家平台的数据项格式未见公布，本文件为平台自有格式'

export function itemsHash(crypto: CryptoProvider, items: ExchangeItem[]): string {
  const fields = items.map((one) => ({
    item: one.item,
    report: one.report,
    sitting: one.sitting,
    endedOn: one.endedOn,
    institution: one.institution,
    occupation: one.occupation,
    occupationCode: one.occupationCode,
    direction: one.direction,
    level: one.level,
    name: one.name,
    maskedIdNumber: one.maskedIdNumber,
    ticketNumber: one.ticketNumber,
    theoryTenths: one.theoryTenths,
    abilityTenths: one.abilityTenths,
  }))
  return crypto.sha256(defined(canonicalize(fields), 'canonical items'))
}

interface FileToWrite {
  number: string
  itemsSha256: string
  exchangedOn: string
  items: (ExchangeItem & { idNumber: string })[]
}

export function jsonFile(file: FileToWrite): Buffer {
  const document = {
    format: OUT_FORMAT,
    fieldStatus: FIELD_STATUS,
    exchange: file.number,
    exchangedOn: file.exchangedOn,
    itemsSha256: file.itemsSha256,
    items: file.items.map((one) => ({
      item: one.item,
      report: one.report,
      name: one.name,
      idNumber: one.idNumber,
      occupation: one.occupation,
      occupationCode: one.occupationCode,
      direction: one.direction,
      level: one.level,
      institution: one.institution,
      sitting: one.sitting,
      endedOn: one.endedOn,
      ticketNumber: one.ticketNumber,
      theoryScore: one.theoryTenths / 10,
      abilityScore: one.abilityTenths / 10,
    })),
    answer: {
      format: IN_FORMAT,
      exchange: file.number,
      itemsSha256: file.itemsSha256,
      results: [{ item: '…', decision: 'approved | returned', reason: 'returned: why' }],
    },
  }
  return Buffer.from(`${JSON.stringify(document, null, 1)}\n`)
}

/** The same sheet goes out and comes back: the last two columns are the national office's to fill in. */
export const RESULT_COLUMNS = {
  exchange: '交换编号',
  itemsSha256: '校验值',
  item: '数据编号',
  name: '姓名',
  decision: '审核结果',
  reason: '退回原因',
} as const

export function xlsxFile(file: FileToWrite): Promise<Buffer> {
  return writeSheet({
    title: `专业技术等级证书数据 ${file.number}`,
    note: `请只填写最后两列：审核结果填「通过」或「退回」，退回须写明原因。${FIELD_STATUS}。`,
    columns: [
      { key: 'name', title: RESULT_COLUMNS.name, width: 6 },
      { key: 'idNumber', title: '证件号码', width: 11 },
      { key: 'occupation', title: '职业', width: 12 },
      { key: 'occupationCode', title: '职业编码', width: 7 },
      { key: 'direction', title: '方向', width: 11 },
      { key: 'level', title: '等级', width: 4 },
      { key: 'institution', title: '评价机构', width: 16 },
      { key: 'sitting', title: '考核场次', width: 9 },
      { key: 'endedOn', title: '考核结束日期', width: 7 },
      { key: 'ticketNumber', title: '准考证号', width: 10 },
      { key: 'theory', title: '理论成绩', width: 5 },
      { key: 'ability', title: '能力成绩', width: 5 },
      { key: 'item', title: RESULT_COLUMNS.item, width: 18 },
      { key: 'exchange', title: RESULT_COLUMNS.exchange, width: 9 },
      { key: 'itemsSha256', title: RESULT_COLUMNS.itemsSha256, width: 18 },
      { key: 'decision', title: RESULT_COLUMNS.decision, width: 6 },
      { key: 'reason', title: RESULT_COLUMNS.reason, width: 16 },
    ],
    rows: file.items.map((one) => ({
      ...one,
      theory: scoreText(one.theoryTenths),
      ability: scoreText(one.abilityTenths),
      exchange: file.number,
      itemsSha256: file.itemsSha256,
      decision: '',
      reason: '',
    })),
  })
}
