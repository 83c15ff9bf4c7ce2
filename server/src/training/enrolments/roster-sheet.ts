import type { Facts } from '../../../../policy/src/index.ts'
import { type DocumentType, documentType } from '../../people/index.ts'
import { dayCell, oneOfCell, problem, readSheet, textCell, writeSheet } from '../../platform/sheets.ts'

/** What a roster says of a person's situation; the audience rule (HB-2) is asked with it. */
const SITUATIONS = {
  在岗: '在岗',
  拟从事: '拟从事',
  新就业形态: '新就业形态',
  自由职业: '自由职业',
  灵活就业: '灵活就业',
  毕业学年学生: '毕业学年学生',
} as const
type Situation = keyof typeof SITUATIONS

const DOCUMENTS = Object.fromEntries(documentType.options.map((one) => [one, one])) as Record<
  DocumentType,
  DocumentType
>

const columns = [
  { key: 'name', title: '姓名', required: true, parse: textCell(60) },
  { key: 'documentType', title: '证件类型', parse: oneOfCell(DOCUMENTS) },
  { key: 'idNumber', title: '证件号码', required: true, parse: textCell(30) },
  { key: 'birthOn', title: '出生日期', parse: dayCell },
  {
    key: 'phone',
    title: '手机号',
    required: true,
    parse: (text: string) => (/^1[3-9]\d{9}$/.test(text) ? text : problem('不是 11 位手机号码，请更正。')),
  },
  { key: 'situation', title: '从业状态', required: true, parse: oneOfCell(SITUATIONS) },
  { key: 'employer', title: '工作单位或学校', parse: textCell(100) },
  { key: 'graduatesOn', title: '预计毕业日期', parse: dayCell },
  { key: 'retired', title: '是否已退休', required: true, parse: oneOfCell({ 是: 'yes', 否: 'no' }) },
] as const

export interface RosterPerson {
  name: string
  documentType: DocumentType
  idNumber: string
  birthOn: string | null
  phone: string
  situation: Situation
  employer: string | null
  graduatesOn: string | null
  retired: boolean
}

export async function readRoster(bytes: Uint8Array) {
  const { rows, problems } = await readSheet(bytes, { columns, maxRows: 5000 })
  return {
    problems,
    rows: rows.map(({ row, value }) => ({
      row,
      person: {
        ...value,
        documentType: value.documentType ?? ('居民身份证' as const),
        retired: value.retired === 'yes',
      } as RosterPerson,
    })),
  }
}

export function rosterTemplate(): Promise<Buffer> {
  return writeSheet({
    title: '学员名单导入模板',
    note: `证件类型不填视为居民身份证；从业状态可填：${Object.keys(SITUATIONS).join('、')}；毕业学年学生须填预计毕业日期。`,
    columns: columns.map(({ key, title }) => ({ key, title, width: 18 })),
    rows: [] as Record<(typeof columns)[number]['key'], string>[],
  })
}

/** The roster's statements as facts, where the person has not spoken. They are kept with the decision, not as the person's own. */
export function withStatements(known: Facts, person: RosterPerson, today: string): Facts {
  const student = person.situation === '毕业学年学生'
  const employment: Facts['employment'] = student
    ? []
    : [
        {
          status: person.situation as Exclude<Situation, '毕业学年学生'>,
          from: today,
          ...(person.employer ? { employer: person.employer } : {}),
        },
      ]
  const education: Facts['education'] = student
    ? [
        {
          degree: '大学本科',
          status: '在读',
          schoolKind: '普通高校',
          ...(person.employer ? { school: person.employer } : {}),
          ...(person.graduatesOn ? { graduatesOn: person.graduatesOn } : {}),
        },
      ]
    : []
  return {
    ...known,
    employment: known.employment ?? employment,
    education: known.education ?? education,
    skillPosts: known.skillPosts ?? [],
    retirement: known.retirement ?? { retired: person.retired },
  }
}
