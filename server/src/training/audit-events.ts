import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'class.planned': {
    title: '建立培训班',
    clause: 'HB-4.1',
    doc: 'A class was planned on a filed plan. data: number, filingNumber, capacity.',
  },
  'class.name-flagged': {
    title: '班级名称待核查',
    clause: 'HB-6.2',
    doc: 'The name carries words of forbidden co-operation. data: words.',
  },
  'class.name-reviewed': { title: '核查班级名称', clause: 'HB-6.2', doc: 'data: outcome, reason.' },
  'class.announced': {
    title: '发布招生公告',
    clause: 'HB-4.2',
    doc: 'data: enrolFromOn, enrolToOn, feeCents.',
  },
  'class.announcement-withdrawn': { title: '撤回招生公告', clause: 'HB-4.2', doc: 'data: reason.' },
  'class.enrolments-decided': {
    title: '处理报名',
    clause: 'HB-4.2',
    doc: 'A batch was admitted or declined; each learner has an event too. data: decision, count.',
  },
  'class.scores-entered': {
    title: '登记结业考核成绩',
    clause: 'HB-4.3',
    doc: 'A batch of results was entered; each learner has an event too. data: count, passed.',
  },
  'class.certificates-issued': {
    title: '颁发培训合格证书',
    clause: 'HB-4.3',
    doc: 'A batch was issued; each certificate has an event too. data: issued.',
  },
  'class.started': { title: '开班', clause: 'HB-4.3', doc: 'data: admitted, notAdmitted, hours by kind.' },
  'class.cancelled': { title: '取消培训班', clause: 'HB-4.3', doc: 'data: reason, enrolments.' },
  'class.completed': { title: '结业', clause: 'HB-4.3', doc: 'data: completed, failed, reportDueOn.' },
  'class.reopened': {
    title: '恢复培训班',
    clause: 'HB-4.3',
    doc: 'The reverse of class.completed. data: reason.',
  },
  'enrolment.registered': {
    title: '报名',
    clause: 'HB-4.2',
    doc: 'data: state (registered or waiting), source, outcome of the audience rule.',
  },
  'enrolment.moved-up': { title: '候补转为已报名', clause: 'HB-4.2', doc: 'A seat fell free. data: none.' },
  'enrolment.admitted': {
    title: '录取',
    clause: 'HB-4.2',
    doc: 'data: note of what was checked, when the verdict needed it.',
  },
  'enrolment.declined': { title: '不予录取', clause: 'HB-4.2', doc: 'data: reason.' },
  'enrolment.withdrawn': { title: '退出报名', clause: 'HB-4.2', doc: 'The learner withdrew. data: reason.' },
  'enrolment.completed': {
    title: '完成培训',
    clause: 'HB-4.3',
    doc: 'data: outcome of the completion rule, hours, scoreTenths.',
  },
  'enrolment.failed': {
    title: '未能结业',
    clause: 'HB-4.3',
    doc: 'data: outcome of the completion rule, hours, scoreTenths.',
  },
  'roster.imported': {
    title: '导入学员名单',
    clause: 'HB-5.4',
    doc: 'data: rows, registered, waiting, bad.',
  },
  'teacher.registered': { title: '登记教师', clause: 'HB-6.2', doc: 'data: name, qualifications.' },
  'teacher.qualification-added': { title: '登记教师资格', clause: 'HB-6.2', doc: 'data: kind, level.' },
  'teacher.qualification-withdrawn': { title: '撤下教师资格', clause: 'HB-6.2', doc: 'data: kind, level.' },
  'teacher.left': { title: '教师离任', clause: null, doc: 'data: leftOn.' },
  'teacher.returned': { title: '教师复任', clause: null, doc: 'The reverse of teacher.left.' },
  'lesson.added': { title: '排课', clause: 'HB-4.3', doc: 'data: lessons, minutes, mode, content.' },
  'lesson.cancelled': { title: '取消课程', clause: 'HB-4.3', doc: 'data: title, reason.' },
  'attendance.checked-in': { title: '扫码签到', clause: 'HB-4.3', doc: 'data: lesson, minutes credited.' },
  'attendance.marked': {
    title: '教师登记考勤',
    clause: 'HB-4.3',
    doc: 'data: lesson, minutes, before, reason.',
  },
  'watching.taken-over': {
    title: '在另一处开始观看',
    clause: 'HB-4.3',
    doc: 'The lease moved; the former place stopped counting. data: lesson, former.',
  },
  'assessment.entered': {
    title: '登记结业考核成绩',
    clause: 'HB-4.3',
    doc: 'data: mark, scoreTenths, passed, before.',
  },
  'training-certificate.issued': { title: '颁发培训合格证书', clause: 'HB-4.3', doc: 'data: number.' },
  'training-certificate.change-proposed': {
    title: '提出证书更正或撤销',
    clause: 'HB-6.3',
    doc: 'data: kind, reason, corrected fields.',
  },
  'training-certificate.change-rejected': {
    title: '不同意证书更正或撤销',
    clause: 'HB-6.3',
    doc: 'data: kind, reason.',
  },
  'training-certificate.corrected': {
    title: '更正培训合格证书',
    clause: 'HB-6.3',
    doc: 'data: number, successor.',
  },
  'training-certificate.withdrawn': {
    title: '撤销培训合格证书',
    clause: 'HB-6.3',
    doc: 'data: number, reason.',
  },
  'training-report.drafted': { title: '生成培训报告', clause: 'HB-4.3', doc: 'data: number, dueOn.' },
  'training-report.submitted': {
    title: '报送培训报告',
    clause: 'HB-4.3',
    doc: 'data: round, learners, late.',
  },
  'training-report.receipted': {
    title: '接收培训报告',
    clause: 'HB-4.3',
    doc: 'data: office, round, receiptNumber.',
  },
  'training-report.returned': {
    title: '退回培训报告',
    clause: 'HB-4.3',
    doc: 'data: office, round, reason.',
  },
  'training-report.received': { title: '省、市均已接收培训报告', clause: 'HB-4.3', doc: 'data: round.' },
  'training-register.exported': { title: '导出实名制名册', clause: 'HB-5.4', doc: 'data: filters, rows.' },
})
