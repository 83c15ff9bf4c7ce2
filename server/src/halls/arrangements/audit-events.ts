import { defineAuditEvents } from '../../platform/audit.ts'

const AH10 = 'AH-10'
const AH11 = 'AH-11'
const RATIO = 'STD-1.9.3'

export const events = defineAuditEvents({
  'arrangement.begun': {
    title: '开始编排考场',
    clause: AH11,
    doc: 'data: forms, unverified (figures without a source).',
  },
  'arrangement.halls-chosen': { title: '选定考场', clause: AH11, doc: 'data: halls, seats, candidates.' },
  'arrangement.forms-set': { title: '设定卷型数', clause: AH11, doc: 'data: forms.' },
  'invigilators.assigned': { title: '安排监考', clause: RATIO, doc: 'data: hall, added, removed, chief.' },
  'accommodation.proposed': {
    title: '提出便利安排',
    clause: null,
    doc: 'data: extraMinutes, accessibleSeat. The reason stays with the record.',
  },
  'accommodation.decided': { title: '决定便利安排', clause: null, doc: 'data: decision.' },
  'draw.committed': {
    title: '公布抽签承诺',
    clause: AH11,
    doc: 'data: commitment, publicSource, publicExpectedAt.',
  },
  'draw.voided': { title: '作废抽签', clause: AH11, doc: 'data: commitment, reason, drawn.' },
  'registration.closed': {
    title: '锁定考生名单待抽签',
    clause: AH11,
    doc: 'data: candidates, halls, inputsSha256.',
  },
  'registration.reopened': { title: '重新开放考生名单', clause: AH11, doc: 'data: reason, drawn.' },
  'seats.drawn': {
    title: '抽签排定考位',
    clause: AH11,
    doc: 'data: commitment, publicValue, proofSha256, candidates, sameForm, sameGroup.',
  },
  'tickets.published': { title: '发布准考证', clause: AH11, doc: 'data: candidates.' },
  'tickets.printed': { title: '打印准考证、门贴或座次图', clause: AH11, doc: 'data: what, candidates.' },
  'ticket.read': { title: '查看本人准考证', clause: AH11, doc: 'data: ticketNumber.' },
  'arrangement-list.exported': { title: '导出编排或座次名单', clause: null, doc: 'data: list, rows.' },
  'family.drafted': { title: '起草统考', clause: AH10, doc: 'data: number, title.' },
  'family.unified': { title: '确定统考五统一', clause: AH10, doc: 'data: settled, open.' },
  'family.announced': { title: '公布统考', clause: AH10, doc: 'data: invited.' },
  'family.invited': { title: '邀请机构参加统考', clause: AH10, doc: 'data: organisations.' },
  'family.answered': { title: '答复统考邀请', clause: AH10, doc: 'data: organisation, answer, reason.' },
  'family.joined': { title: '场次加入统考', clause: AH10, doc: 'data: sitting.' },
  'family.left': { title: '场次移出统考', clause: AH10, doc: 'data: sitting, reason.' },
  'family.closed': { title: '结束或取消统考', clause: AH10, doc: 'data: state, reason.' },
})
