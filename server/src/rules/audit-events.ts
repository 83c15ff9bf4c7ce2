import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'revision.drafted': {
    title: '起草规则修订',
    clause: null,
    doc: 'An officer began a revision. data: number, kind, rule, part.',
  },
  'revision.changed': {
    title: '修改规则修订',
    clause: null,
    doc: 'The text was saved. data: textSha, fromOn.',
  },
  'revision.reckoned': {
    title: '测算受影响人员',
    clause: null,
    doc: 'Everybody on record was decided under both texts. data: textSha, on, total, changed.',
  },
  'revision.proposed': {
    title: '提交规则修订',
    clause: null,
    doc: 'The revision waits for a second officer. data: textSha, fromOn, reason.',
  },
  'revision.confirmed': {
    title: '确认规则修订',
    clause: null,
    doc: 'A second officer confirmed it: it holds from its day. data: textSha, fromOn, edition, affected.',
  },
  'revision.returned': {
    title: '退回规则修订',
    clause: null,
    doc: 'The second officer sent it back. data: reason.',
  },
  'revision.withdrawn': { title: '撤回规则修订', clause: null, doc: 'data: reason, from (state).' },
  'revision.affected-read': {
    title: '查看受影响人员',
    clause: null,
    doc: 'Somebody read or exported who a revision affects. data: act, rows, filter.',
  },
})
