import { defineRefusals } from '../platform/result.ts'

const HB44 = 'HB-4.4'
const HB63 = 'HB-6.3'

export const no = defineRefusals({
  // --- result reports --------------------------------------------------------------------------------------
  RESULT_REPORT_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份成绩报送，或不在您的管理范围内。请核对后再查。',
  },
  RESULT_REPORT_STATE: {
    clause: HB44,
    say: ({ state, act }: { state: string; act: string }) =>
      `这份成绩报送目前是「${state}」，不能${act}（鄂·四（四）：先报送、再确认、后审核、最后颁发）。请刷新后查看当前由谁办理。`,
  },
  REPORT_ITEM_NOT_FOUND: {
    clause: null,
    say: () => '名单中没有这名考生。请刷新名单后重新选择。',
  },
  REPORT_EMPTY: {
    clause: HB44,
    say: () => '名单中没有拟发证的考生，不需要报国家审核（鄂·四（四））。',
  },
  INSTITUTION_UNLISTED: {
    clause: 'HB-6.2',
    say: ({ reason }: { reason: string }) => `无法报送：${reason}`,
  },
  RESULTS_CHANGED: {
    clause: HB44,
    say: ({ number, problems }: { number: string; problems: string }) =>
      `${number} 的名单与现在的成绩或实名信息不一致：${problems}（鄂·四（四））。请退回评价机构更新后再确认。`,
  },
  SUPPLEMENT_EMPTY: {
    clause: HB44,
    say: () => '本场合格考生都已在报送名单中，没有需要补充报送的人（鄂·四（四））。',
  },
  SUPPLEMENT_OPEN: {
    clause: HB44,
    say: ({ number }: { number: string }) =>
      `补充报送 ${number} 还在办理中，不能再建一份（鄂·四（四））。请先办完，或把考生加入其中。`,
  },

  // --- national exchange -----------------------------------------------------------------------------------
  EXCHANGE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这次数据交换，或不在您的管理范围内。请核对编号。',
  },
  AUDIT_FILE_UNREADABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) =>
      `无法读取审核结果文件：${problem}。请用导出文件中的结果表填写后再导入。`,
  },
  AUDIT_FILE_FOREIGN: {
    clause: HB44,
    say: () =>
      '文件中的交换编号和校验值与已报出的数据不一致，不能导入（鄂·四（四））。请确认它答复的是哪一次报送，且未改动名单。',
  },
  AUDIT_FILE_ROWS: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `审核结果文件有 ${count} 处问题，一行也没有导入（鄂·四（四））。请按提示逐行改正后再导入。`,
  },

  // --- level certificates ----------------------------------------------------------------------------------
  LEVEL_CERTIFICATE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份证书，或不在您的管理范围内。请核对证书编号。',
  },
  LEVEL_CERTIFICATE_STATE: {
    clause: HB63,
    say: ({ state, act }: { state: string; act: string }) =>
      `这份证书目前${state}，不能${act}（鄂·六（三））。请刷新后查看最新状态。`,
  },
  CHANGE_ALREADY_OPEN: {
    clause: HB63,
    say: ({ by }: { by: string }) =>
      `${by}已对这份证书提出变更，正待第二人复核（鄂·六（三））。请等待复核结果。`,
  },
  CHANGE_NOTHING: {
    clause: HB63,
    say: () => '更正后的内容与证书现有内容相同，没有需要更正的地方（鄂·六（三））。',
  },
  CHANGE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项证书变更，或不在您的管理范围内。请核对后再查。',
  },
  CHANGE_DECIDED: {
    clause: HB63,
    say: () => '这项证书变更已经复核，不能再次办理（鄂·六（三））。请刷新后查看结果。',
  },
  CHANGE_SAME_PERSON: {
    clause: HB63,
    say: () => '证书更正、撤销和恢复须由提出人以外的第二人复核（鄂·六（三））。请由另一位管理员办理。',
  },

  // --- public verification ---------------------------------------------------------------------------------
  VERIFY_TOO_OFTEN: {
    clause: null,
    say: ({ minutes }: { minutes: number }) =>
      `查验次数过多，请 ${minutes} 分钟后再试。批量核验请联系发证机构或人力资源社会保障部门。`,
  },
})
