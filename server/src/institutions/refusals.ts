import { defineRefusals } from '../platform/result.ts'

const CATALOGUE = 'HB-6.2'
const SUBSIDIES = 'HB-5.4'
const FILING = 'HB-4.1'
const FEES = 'HB-6.3'
const HOURS = 'HB-4.3'

/** Words for the codes of this module. The clause is named in its Chinese short form: 鄂·六（二） is HB-6.2. */
export const no = defineRefusals({
  // --- catalogues -------------------------------------------------------------------------------------------
  OCCUPATION_NOT_LISTED: {
    clause: CATALOGUE,
    say: ({ occupation, on }: { occupation: string; on: string }) =>
      `“${occupation}”在 ${on} 不在职业目录内，不得开展培训评价（鄂·六（二））。请核对职业名称，或等待目录调整后再办理。`,
  },
  INSTITUTION_NOT_LISTED: {
    clause: CATALOGUE,
    say: ({ catalogue, on }: { catalogue: string; on: string }) =>
      `该机构在 ${on} 未列入${catalogue}，不得在目录之外开展相关活动（鄂·六（二））。请向省人力资源和社会保障厅核实目录。`,
  },
  INSTITUTION_NOT_LISTED_FOR: {
    clause: CATALOGUE,
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
      `该机构在 ${on} 的${catalogue}范围不含“${occupation}”${level}，不得超出目录范围开展活动（鄂·六（二））。请选择目录内的职业和等级。`,
  },
  ENTRY_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这条目录记录，或它不在您的管理范围内。请返回列表核对。',
  },
  ENTRY_ALREADY_LISTED: {
    clause: CATALOGUE,
    say: ({ name, from }: { name: string; from: string }) =>
      `“${name}”自 ${from} 起已在目录内，不能重复列入（鄂·六（二））。需要调整的，请打开该记录办理变更。`,
  },
  ENTRY_OVERLAPS: {
    clause: CATALOGUE,
    say: ({ name, from, to }: { name: string; from: string; to: string }) =>
      `“${name}”在 ${from} 至 ${to} 已有目录记录，新的起始日须晚于该截止日（鄂·六（二），目录只增不改）。请改用更晚的起始日。`,
  },
  ENTRY_ALREADY_ENDED: {
    clause: CATALOGUE,
    say: ({ to }: { to: string }) =>
      `这条目录记录已于 ${to} 截止，历史不能修改（鄂·六（二））。如需恢复，请新列入一条。`,
  },
  ENTRY_DAY_PAST: {
    clause: CATALOGUE,
    say: ({ earliest }: { earliest: string }) =>
      `生效日不能早于 ${earliest}：目录变更只向后生效，不追溯已经作出的决定（鄂·六（二））。请改用今天或以后的日期。`,
  },
  ENTRY_UNCHANGED: {
    clause: null,
    say: () => '变更内容与现有记录相同，没有需要保存的改动。请核对后再提交。',
  },
  ENTRY_PROVINCE_OUTSIDE: {
    clause: CATALOGUE,
    say: ({ province }: { province: string }) =>
      `您只能维护本省机构目录，${province}的机构由其所在省维护（鄂·六（二））。请核对机构所在省份。`,
  },
  ENTRY_ORGANISATION_DIFFERS: {
    clause: CATALOGUE,
    say: ({ expected }: { expected: string }) =>
      `统一社会信用代码对应的登记名称是“${expected}”，与填写的名称不一致（鄂·六（二））。请核对代码和名称。`,
  },
  OCCUPATION_UNKNOWN: {
    clause: CATALOGUE,
    say: ({ occupation }: { occupation: string }) =>
      `没有登记过“${occupation}”这个职业（鄂·六（二））。请从职业名单中选择。`,
  },
  NAME_NOT_FLAGGED: {
    clause: CATALOGUE,
    say: () => '该机构名称没有需要复核的字样，或已经复核完毕（鄂·六（二））。无需处理。',
  },
  IMPORT_NOT_FOUND: { clause: null, say: () => '没有查到这次导入，或它不是您预览的。请重新上传文件。' },
  IMPORT_NOT_READABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) => `文件未能读取：${problem}。请下载模板，按模板填写后重新上传。`,
  },
  IMPORT_ALREADY_DONE: {
    clause: null,
    say: () => '这次导入已经处理过，不能重复确认。请查看目录，或重新上传文件。',
  },
  IMPORT_FILE_DIFFERS: {
    clause: null,
    say: () => '确认的文件与预览的文件不是同一份，未导入任何内容。请重新上传并预览。',
  },
  IMPORT_HAS_ERRORS: {
    clause: null,
    say: ({ bad, good }: { bad: number; good: number }) =>
      `文件中有 ${bad} 行错误，未导入任何内容。请改正后重新上传；或者选择只导入其余 ${good} 行。`,
  },
  IMPORT_EMPTY: { clause: null, say: () => '文件中没有可导入的行。请按模板填写后重新上传。' },
  SUBSIDY_STANDARD_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这条补贴标准，或它不在您的管理范围内。请返回列表核对。',
  },
  SUBSIDY_STANDARD_ENDED: {
    clause: SUBSIDIES,
    say: ({ to }: { to: string }) =>
      `这条补贴标准已于 ${to} 截止，历史不能修改（鄂·五（四）动态管理）。请新增一条标准。`,
  },
  SUBSIDY_DAY_PAST: {
    clause: SUBSIDIES,
    say: ({ earliest }: { earliest: string }) =>
      `生效日不能早于 ${earliest}：补贴标准只向后调整，不追溯（鄂·五（四）动态管理）。请改用今天或以后的日期。`,
  },

  // --- fees -------------------------------------------------------------------------------------------------
  FEE_ALREADY_PUBLISHED: {
    clause: FEES,
    say: ({ from }: { from: string }) =>
      `该项收费已公布自 ${from} 起执行的标准；公布后的标准不能修改（鄂·六（三））。请为新标准选择 ${from} 之后的生效日。`,
  },
  FEE_DAY_PAST: {
    clause: FEES,
    say: ({ today }: { today: string }) =>
      `收费标准应先公布后执行，生效日不能早于今天 ${today}（鄂·六（三））。请改用今天或以后的日期。`,
  },
  FEE_NOT_PUBLISHED: {
    clause: FEES,
    say: ({ occupation, level, on }: { occupation: string; level: string; on: string }) =>
      `“${occupation}”${level}在 ${on} 没有已公布的收费标准（鄂·六（三））。请先在“收费标准”中公布。`,
  },
  FEE_NOT_FITTING: {
    clause: FEES,
    say: () =>
      '所选收费标准不是本机构为该职业和等级公布的培训费，或在开班日不执行（鄂·六（三））。请重新选择收费标准。',
  },

  // --- filings ----------------------------------------------------------------------------------------------
  FILING_NOT_FOUND: { clause: null, say: () => '没有查到这份备案，或它不在您的管理范围内。请返回列表核对。' },
  FILING_CHANGED_MEANWHILE: {
    clause: null,
    say: () => '这份备案刚刚在另一处被修改，您的改动未保存。请复制您填写的内容，刷新后再修改。',
  },
  FILING_NOT_EDITABLE: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `备案当前为“${state}”，此时不能修改内容（鄂·四（一））。需要修改的，请先撤回商定，或等待退回。`,
  },
  FILING_INCOMPLETE: {
    clause: FILING,
    say: ({ problems }: { problems: { path: string; message: string }[] }) =>
      `培训计划和方案还有 ${problems?.length ?? 'N'} 处未填或有误，不能送出（鄂·四（一））。请按提示逐项补正。`,
  },
  FILING_EVALUATION_MISSING: {
    clause: FILING,
    say: () => '还没有选定评价机构，无法商定考核计划和方案（鄂·四（一））。请选择目录内的评价机构。',
  },
  FILING_CROSS_PROVINCE: {
    clause: CATALOGUE,
    say: ({ venue, home }: { venue: string; home: string }) =>
      `培训场地在${venue}，而本机构在${home}；培训机构不得跨省开展培训（鄂·六（二））。请改用本省场地。`,
  },
  FILING_DIRECTION_UNKNOWN: {
    clause: HOURS,
    say: ({ direction, level }: { direction: string; level: string }) =>
      `国家职业标准中${level}没有“${direction}”这一方向（鄂·四（三）分职业、分方向、分等级）。请从列出的方向中选择。`,
  },
  FILING_DIRECTION_MISSING: {
    clause: HOURS,
    say: () => '该职业等级分方向培训，请选择职业方向（鄂·四（三）分职业、分方向、分等级）。',
  },
  FILING_HOURS_BELOW_STANDARD: {
    clause: HOURS,
    say: ({ planned, standard }: { planned: number; standard: number }) =>
      `计划共 ${planned} 学时，少于规定的 ${standard} 学时（鄂·四（三））。请补足学时。`,
  },
  FILING_HOURS_NOT_COMBINED: {
    clause: HOURS,
    say: ({ missing }: { missing: string }) =>
      `计划没有安排${missing}学时；培训应采取线上+线下、理论+实操相结合的方式（鄂·四（三））。请调整学时安排。`,
  },
  FILING_STARTS_TOO_EARLY: {
    clause: FILING,
    say: ({ startsOn, today }: { startsOn: string; today: string }) =>
      `计划开班日 ${startsOn} 不晚于今天 ${today}；备案后才能实施（鄂·四（一））。请改用今天以后的开班日。`,
  },
  FILING_DAYS_OUT_OF_ORDER: {
    clause: FILING,
    say: () => '日期顺序有误：结业日不能早于开班日，考核日不能早于结业日（鄂·四（一））。请调整日期。',
  },
  FILING_ASSESSMENT_PARTS: {
    clause: 'HB-4.4',
    say: () => '考核方案须同时包含理论知识考试和专业能力考核（鄂·四（四））。请补全考核内容。',
  },
  FILING_NOT_PROPOSED: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `备案当前为“${state}”，没有待商定的考核计划和方案（鄂·四（一））。请刷新后查看最新状态。`,
  },
  FILING_NOT_RECALLABLE: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `备案当前为“${state}”，不能撤回商定（鄂·四（一））。只有待商定或已商定、尚未提交的可以撤回。`,
  },
  FILING_NOT_AGREED: {
    clause: FILING,
    say: () =>
      '评价机构还没有同意现在这份考核计划和方案，不能提交备案（鄂·四（一））。请先送评价机构商定，同意后再提交。',
  },
  FILING_ALREADY_SUBMITTED: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `这份备案已是“${state}”，不能重复提交（鄂·四（一））。请等待省、市办理。`,
  },
  FILING_WITHDRAWN: {
    clause: FILING,
    say: () => '这份备案已经撤回，不能再办理（鄂·四（一））。需要继续的，请新建备案。',
  },
  FILING_NOT_SUBMITTED: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `备案当前为“${state}”，没有待受理的内容（鄂·四（一））。请刷新后查看最新状态。`,
  },
  FILING_ALREADY_DECIDED: {
    clause: FILING,
    say: ({ round, decision }: { round: number; decision: string }) =>
      `本单位对第 ${round} 次报送已作出“${decision}”，不能重复办理（鄂·四（一））。请刷新后查看。`,
  },
  FILING_ROUND_DIFFERS: {
    clause: FILING,
    say: ({ round }: { round: number }) =>
      `该备案已进入第 ${round} 次报送，您看到的内容已更新（鄂·四（一））。请刷新后核对再办理。`,
  },
  FILING_NOT_WITHDRAWABLE: {
    clause: FILING,
    say: ({ state }: { state: string }) =>
      `备案当前为“${state}”，不能撤回（鄂·四（一））。已备案的计划请按计划实施。`,
  },
  FILING_OFFICE_MISSING: {
    clause: FILING,
    say: ({ office }: { office: string }) =>
      `平台上还没有登记${office}，备案无处报送（鄂·四（一））。请联系平台管理员登记该单位。`,
  },
  FILING_POLICY_FORBIDS: {
    clause: CATALOGUE,
    say: ({ reason }: { reason: string }) => `按现行政策不能备案：${reason}（鄂·六（二））。请改正后再提交。`,
  },
  FILING_FILE_NOT_FOUND: { clause: null, say: () => '没有查到这个附件，可能已被移除。请刷新后再看。' },
  FILING_FILE_MISSING: { clause: null, say: () => '没有收到文件，附件未添加。请选择文件后重新上传。' },
  FILING_FILES_TOO_MANY: {
    clause: null,
    say: ({ max }: { max: number }) => `附件最多 ${max} 个。请先移除不需要的附件。`,
  },
  FILING_RECEIPT_NOT_FOUND: {
    clause: FILING,
    say: () => '这份备案还没有回执（鄂·四（一））。省、市受理后可在此打印。',
  },

  // --- settings ---------------------------------------------------------------------------------------------
  SETTING_NOT_FOUND: { clause: null, say: () => '没有查到这项参数，或它不属于本省。请返回列表核对。' },
  SETTING_UNKNOWN: {
    clause: null,
    say: ({ parameter }: { parameter: string }) => `“${parameter}”不是可以设定的参数。请从列表中选择。`,
  },
  SETTING_VALUE_INVALID: {
    clause: null,
    say: ({ problem }: { problem: string }) => `参数取值有误：${problem}。请核对来源文件后重新填写。`,
  },
  SETTING_SAME_PERSON: {
    clause: HOURS,
    say: () => '提出人不能自己确认：参数须由两人核对（先提出、后确认）。请由本单位另一位工作人员确认。',
  },
  SETTING_ALREADY_CONFIRMED: { clause: null, say: () => '这项参数已经确认，不能重复办理。请刷新后查看。' },
  SETTING_ALREADY_PROPOSED: {
    clause: null,
    say: () => '同一参数已有一项待确认的提议。请先确认或撤回它，再提出新的取值。',
  },
  SETTING_DAY_PAST: {
    clause: null,
    say: ({ earliest }: { earliest: string }) =>
      `参数的生效日须晚于现行取值的生效日，最早为 ${earliest}：已经作出的决定不追溯。请改用更晚的日期。`,
  },
})
