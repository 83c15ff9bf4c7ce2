import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'result-report.drafted': { title: '生成成绩报送', clause: 'HB-4.4', doc: 'data: number, items, dueOn.' },
  'result-report.refreshed': {
    title: '按更正后的成绩更新名单',
    clause: 'HB-4.4',
    doc: 'A score was corrected before the report left. data: added, withheld, changed.',
  },
  'result-report.submitted': {
    title: '报送考核结果',
    clause: 'HB-4.4',
    doc: 'data: round, items, withheld, late, dueOn.',
  },
  'result-report.returned': { title: '省级退回成绩报送', clause: 'HB-4.4', doc: 'data: round, reason.' },
  'result-report.confirmed': {
    title: '省级确认考核结果',
    clause: 'HB-4.4',
    doc: 'data: round, items, late, dueOn.',
  },
  'result-report.sent': { title: '报国家审核', clause: 'HB-4.4', doc: 'data: exchange, items, sha256.' },
  'result-report.audited': {
    title: '国家审核',
    clause: 'HB-4.4',
    doc: 'data: approved, returned, by (platform or file), exchange.',
  },
  'result-report.issued': {
    title: '颁发专业技术等级证书',
    clause: 'HB-4.4',
    doc: 'data: certificates, late, dueOn.',
  },
  'national-exchange.downloaded': {
    title: '下载国家审核数据文件',
    clause: 'HB-4.4',
    doc: 'data: exchange, format, items.',
  },
  'national-exchange.imported': {
    title: '导入国家审核结果',
    clause: 'HB-4.4',
    doc: 'data: exchange, sha256, approved, returned.',
  },
  'level-certificate.issued': {
    title: '颁发证书',
    clause: 'HB-4.4',
    doc: 'data: number, keyId, supersedes.',
  },
  'level-certificate.change-proposed': {
    title: '提出证书更正、撤销或恢复',
    clause: 'HB-6.3',
    doc: 'data: kind, reason, corrected (names of the fields).',
  },
  'level-certificate.change-rejected': {
    title: '不同意证书更正、撤销或恢复',
    clause: 'HB-6.3',
    doc: 'data: kind, reason.',
  },
  'level-certificate.corrected': { title: '更正证书', clause: 'HB-6.3', doc: 'data: number, successor.' },
  'level-certificate.withdrawn': { title: '撤销证书', clause: 'HB-6.3', doc: 'data: number, reason.' },
  'level-certificate.reinstated': { title: '恢复证书', clause: 'HB-6.3', doc: 'data: number, reason.' },
  'level-certificate.printed': { title: '下载证书', clause: null, doc: 'data: count.' },
  'level-certificate.exported': {
    title: '导出查询网站数据',
    clause: 'HB-4.4',
    doc: 'data: site, rows, from, to.',
  },
  'level-certificate.list-exported': { title: '导出证书列表', clause: null, doc: 'data: rows.' },
  'certificate.checked': {
    title: '公众查验证书',
    clause: 'HB-4.4',
    doc: 'A public check, found or not. data: method, found, kind. Never what was typed.',
  },
})
