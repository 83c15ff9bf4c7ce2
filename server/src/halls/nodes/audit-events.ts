import { defineAuditEvents } from '../../platform/audit.ts'

export const events = defineAuditEvents({
  'hall-node.registered': {
    title: '登记考点节点',
    clause: 'AH-11',
    doc: 'A node of a site, with a secret shown once; data: name',
  },
  'hall-node.revoked': {
    title: '注销考点节点',
    clause: null,
    doc: 'Its secret is worth nothing from here on; data: reason',
  },
  'hall-node.assigned': {
    title: '考场交给考点节点',
    clause: 'AH-10',
    doc: 'From here on the node alone writes the journals of the hall; data: node, hall',
  },
  'hall-node.taken': {
    title: '考点节点领取考场',
    clause: 'AH-10',
    doc: 'The package was made; data: sha256, counts',
  },
  'hall-node.held': {
    title: '考点节点确认持有',
    clause: 'AH-10',
    doc: 'The node has it whole; data: sha256',
  },
  'hall-node.custody-issued': {
    title: '发出保管码',
    clause: 'AH-10',
    doc: 'One of two codes shown once to one officer; data: which',
  },
  'hall-node.keys-released': {
    title: '试卷解封',
    clause: 'AH-10',
    doc: 'The papers of a part can be opened at the node; data: part, how (province, custodians), by',
  },
  'hall-node.rows-refused': {
    title: '考点节点数据未接收',
    clause: null,
    doc: 'Rows a node brought that do not fit: kept, not counted; data: count, why',
  },
  'hall-node.returned': {
    title: '考点节点归还考场',
    clause: 'AH-10',
    doc: 'Counts and chain heads of both sides are equal; data: attempts, entries, headsSha256',
  },
  'hall-node.back-proposed': { title: '提出收回考场', clause: null, doc: 'The first of two; data: reason' },
  'hall-node.taken-back': {
    title: '收回考场',
    clause: null,
    doc: 'The province runs the hall from what the node has brought; what it brings later is kept and not counted; data: reason',
  },
})
