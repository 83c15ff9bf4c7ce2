import { writeSheet } from '../../platform/sheets.ts'
import { ITEM_KINDS } from './paper.ts'
import { PAPER_SHEET } from './read-sheet-paper.ts'

type Row = Partial<Record<(typeof PAPER_SHEET)[number]['key'], string | number>>

/** One row of each kind, worth 100 points together, so that the template itself imports. */
const SAMPLE: Row[] = [
  {
    group: '一、单项选择题',
    kind: ITEM_KINDS.single,
    stem: '数据中台的首要作用是什么？',
    optionA: '统一数据口径，供各业务共用',
    optionB: '替代全部业务系统',
    optionC: '只做报表展示',
    optionD: '以上都不对',
    answer: 'A',
    scoreTenths: 200,
    fixed: '固定',
  },
  {
    group: '二、多项选择题',
    kind: ITEM_KINDS.multiple,
    stem: '下列属于个人信息的有哪些？',
    optionA: '身份证件号码',
    optionB: '行踪轨迹',
    optionC: '企业统一社会信用代码',
    optionD: '生物识别信息',
    answer: 'ABD',
    scoreTenths: 200,
    partialTenths: 50,
  },
  {
    group: '三、判断题',
    kind: ITEM_KINDS.judgement,
    stem: '重要数据出境前应当进行安全评估。',
    answer: '正确',
    scoreTenths: 100,
  },
  {
    group: '四、填空题',
    kind: ITEM_KINDS.fill,
    stem: '关系数据库中，用 ____ 语句查询数据，用 ____ 语句新增数据。',
    answer: 'SELECT；INSERT|INSERT INTO',
    scoreTenths: 100,
  },
  {
    group: '五、简答题',
    kind: ITEM_KINDS.short,
    stem: '简述数据脱敏与加密的区别。',
    answer: '要点：可逆性、使用场景、保护对象。',
    scoreTenths: 100,
    maxChars: 500,
  },
  {
    group: '六、情景题',
    kind: ITEM_KINDS.scenario,
    stem: '阅读材料，完成下列各题。',
    scoreTenths: 0,
    materialTitle: '材料一',
    materialText: '某厂计划把三条生产线的设备数据接入平台，现有设备通信协议不一。',
  },
  {
    group: '六、情景题',
    kind: ITEM_KINDS.long,
    stem: '请写出接入方案。',
    answer: '要点：协议转换、边缘采集、数据校验。',
    scoreTenths: 150,
    maxChars: 2000,
  },
  {
    group: '六、情景题',
    kind: ITEM_KINDS.file,
    stem: '请绘制系统结构图，保存为文件后上传。',
    scoreTenths: 150,
    accept: '.pdf、.png',
  },
]

const WIDTHS: Partial<Record<string, number>> = { stem: 24, materialText: 24, answer: 14, group: 10 }

export function paperTemplate(rows: Row[] = SAMPLE): Promise<Buffer> {
  return writeSheet({
    title: '试卷导入模板',
    note: '每行一题，合计 100 分。填空题各空用分号分开，同一空的可接受答案用竖线分开。情景题填 0 分，小题写在其后并用同一大题名称。含图片的试卷请用 JSON 导入。',
    columns: PAPER_SHEET.map(({ key, title }) => ({
      key,
      title,
      ...(WIDTHS[key] ? { width: WIDTHS[key] } : {}),
      ...(key === 'scoreTenths' || key === 'partialTenths' ? { kind: 'score' as const } : {}),
      ...(key === 'maxChars' ? { kind: 'number' as const } : {}),
    })),
    rows: rows as Record<string, unknown>[],
  })
}
