import { defineAuditEvents } from '../platform/audit.ts'

const HB44 = 'HB-4.4'

export const events = defineAuditEvents({
  'exams-list.exported': { title: '导出申报、考生或成绩名单', clause: null, doc: 'data: list, rows.' },
  'declaration-batch.drafted': {
    title: '生成申报批次',
    clause: HB44,
    doc: 'A training institution prepared a batch. data: declarations, refused, outcomes.',
  },
  'declaration-batch.submitted': {
    title: '提交申报批次',
    clause: HB44,
    doc: 'data: declarations, outcomes, despite (reason for submitting unmet verdicts).',
  },
  'declaration-batch.withdrawn': { title: '撤回申报批次', clause: HB44, doc: 'data: declarations, reason.' },
  'declaration.drafted': { title: '生成等级申报', clause: HB44, doc: 'data: outcome, source.' },
  'declaration.submitted': { title: '提交等级申报', clause: HB44, doc: 'data: outcome, round, despite.' },
  'declaration.withdrawn': { title: '撤回等级申报', clause: HB44, doc: 'data: reason.' },
  'declaration.evidence-attached': { title: '补充证明材料', clause: HB44, doc: 'data: need, fileName.' },
  'declaration.evidence-read': {
    title: '查看证明材料',
    clause: HB44,
    doc: 'Staff opened a paper. data: fileId.',
  },
  'declaration.rechecked': {
    title: '重新核对申报条件',
    clause: HB44,
    doc: 'The verdict changed. data: from, to.',
  },
  'declaration.judged': {
    title: '人工认定',
    clause: HB44,
    doc: 'An open term was judged. data: term, result, reason.',
  },
  'declaration.confirmed': { title: '确认考生资格', clause: HB44, doc: 'data: outcome.' },
  'declaration.override-proposed': {
    title: '提出例外认定',
    clause: HB44,
    doc: 'data: outcome, reason, clause.',
  },
  'declaration.override-rejected': { title: '不同意例外认定', clause: HB44, doc: 'data: reason.' },
  'declaration.overridden': {
    title: '例外认定考生资格',
    clause: HB44,
    doc: 'Qualified against the verdict by two people; told to the province. data: outcome, reason, clause, proposedBy.',
  },
  'declaration.override-acknowledged': { title: '查收例外认定报告', clause: 'HB-3.1', doc: 'data: note.' },
  'declaration.returned': { title: '退回补正', clause: HB44, doc: 'data: reason, clause, needs.' },
  'declaration.refused': { title: '不予确认资格', clause: HB44, doc: 'data: reason, clause.' },
  'declaration.confirmation-revoked': {
    title: '撤销资格确认',
    clause: HB44,
    doc: 'data: reason, clause, sittings.',
  },
  'sitting.planned': { title: '安排考核场次', clause: HB44, doc: 'data: venue, startsAt, endsAt, capacity.' },
  'sitting.candidates-fixed': {
    title: '锁定考生名单',
    clause: HB44,
    doc: 'Seats are drawn over exactly these. data: candidates.',
  },
  'sitting.candidates-freed': {
    title: '重新开放考生名单',
    clause: HB44,
    doc: 'A draw, if any, is void. data: reason.',
  },
  'sitting.cancelled': { title: '取消考核场次', clause: HB44, doc: 'data: reason, candidates.' },
  'sitting.candidates-assigned': { title: '编排考生', clause: HB44, doc: 'data: assigned, refused.' },
  'sitting.opened': { title: '开考', clause: HB44, doc: 'data: candidates.' },
  'sitting.ended': { title: '考核结束', clause: HB44, doc: 'data: endedOn, absent, misconduct.' },
  'sitting.published': { title: '公布成绩', clause: HB44, doc: 'data: passed, failed, absent, misconduct.' },
  'sitting.reported': {
    title: '考核数据已确认',
    clause: HB44,
    doc: 'The province confirmed the result report.',
  },
  'sitting.report-reopened': {
    title: '考核数据退回',
    clause: HB44,
    doc: 'A confirmed report came back. data: reason.',
  },
  'candidate.assigned': { title: '编入考核场次', clause: HB44, doc: 'data: ticketNumber, attempt, sitting.' },
  'candidate.released': { title: '移出考核场次', clause: HB44, doc: 'data: ticketNumber, reason, sitting.' },
  'candidate.marked': { title: '登记缺考或违纪', clause: HB44, doc: 'data: part, mark, reason.' },
  'candidates.marked-absent': {
    title: '批量登记缺考',
    clause: HB44,
    doc: 'data: tickets by part, reason. Those who never started a computer examination.',
  },
  'candidate.mark-cleared': { title: '撤销缺考或违纪登记', clause: HB44, doc: 'data: part, mark, reason.' },
  'candidate.result-published': { title: '成绩公布', clause: HB44, doc: 'data: result, attempt, sitting.' },
  'scores.entered': {
    title: '录入成绩',
    clause: HB44,
    doc: 'One examiner entered scores; the figures themselves stay in the entries. data: rows, final, differing.',
  },
  'scores.computed': {
    title: '计算机阅卷成绩入库',
    clause: HB44,
    doc: 'Scores of an examination by computer, entered from the hall and again from its journal. data: part, candidates, reason (of a regrade).',
  },
  'scores.settled': {
    title: '裁定成绩',
    clause: HB44,
    doc: 'A third person settled a difference. data: part, reason.',
  },
  'score.correction-proposed': {
    title: '提出成绩更正',
    clause: HB44,
    doc: 'data: part, fromTenths, toTenths, reason.',
  },
  'score.correction-rejected': { title: '不同意成绩更正', clause: HB44, doc: 'data: part, reason.' },
  'score.corrected': {
    title: '更正成绩',
    clause: HB44,
    doc: 'data: part, fromTenths, toTenths, fromResult, toResult, reason, proposedBy.',
  },
})
