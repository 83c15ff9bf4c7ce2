import { defineRefusals } from '../platform/result.ts'

const HB44 = 'HB-4.4'

export const no = defineRefusals({
  // --- self-check -----------------------------------------------------------------------------------------
  ELIGIBILITY_SUBJECT_UNKNOWN: {
    clause: null,
    say: () => '这个事项不适用于所选的职业或等级，无法自查。请重新选择职业和等级。',
  },
  ELIGIBILITY_ANSWER_UNKNOWN: {
    clause: null,
    say: ({ id }: { id: string }) =>
      `有一项回答无法识别（${id}），可能是规则刚刚更新。请从该题改答，或重新开始。`,
  },
  ELIGIBILITY_PERSON_UNKNOWN: {
    clause: 'HB-5.4',
    say: () => '您还没有实名登记，无法保存到“我的资料”（鄂·五（四））。请先在“我的”中完成实名登记。',
  },
  // --- declarations ---------------------------------------------------------------------------------------
  DECLARATION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份申报，或不在您的管理范围内。请核对后再查。',
  },
  DECLARATION_BATCH_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这个申报批次，或不在您的管理范围内。请核对后再查。',
  },
  DECLARATION_BATCH_DECIDING: {
    clause: HB44,
    say: ({ waiting }: { waiting: number }) =>
      `本批还有 ${waiting} 人正在核对申报条件，不能提交（鄂·四（四））。请等核对完成后再提交。`,
  },
  TRAINING_CERTIFICATE_NOT_FOUND: {
    clause: HB44,
    say: () =>
      '没有查到这份有效的培训合格证书，不能据此申报（鄂·四（四））。请核对证书编号，或向颁发证书的培训机构查询。',
  },
  TRAINING_CERTIFICATE_ENDED: {
    clause: HB44,
    say: ({ number }: { number: string }) =>
      `培训合格证书 ${number} 已被撤销，取得培训合格证书的条件不再满足（鄂·四（四））。请先向颁发证书的培训机构核实。`,
  },
  EVALUATION_NOT_AGREED: {
    clause: 'HB-4.1',
    say: () =>
      '该班级备案的考核计划不是与这家评价机构商定的，不能向其申报（鄂·四（一））。请选择备案中的评价机构。',
  },
  DECLARATION_ALREADY_OPEN: {
    clause: HB44,
    say: ({ number }: { number: string }) =>
      `同一职业、同一等级已有一份办理中的申报（${number}），不能重复申报（鄂·四（四））。请等待其结果，或先撤回。`,
  },
  LEVEL_ALREADY_HELD: {
    clause: HB44,
    say: ({ level }: { level: string }) =>
      `本人已取得该职业${level}等级或已通过该等级考核，不能再次申报同一等级（鄂·四（四））。可以申报更高等级。`,
  },
  DECLARATION_LISTED_TWICE: {
    clause: null,
    say: () => '同一份培训合格证书在名单中出现了两次。请删去重复的一行。',
  },
  DECLARATION_NAME_DIFFERS: {
    clause: 'HB-5.4',
    say: ({ number }: { number: string }) =>
      `表中姓名与证书 ${number} 上的姓名不一致（鄂·五（四）实名制）。请核对后再导入。`,
  },
  DECLARATION_SHEET_UNREADABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) =>
      `无法读取这个 Excel 文件：${problem}。请下载模板，按模板填写后再导入。`,
  },
  NOTHING_TO_DECLARE: {
    clause: HB44,
    say: ({ refused }: { refused: number }) =>
      `所选 ${refused} 人都不能申报，没有生成批次（鄂·四（四））。请逐人查看原因，处理后再试。`,
  },
  DECLARATION_NOT_DRAFTED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这份申报目前是「${state}」，不能提交（鄂·四（四））。请刷新后查看最新状态。`,
  },
  DECLARATION_BATCH_NOT_DRAFTED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这个批次目前是「${state}」，不能再提交或修改（鄂·四（四））。请刷新后查看。`,
  },
  DECLARATION_BATCH_EMPTY: {
    clause: HB44,
    say: () => '这个批次中没有待提交的申报。请先添加学员，再提交。',
  },
  DECLARATIONS_NOT_READY: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `有 ${count} 份申报按规则还不符合条件或材料不足（鄂·四（四））。请先补齐材料或移出名单；确需提交的，请写明理由。`,
  },
  DECLARATION_NOT_WITHDRAWABLE: {
    clause: HB44,
    say: ({ state }: { state: string }) => `这份申报目前是「${state}」，不能撤回（鄂·四（四））。`,
  },
  DECLARATION_IN_SITTING: {
    clause: HB44,
    say: ({ sitting }: { sitting: string }) =>
      `考生已编入考核场次 ${sitting}，名单已锁定或考核已经开始，不能撤回或撤销资格（鄂·四（四））。请在考核结束后按结果办理。`,
  },
  DECLARATION_EVIDENCE_CLOSED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这份申报目前是「${state}」，不能再补充材料（鄂·四（四））。需要补充的，请联系评价机构退回补正。`,
  },
  EVIDENCE_FILE_NOT_FOUND: { clause: null, say: () => '没有找到要附上的证明材料。请重新上传。' },
  EVIDENCE_NEED_UNKNOWN: {
    clause: HB44,
    say: ({ need }: { need: string }) =>
      `结论中没有要求「${need}」这项材料（鄂·四（四））。请从所缺材料中选择。`,
  },

  // --- confirmation of qualification -----------------------------------------------------------------------
  DECLARATION_NOT_SUBMITTED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这份申报目前是「${state}」，不在待资格确认之列（鄂·四（四））。可能已由同事办理，请刷新后查看。`,
  },
  VERDICT_NOT_MET: {
    clause: HB44,
    say: ({ outcome }: { outcome: string }) =>
      `按今日的事实，规则结论是「${outcome}」，不能确认资格（鄂·四（四））。可退回补正、不予确认；确有依据的，由一人提出例外认定、另一人复核。`,
  },
  JUDGEMENT_MISSING: {
    clause: HB44,
    say: () =>
      '规则结论是「需人工认定」，尚无认定意见，不能确认资格（鄂·四（四））。请逐项认定并写明理由后再确认。',
  },
  JUDGEMENT_NEGATIVE: {
    clause: HB44,
    say: ({ term }: { term: string }) =>
      `「${term}」已认定为不符合，不能确认资格（鄂·四（四））。请退回补正或不予确认；认定有误的，请重新认定。`,
  },
  JUDGEMENT_NOT_ASKED: {
    clause: HB44,
    say: ({ term }: { term: string }) =>
      `规则没有要求对「${term}」作人工认定（鄂·四（四））。请从待认定事项中选择。`,
  },
  NOTHING_CONFIRMED: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `所选 ${count} 份申报都不能确认资格，没有改动（鄂·四（四））。请逐份查看原因。`,
  },
  CONFIRMATION_NOT_REVOCABLE: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这份申报目前是「${state}」，没有可撤销的资格确认（鄂·四（四））。`,
  },
  DECLARATION_COMPLETED: {
    clause: HB44,
    say: () =>
      '考生已通过考核，这份申报已办结，不能撤销资格确认（鄂·四（四））。证书有误的，请按证书更正或撤销办理。',
  },
  OVERRIDE_NOT_NEEDED: {
    clause: HB44,
    say: ({ outcome }: { outcome: string }) =>
      `规则结论是「${outcome}」，不需要例外认定（鄂·四（四））。请直接${outcome === '需人工认定' ? '认定并' : ''}确认资格。`,
  },
  OVERRIDE_ALREADY_OPEN: {
    clause: HB44,
    say: ({ by }: { by: string }) => `${by}已对这份申报提出例外认定，正待另一人复核（鄂·四（四））。`,
  },
  OVERRIDE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项例外认定，或不在您的管理范围内。请核对后再查。',
  },
  OVERRIDE_DECIDED: {
    clause: HB44,
    say: () => '这项例外认定已经复核，不能再次办理（鄂·四（四））。请刷新后查看结果。',
  },
  OVERRIDE_SAME_PERSON: {
    clause: HB44,
    say: () => '例外认定须由提出人以外的第二人复核（鄂·四（四））。请由本机构另一位管理员办理。',
  },
  OVERRIDE_ACKNOWLEDGED: { clause: HB44, say: () => '这项例外认定已经查收，无需重复办理（鄂·四（四））。' },

  // --- sittings --------------------------------------------------------------------------------------------
  SITTING_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这个考核场次，或不在您的管理范围内。请核对后再查。',
  },
  SITTING_NOT_FILED: {
    clause: 'HB-4.1',
    say: ({ province }: { province: string }) =>
      `贵机构在${province}没有该职业、该等级已备案的考核计划，不能安排考核（鄂·四（一））。请先与培训机构商定考核计划并完成备案。`,
  },
  VENUE_UNKNOWN: { clause: null, say: () => '没有这个市州。请从列表中选择考核地点所在的市州。' },
  SITTING_IN_PAST: {
    clause: HB44,
    say: () => '考核时间已过，不能安排（鄂·四（四））。请填写将来的考核时间。',
  },
  SITTING_PARTS_OVERLAP: {
    clause: HB44,
    say: () => '理论知识考试与专业能力考核的时间重叠，考生无法同时参加（鄂·四（四））。请错开两科时间。',
  },
  SITTING_NOT_PLANNED: {
    clause: HB44,
    say: ({ state }: { state: string }) => `该场次目前是「${state}」，不能再编排考生或修改（鄂·四（四））。`,
  },
  SITTING_CANDIDATES_FIXED: {
    clause: HB44,
    say: ({ at }: { at: string }) =>
      `该场次的考生名单已于 ${at} 锁定，考位按此名单抽签，不能再编入、移出考生或取消场次（鄂·四（四））。确需变动的，请先在考场编排中写明理由重新开放名单，已抽的签作废。`,
  },
  SITTING_EMPTY: { clause: HB44, say: () => '该场次还没有考生，不能开考（鄂·四（四））。请先编排考生。' },
  SITTING_TOO_EARLY: {
    clause: HB44,
    say: ({ on }: { on: string }) => `该场次定于 ${on} 开考，今天不能开考（鄂·四（四））。请在考核当日办理。`,
  },
  SITTING_NOT_OPEN: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `该场次目前是「${state}」，不能办理此事项（鄂·四（四））。请刷新后查看。`,
  },
  SITTING_NOT_OVER: {
    clause: HB44,
    say: ({ at }: { at: string }) => `该场次的最后一科到 ${at} 才结束，现在不能结束考核（鄂·四（四））。`,
  },
  SITTING_NOT_ENDED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `该场次目前是「${state}」，考核结束后才能录入成绩（鄂·四（四））。${state === '已公布成绩' ? '已公布的成绩请按更正办理。' : ''}`,
  },
  SITTING_NOT_SCORED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `该场次目前是「${state}」，不能更正成绩（鄂·四（四））。${state === '已确认上报' ? '数据已经省厅确认，请按证书更正办理。' : ''}`,
  },
  CANDIDATE_NOT_FOUND: {
    clause: null,
    say: ({ ticket }: { ticket?: string }) =>
      `该场次没有这名考生${ticket ? `(准考证号 ${ticket})` : ''}。请核对准考证号。`,
  },
  CANDIDATE_NOT_QUALIFIED: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `这份申报目前是「${state}」，未取得考生资格，不能编入考核（鄂·四（四））。请先完成资格确认。`,
  },
  CANDIDATE_OTHER_LEVEL: {
    clause: HB44,
    say: () => '申报的职业、方向或等级与该场次不一致，不能编入（鄂·四（三）、四（四））。请编入对应的场次。',
  },
  CANDIDATE_OUT_OF_PROVINCE: {
    clause: 'HB-6.2',
    say: () => '申报所在省与考核地点不在同一省，不能编入（鄂·六（二））。请在申报所在省安排考核。',
  },
  CANDIDATE_ALREADY_ASSIGNED: {
    clause: HB44,
    say: ({ sitting }: { sitting: string }) =>
      `该考生已编入场次 ${sitting}，结果尚未公布，不能再编入（鄂·四（四））。`,
  },
  CANDIDATE_OVERLAPS: {
    clause: HB44,
    say: ({ sitting }: { sitting: string }) =>
      `该考生在同一时间已编入场次 ${sitting}，不能同时参加两场（鄂·四（四））。`,
  },
  CANDIDATE_PASSED: {
    clause: HB44,
    say: () => '该考生已通过这一等级的考核，不需要再考（鄂·四（四））。',
  },
  CANDIDATE_BARRED: {
    clause: HB44,
    say: ({ until }: { until: string }) =>
      `该考生因违纪，在 ${until} 之前不得参加考核（本省设定，鄂·四（四))。`,
  },
  SITTING_FULL: {
    clause: HB44,
    say: ({ capacity, places }: { capacity: number; places: number }) =>
      `该场次最多 ${capacity} 人，还可编入 ${places} 人，所选人数超出（鄂·四（四））。请减少人数或另排场次。`,
  },
  NOTHING_ASSIGNED: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `所选 ${count} 份申报都不能编入该场次，没有改动（鄂·四（四））。请逐份查看原因。`,
  },
  MISCONDUCT_NEEDS_EVIDENCE: {
    clause: HB44,
    say: () =>
      '认定违纪必须附上证据（照片、记录单或视频截图），否则不能登记（鄂·四（四））。请上传后再提交。',
  },
  ABSENT_BUT_SCORED: {
    clause: HB44,
    say: () => '该科已有成绩录入，不能再登记为缺考（鄂·四（四））。请核对考生与科目。',
  },
  MARK_OF_TWO: {
    clause: 'AH-11',
    say: () =>
      '这项违纪由考场两名监考员共同认定，不能由一人改动。请由本考场监考员在监考台提出撤销，另一名监考员同意后生效。',
  },
  MARK_NOT_FOUND: {
    clause: HB44,
    say: () => '该科没有可撤销的缺考或违纪登记（鄂·四（四））。请刷新后查看。',
  },

  // --- scores ----------------------------------------------------------------------------------------------
  SCORE_OUT_OF_RANGE: {
    clause: HB44,
    say: () => '成绩应在 0 至 100 分之间，最多一位小数（鄂·四（四），百分制）。请更正后再提交。',
  },
  SCORE_OF_ABSENT: {
    clause: HB44,
    say: ({ mark }: { mark: string }) =>
      `该考生此科已登记为「${mark}」，不录入成绩（鄂·四（四））。登记有误的，请先撤销登记。`,
  },
  SCORE_RETAINED: {
    clause: HB44,
    say: () => '该考生此科沿用上次合格成绩，不需要录入（本省设定，鄂·四（四))。',
  },
  SCORE_BY_COMPUTER: {
    clause: HB44,
    say: ({ part }: { part: string }) =>
      `本场次「${part}」由计算机阅卷，成绩从机考上报，不能手工录入（鄂·四（四））。请由评价机构在机考的试卷页面办理计算机阅卷。`,
  },
  SCORE_LISTED_TWICE: { clause: null, say: () => '同一考生的同一科目在名单中出现了两次。请删去重复的一行。' },
  SCORE_SAME_EXAMINER: {
    clause: HB44,
    say: () => '您已录入过该考生此科成绩，须由另一位考评员独立录入（鄂·四（四））。请由第二位考评员办理。',
  },
  SCORE_ALREADY_FINAL: {
    clause: HB44,
    say: () => '该考生此科已由两人录入且一致，不能再改（鄂·四（四））。确有错误的，请在公布后按更正办理。',
  },
  COMPUTER_SCORES_DISAGREE: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `有 ${count} 名考生的计算机阅卷成绩与按作答记录复算的成绩不一致，全部未入库（鄂·四（四））。请停止使用这批成绩，联系系统管理员查明原因。`,
  },
  SCORE_ROWS_REFUSED: {
    clause: HB44,
    say: ({ count }: { count: number }) =>
      `有 ${count} 行不能录入，整批未保存（鄂·四（四））。请按各行提示更正后再提交。`,
  },
  SCORE_SHEET_UNREADABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) =>
      `无法读取这个 Excel 文件：${problem}。请下载本场次的模板，填写后再导入。`,
  },
  SCORE_NOT_DIFFERING: {
    clause: HB44,
    say: () => '该科没有两人录入不一致的成绩，不需要裁定（鄂·四（四））。',
  },
  SCORE_SETTLED_BY_ENTRANT: {
    clause: HB44,
    say: () => '录入不一致的成绩须由两位录入人以外的第三人裁定（鄂·四（四））。请由本机构其他人员办理。',
  },
  SCORES_INCOMPLETE: {
    clause: HB44,
    say: ({ missing, differing }: { missing: number; differing: number }) =>
      `还有 ${missing} 科未完成两人录入、${differing} 科录入不一致，不能公布成绩（鄂·四（四））。请先补录或裁定。`,
  },
  CORRECTION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项成绩更正，或不在您的管理范围内。请核对后再查。',
  },
  CORRECTION_ALREADY_OPEN: {
    clause: HB44,
    say: () => '该考生已有一项待复核的成绩更正，请先办结（鄂·四（四））。',
  },
  CORRECTION_DECIDED: { clause: HB44, say: () => '这项成绩更正已经复核，不能再次办理（鄂·四（四））。' },
  CORRECTION_SAME_PERSON: {
    clause: HB44,
    say: () => '成绩更正须由提出人以外的第二人复核（鄂·四（四））。请由本机构另一位管理员办理。',
  },
  CORRECTION_CHANGES_NOTHING: { clause: null, say: () => '更正后的成绩与原成绩相同，没有需要更正的内容。' },
  CORRECTION_NOT_PRESENT: {
    clause: HB44,
    say: () => '该科登记为缺考或违纪，没有可更正的成绩（鄂·四（四））。',
  },
})
