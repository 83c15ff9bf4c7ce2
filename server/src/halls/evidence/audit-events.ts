import { defineAuditEvents } from '../../platform/audit.ts'

export const events = defineAuditEvents({
  'evidence.opened': {
    title: '查看考试画面记录',
    clause: 'AH-11',
    doc: 'Staff opened the captures and video of an attempt. data: purpose, captures, segments.',
  },
  'evidence.picture-seen': {
    title: '查看抓拍',
    clause: 'AH-11',
    doc: 'data: capture, purpose.',
  },
  'evidence.video-seen': {
    title: '查看录像',
    clause: 'AH-11',
    doc: 'data: run, segment, purpose.',
  },
  'evidence.exported': { title: '导出考试画面清单', clause: null, doc: 'data: rows.' },
  'evidence.overloaded': {
    title: '抓拍比对积压，部分未比对',
    clause: null,
    doc: 'More captures waited than could be compared within minutes; the pictures are kept, their comparison was dropped. data: dropped, waiting.',
  },
  'evidence.hold-put': {
    title: '保全考试画面',
    clause: 'FACE-KEEP',
    doc: 'Pictures and videos of a candidate are kept beyond their period from now on. data: reason, captures, segments.',
  },
  'evidence.hold-decided': {
    title: '第二人答复保全',
    clause: 'FACE-KEEP',
    doc: 'data: decision, reason, putBy.',
  },
  'evidence.lift-proposed': { title: '提出解除保全', clause: 'FACE-KEEP', doc: 'data: reason, putBy.' },
  'evidence.lift-declined': {
    title: '不解除保全',
    clause: 'FACE-KEEP',
    doc: 'The second person declined, or who proposed it withdrew. data: decision, reason, liftReason, proposedBy.',
  },
  'evidence.hold-lifted': {
    title: '解除保全',
    clause: 'FACE-KEEP',
    doc: 'data: decision, reason, liftReason, proposedBy.',
  },
  'evidence.kept-on': {
    title: '考试画面到期未删',
    clause: 'FACE-KEEP',
    doc: 'The period was over, but a case is open or closed only lately, or a hold stands; told again when the reasons change. data: reasons, days (after a case is closed), verified.',
  },
  'evidence.deleted': {
    title: '按期限删除考试画面',
    clause: 'FACE-KEEP',
    doc: 'Deletion record of a sitting: the keys of its pictures or videos were destroyed. data: kind (captures | video), count, days, verified, before, sha256 (over the hashes of what was deleted, in order).',
  },
})
