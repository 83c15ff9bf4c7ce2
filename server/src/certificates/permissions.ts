import { definePermissions, EVERYONE, SIGNED_IN } from '../platform/api.ts'

const SUPERVISORS = ['city_officer', 'provincial_officer', 'national_officer', 'auditor'] as const

export const may = definePermissions({
  'result-reports.read': { title: '查看成绩报送', roles: ['evaluation_manager', ...SUPERVISORS] },
  'result-reports.submit': { title: '报送考核结果', roles: ['evaluation_manager'] },
  'result-reports.confirm': { title: '确认或退回考核结果', roles: ['provincial_officer'] },
  'result-reports.send': { title: '报国家审核、导入审核结果', roles: ['provincial_officer'] },
  'national-exchanges.read': {
    title: '查看国家审核数据交换',
    roles: ['provincial_officer', 'national_officer', 'auditor'],
  },
  'national-exchanges.download': {
    title: '下载国家审核数据文件',
    roles: ['provincial_officer', 'national_officer'],
  },
  'result-reports.audit': { title: '国家审核', roles: ['national_officer'] },
  'level-certificates.issue': { title: '颁发专业技术等级证书', roles: ['evaluation_manager'] },
  'level-certificates.read': { title: '查询专业技术等级证书', roles: ['evaluation_manager', ...SUPERVISORS] },
  'level-certificates.change': {
    title: '提出和复核证书更正、撤销',
    roles: ['evaluation_manager', 'provincial_officer'],
  },
  'level-certificates.export': {
    title: '导出查询网站数据',
    roles: ['evaluation_manager', 'provincial_officer', 'national_officer'],
  },
  'certificate-register.verify': {
    title: '核验证书登记簿',
    roles: ['provincial_officer', 'national_officer', 'auditor', 'administrator'],
  },
  'certificates.verify': { title: '查验证书', roles: EVERYONE },
  'certificates.own': { title: '查看和下载本人证书', roles: SIGNED_IN },
})
