import { defineRefusals } from '../../platform/result.ts'

const AH10 = 'AH-10'
const HB44 = 'HB-4.4'

export const no = defineRefusals({
  PAPER_SITTING_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这场机考，或不在您的管理范围内。请先在「考场」中安排该场次。',
  },
  PAPER_NOT_FOUND: { clause: null, say: () => '没有查到这份试卷，或不在您的管理范围内。请核对后再查。' },
  PAPER_FILE_MISSING: { clause: null, say: () => '没有收到试卷文件。请选择 Excel 或 JSON 文件后重新上传。' },
  PAPER_PART_NOT_HELD: {
    clause: AH10,
    say: ({ part }: { part: string }) => `该场次没有安排「${part}」，不能导入这一科的试卷。请核对场次安排。`,
  },
  PAPER_OF_FAMILY: {
    clause: AH10,
    say: () =>
      '这场机考属于统考，试卷由省级统一命题（皖·附件），本机构不能另行导入。封装时自动取用统考试卷。',
  },
  JOINT_FAMILY_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这次统考，或不在您的管理范围内。请核对后再查。',
  },
  JOINT_FAMILY_NOT_OPEN: {
    clause: AH10,
    say: ({ state }: { state: string }) =>
      `这次统考目前是「${state}」，不能办理试卷。统考公布以后、结束以前才能导入和复核试卷。`,
  },
  JOINT_PAPERS_IN_USE: {
    clause: AH10,
    say: ({ sitting }: { sitting: string }) =>
      `场次 ${sitting} 已经开考，统考试卷不能再更换（皖·附件）。试题有误的，请在考后按答案更正办理。`,
  },
  PAPERS_AT_NODE: {
    clause: 'AH-10',
    say: () => '已有考场交由考点节点承办，试卷已经发往考点，不能重新封装。请先收回考场。',
  },
  PAPERS_IN_USE: {
    clause: AH10,
    say: () => '考试已经开始，试卷不能再更换或重新封装（皖·附件）。试题有误的，请在考后按答案更正办理。',
  },
  PAPER_APPROVED: { clause: AH10, say: () => '这份试卷已复核通过，不需要再次复核。' },
  PAPER_REPLACED: { clause: AH10, say: () => '这份试卷已被新导入的试卷替换，不能复核。请打开最新的一份。' },
  PAPER_SAME_PERSON: {
    clause: AH10,
    say: () => '试卷须由导入人以外的第二人复核。请由本单位另一位有权限的人员办理。',
  },
  PAPERS_INCOMPLETE: {
    clause: AH10,
    say: ({ missing }: { missing: string }) =>
      `还不能封装：${missing}。两科试卷都导入并经第二人复核后才能封装。`,
  },
  SEALING_BEFORE_DRAW: {
    clause: AH10,
    say: () => '还没有抽取考位，试卷的卷型随考位确定。请先完成考位抽取，再封装试卷。',
  },
  SEALING_RUNNING: {
    clause: null,
    say: ({ sealed, expected }: { sealed: number; expected: number }) =>
      `正在封装（已完成 ${sealed} / ${expected}），请稍候再查看。`,
  },
  CANDIDATES_WITHOUT_SEAT: {
    clause: AH10,
    say: ({ count }: { count: number }) => `有 ${count} 名考生还没有考位，不能封装试卷。请先补排考位。`,
  },
  HALL_NOT_CLOSED: {
    clause: AH10,
    say: () => '机考还没有收卷结束，不能阅卷。请在所有考场结束后办理。',
  },
  ATTEMPTS_STILL_OPEN: {
    clause: AH10,
    say: ({ count }: { count: number }) => `还有 ${count} 份答卷没有收回，不能阅卷。请等待收卷完成后再办理。`,
  },
  ABSENCE_NOT_MARKED: {
    clause: HB44,
    say: ({ count }: { count: number; tickets: string[] }) =>
      `有 ${count} 名考生没有开始作答，也没有登记缺考，成绩未上报（鄂·四（四））。请先在场次中登记缺考，再办理阅卷。`,
  },
  JOURNAL_UNSOUND: {
    clause: HB44,
    say: ({ count }: { count: number; attempts: unknown[] }) =>
      `有 ${count} 份作答记录没有通过核验，全部成绩未入库（鄂·四（四））。请停止阅卷，联系系统管理员查明原因。`,
  },
  NOT_SCORED_YET: { clause: HB44, say: () => '这一科还没有阅卷，不能更正答案。请先完成计算机阅卷。' },
  ITEM_NOT_FOUND: { clause: null, say: () => '试卷中没有这道题，请核对题号。' },
  KEY_NOT_FITTING: {
    clause: null,
    say: ({ problem }: { problem: string }) => `新答案与题型不符：${problem}请更正后再提交。`,
  },
  KEY_CHANGES_NOTHING: { clause: null, say: () => '新答案与原答案相同，没有需要更正的内容。' },
  KEY_CHANGE_OPEN: { clause: HB44, say: () => '这道题已有一项待复核的答案更正，请先办结。' },
  KEY_CHANGE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项答案更正，或不在您的管理范围内。请核对后再查。',
  },
  KEY_CHANGE_DECIDED: { clause: HB44, say: () => '这项答案更正已经复核，不能再次办理。' },
  KEY_CHANGE_SAME_PERSON: {
    clause: HB44,
    say: () => '答案更正须由提出人以外的第二人复核。请由本单位另一位有权限的人员办理。',
  },
  KEY_OF_JOINT_PAPER: {
    clause: AH10,
    say: () =>
      '这份试卷取自统考，统一阅卷、一套答案（皖·附件），本机构不能单独更正。请把题号和理由报主办统考的省厅，由省厅两人更正，各场次一并重新计分。',
  },
  KEY_CHANGE_UNDECIDED: {
    clause: AH10,
    say: () => '这项统考答案更正还没有复核同意，没有可以再次办理的场次。请先由第二人复核。',
  },
  KEY_CHANGE_NOTHING_REFUSED: {
    clause: null,
    say: () => '各场次都已按新答案办理，或正在办理，没有需要再次办理的场次。',
  },
  PAPER_FORM_NOT_FOUND: {
    clause: null,
    say: ({ forms }: { forms: string }) => `这份试卷没有这种卷型，只有 ${forms} 卷。请从现有卷型中选择。`,
  },
  SCORES_REPORTED: {
    clause: HB44,
    say: () => '考核结果已经省级确认上报，不能再更正答案（鄂·四（四））。请先办理结果退回，再更正。',
  },
})
