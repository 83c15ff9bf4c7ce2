import { defineAuditEvents } from '../../platform/audit.ts'

export const events = defineAuditEvents({
  'attempt.sealed-export-imported': {
    title: '导入密封答案',
    clause: 'AH-11',
    doc: 'The last resort: a file a machine made when it could not send. data: sha256, madeAt, saved, same, conflict, late, refused, reason, clientAt.',
  },
})
