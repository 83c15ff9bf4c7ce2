import { defineAuditEvents } from '../../platform/audit.ts'

const AH11 = 'AH-11'

export const events = defineAuditEvents({
  'board.message-sent': { title: '向考生发送提示', clause: AH11, doc: 'data: text, hall, clientAt.' },
  'board.act-proposed': {
    title: '提出监考处置',
    clause: AH11,
    doc: 'data: kind, reason, seconds, part, clientAt.',
  },
  'board.act-decided': {
    title: '第二人答复监考处置',
    clause: AH11,
    doc: 'data: kind, decision, by, reason, clientAt.',
  },
  'board.time-extended': {
    title: '延长考试时间',
    clause: AH11,
    doc: 'data: seconds, reason, attempts, by, clientAt.',
  },
  'board.hall-paused': { title: '暂停考场', clause: AH11, doc: 'data: hall, reason, attempts, clientAt.' },
  'board.hall-resumed': { title: '恢复考场', clause: AH11, doc: 'data: hall, reason, attempts, clientAt.' },
  'board.seat-released': {
    title: '释放考位，换机续考',
    clause: AH11,
    doc: 'The lease ends; the candidate goes on at the same or another machine. data: from, to, reason, clientAt.',
  },
  'board.attempt-terminated': { title: '终止考试', clause: AH11, doc: 'data: part, reason, by, clientAt.' },
  'board.misconduct-found': {
    title: '认定违纪',
    clause: AH11,
    doc: 'data: part, reason, by, alerts, captures, file, clientAt.',
  },
  'board.misconduct-withdrawn': {
    title: '撤销违纪认定',
    clause: AH11,
    doc: 'By two invigilators before results are out. data: part, reason, by, compensation (extra_sitting where the attempt was ended by it), clientAt.',
  },
  'board.termination-annulled': {
    title: '认定终止有误',
    clause: AH11,
    doc: 'By two invigilators; the attempt stays closed, the candidate is owed another sitting. data: part, reason, by, compensation, clientAt.',
  },
  'board.faces-seen': {
    title: '监考台实时查看考生画面',
    clause: AH11,
    doc: 'One a watcher and visit: whose pictures the tiles of a board showed to whom and when. data: purpose, hall, from, until, pictures, candidates, seen ({candidate: [pictures, first, last]}).',
  },
  'board.alert-settled': { title: '处理监考提醒', clause: AH11, doc: 'data: kind, reason, clientAt.' },
  'board.looked-in': { title: '查看监考台', clause: AH11, doc: 'Patrol and supervisors: data: hall, state.' },
  'board.log-exported': { title: '导出监考记录', clause: null, doc: 'data: rows.' },
})
