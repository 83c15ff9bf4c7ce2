import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/benefits/hours', () => import('./hours-page.tsx'), 'HoursPage'),
  page('/benefits/hours/$id', () => import('./credit-page.tsx'), 'CreditPage'),
  page('/benefits/years', () => import('./years-page.tsx'), 'YearsPage'),
  page('/benefits/years/$personId/$year', () => import('./year-page.tsx'), 'YearPage'),
  page('/benefits/titles', () => import('./titles-page.tsx'), 'TitlesPage'),
  page('/benefits/titles/$id', () => import('./title-page.tsx'), 'TitlePage'),
]

export const menu: WorkbenchModule['menu'] = {
  group: '政策保障',
  items: [
    { label: '继续教育学时', to: '/benefits/hours', permission: 'education-hours.read' },
    { label: '个人年度学时', to: '/benefits/years', permission: 'education-hours.read' },
    { label: '职称认定', to: '/benefits/titles', permission: 'titles.read' },
  ],
}
