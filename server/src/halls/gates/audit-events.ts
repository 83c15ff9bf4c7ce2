import { defineAuditEvents } from '../../platform/audit.ts'

const AH11 = 'AH-11'

export const events = defineAuditEvents({
  'door.opened': { title: '开始入场', clause: AH11, doc: 'data: hall, invigilators.' },
  'door.exported': { title: '导出入场记录', clause: null, doc: 'data: part, rows.' },
  'admission.identified': {
    title: '考生核对身份',
    clause: AH11,
    doc: 'Ticket and end of the ID number fitted at a bound machine. data: part, seat, drawn, here, lateMinutes, again.',
  },
  'admission.identify-failed': {
    title: '身份核对不符',
    clause: AH11,
    doc: 'Ticket and number did not fit, or were tried too often. data: seat. Never what was typed.',
  },
  'admission.face-consent-answered': {
    title: '考生答复是否使用人脸信息',
    clause: 'FACE-CONSENT',
    doc: 'At the door. data: given, part.',
  },
  'admission.face-looked': {
    title: '人脸比对',
    clause: AH11,
    doc: 'data: part, outcome, score, faces, live, real, threshold, capture (id), model.',
  },
  'admission.vouch-proposed': {
    title: '提出由人核对',
    clause: AH11,
    doc: 'The first of two people. data: way, part, reason, clientAt.',
  },
  'admission.vouched': {
    title: '第二人确认核对',
    clause: AH11,
    doc: 'data: way, part, by, reason, clientAt.',
  },
  'admission.vouch-declined': {
    title: '第二人不同意核对',
    clause: AH11,
    doc: 'data: way, part, by, reason, clientAt.',
  },
  'admission.confirmed': { title: '确认入场', clause: AH11, doc: 'data: part, seat, score, way, clientAt.' },
  'admission.turned-away': {
    title: '拒绝入场',
    clause: AH11,
    doc: 'data: part, reason, impostor, score, capture, clientAt.',
  },
  'admission.readmitted': {
    title: '恢复入场核对',
    clause: AH11,
    doc: 'The chief lets a candidate who was turned away be checked anew. data: part, reason, clientAt.',
  },
  'photo.registered': {
    title: '登记照片',
    clause: 'FACE-CONSENT',
    doc: 'A photo and its face template were stored under keys of their own. data: textVersion, findings, deleteAfter, days, verified, where.',
  },
  'photo.seen': {
    title: '查看登记照片或抓拍',
    clause: 'FACE-CONSENT',
    doc: 'Staff looked at a face. data: what, purpose, capture.',
  },
  'face.deleted': {
    title: '删除人脸信息',
    clause: 'FACE-KEEP',
    doc: 'Deletion record: the keys of template and photo were destroyed. data: reason (withdrawn | period_over | replaced), model, storedSince, deleteAfter, templates, photos, sha256 (of the photos).',
  },
  'face.kept-on': {
    title: '人脸信息保存到考试结束',
    clause: 'FACE-KEEP',
    doc: 'The period ran out before the sitting the face is kept for. data: deleteAfter, sitting.',
  },
  'face-register.warned': {
    title: '存储人脸信息人数提醒',
    clause: 'FACE-REGISTER',
    doc: 'data: persons, warnAt, fileAt, verified.',
  },
})
