import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/institutions/filings', () => import('./filings-page.tsx'), 'FilingsPage'),
  page('/institutions/filings/$id', () => import('./filing-page.tsx'), 'FilingPage'),
  page('/institutions/filings/$id/edit', () => import('./filing-form-page.tsx'), 'FilingFormPage'),
  page('/institutions/fees', () => import('./fees-page.tsx'), 'FeesPage'),
  page('/institutions/entries', () => import('./entries-page.tsx'), 'EntriesPage'),
  page('/institutions/entries/$id', () => import('./entry-page.tsx'), 'EntryPage'),
  page('/institutions/occupations', () => import('./occupations-page.tsx'), 'OccupationsPage'),
  page('/institutions/subsidies', () => import('./subsidies-page.tsx'), 'SubsidiesPage'),
  page('/institutions/settings', () => import('./settings-page.tsx'), 'SettingsPage'),
]
export const menu: WorkbenchModule['menu'] = {
  group: '机构与备案',
  items: [
    { label: '备案', to: '/institutions/filings', permission: 'filing.read' },
    { label: '收费标准', to: '/institutions/fees', permission: 'fee.read-own' },
    { label: '机构目录', to: '/institutions/entries', permission: 'catalogue.maintain' },
    { label: '职业目录', to: '/institutions/occupations', permission: 'catalogue.maintain' },
    { label: '补贴标准', to: '/institutions/subsidies', permission: 'catalogue.maintain-subsidies' },
    { label: '参数核实', to: '/institutions/settings', permission: 'setting.read' },
  ],
}
