import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/certificates/reports', () => import('./reports-page.tsx'), 'ReportsPage'),
  page('/certificates/reports/$id', () => import('./report-page.tsx'), 'ReportPage'),
  page('/certificates/exchanges', () => import('./exchanges-page.tsx'), 'ExchangesPage'),
  page('/certificates/changes', () => import('./changes-page.tsx'), 'ChangesPage'),
  page('/certificates/issued', () => import('./certificates-page.tsx'), 'CertificatesPage'),
  page('/certificates/issued/$id', () => import('./certificate-page.tsx'), 'CertificatePage'),
]

export const menu: WorkbenchModule['menu'] = {
  group: '证书',
  items: [
    { label: '成绩报送与颁证', to: '/certificates/reports', permission: 'result-reports.read' },
    { label: '国家审核数据', to: '/certificates/exchanges', permission: 'national-exchanges.read' },
    { label: '证书管理', to: '/certificates/issued', permission: 'level-certificates.read' },
    { label: '证书变更', to: '/certificates/changes', permission: 'level-certificates.read' },
  ],
}
