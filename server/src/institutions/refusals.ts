import { defineRefusals } from '../platform/result.ts'

const HB62 = 'HB-6.2'

export const no = defineRefusals({
  OCCUPATION_NOT_LISTED: {
    clause: HB62,
    say: ({ occupation, on }: { occupation: string; on: string }) =>
      `“${occupation}”在 ${on} 不在职业目录内,不得开展培训评价(HB-6.2)。请核对职业名称,或等待目录调整后再办理。`,
  },
  INSTITUTION_NOT_LISTED: {
    clause: HB62,
    say: ({ catalogue, on }: { catalogue: string; on: string }) =>
      `该机构在 ${on} 未列入${catalogue},不得在目录之外开展相关活动(HB-6.2)。请向省人力资源和社会保障厅核实目录。`,
  },
  INSTITUTION_NOT_LISTED_FOR: {
    clause: HB62,
    say: ({
      catalogue,
      occupation,
      level,
      on,
    }: {
      catalogue: string
      occupation: string
      level: string
      on: string
    }) =>
      `该机构在 ${on} 的${catalogue}范围不含“${occupation}”${level},不得超出目录范围开展活动(HB-6.2)。请选择目录内的职业和等级。`,
  },
})
