import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'person.registered': {
    title: '完成实名登记',
    clause: 'HB-5.4',
    doc: 'A real name was checked and a person registered or attached to an account. data: documentType, verifiedBy.',
  },
  'person.card-read': {
    title: '查看人员资料',
    clause: null,
    doc: 'Staff opened a person card. data: purpose.',
  },
  'person.id-number-read': {
    title: '查看完整证件号码',
    clause: null,
    doc: 'Somebody read ID numbers in full. data: purpose, count.',
  },
  'person.data-exported': {
    title: '本人导出个人数据',
    clause: null,
    doc: 'The person downloaded all own data.',
  },
  'fact.stated': { title: '填报个人资料', clause: 'HB-4.4', doc: 'A fact was added. data: kind, proof.' },
  'fact.paper-attached': {
    title: '补充证明材料',
    clause: 'HB-4.4',
    doc: 'A paper was put to a stated fact. data: kind.',
  },
  'fact.known': {
    title: '平台记入已核验资料',
    clause: 'HB-4.4',
    doc: 'A fact the platform knows by its own records. data: kind.',
  },
  'fact.withdrawn': {
    title: '撤回个人资料',
    clause: 'HB-4.4',
    doc: 'The person withdrew a fact. data: kind.',
  },
  'fact.verified': {
    title: '核验个人资料',
    clause: 'HB-4.4',
    doc: 'Staff saw the paper. data: kind, expiresOn.',
  },
  'fact.verification-revoked': {
    title: '撤销资料核验',
    clause: 'HB-4.4',
    doc: 'A verification was taken back. data: kind, reason.',
  },
  'fact.paper-read': { title: '查看证明材料', clause: 'HB-4.4', doc: 'Staff opened a paper. data: kind.' },
  'consent.given': { title: '同意个人信息处理', clause: null, doc: 'data: consent, textVersion.' },
  'consent.withdrawn': { title: '撤回个人信息处理同意', clause: null, doc: 'data: consent.' },
  'organisation.registered': { title: '登记单位', clause: null, doc: 'data: kind, name.' },
  'organisation.changed': {
    title: '修改单位资料',
    clause: null,
    doc: 'data: before, after (changed fields).',
  },
  'staff.invited': { title: '邀请工作人员', clause: null, doc: 'data: role.' },
  'staff.disabled': { title: '停用工作人员账号', clause: null, doc: 'data: reason.' },
  'staff.restored': { title: '恢复工作人员账号', clause: null, doc: 'The reverse of staff.disabled.' },
  'staff.membership-ended': { title: '结束工作人员身份', clause: null, doc: 'data: role, reason.' },
  'staff.password-link-renewed': {
    title: '重发设置密码链接',
    clause: null,
    doc: 'A link to set the password was made; it is shown once and not kept here.',
  },
  'staff.second-factor-reset': {
    title: '重置动态口令',
    clause: null,
    doc: 'The holder must bind a new one.',
  },
  'audit.exported': { title: '导出操作日志', clause: null, doc: 'data: filters, count.' },
})
