import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'duty.opened': {
    title: '产生待办',
    clause: null,
    doc: 'Somebody owes an act from now on. data: kind, title, holder, dueOn, amount, unit, provisional.',
  },
  'duty.fulfilled': { title: '办结待办', clause: null, doc: 'data: kind, title, holder, dueOn, daysLate.' },
  'duty.cancelled': {
    title: '取消待办',
    clause: null,
    doc: 'The act is no longer owed. data: kind, title, reason.',
  },
  'duty.escalated': {
    title: '待办逾期，转上级督办',
    clause: 'HB-6.3',
    doc: 'Overdue: visible at the desks of city and province. data: kind, title, holder, dueOn.',
  },
})
