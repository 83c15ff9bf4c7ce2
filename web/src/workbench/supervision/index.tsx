import { page } from '../../ui/page.tsx'

export const routes = [
  page('/numbers', () => import('./overview-page.tsx'), 'OverviewPage'),
  page('/numbers/people', () => import('./people-page.tsx'), 'PeoplePage'),
  page('/numbers/targets', () => import('./targets-page.tsx'), 'TargetsPage'),
]

export const menu = {
  group: '监督',
  items: [{ label: '目标与完成情况', to: '/numbers', permission: 'supervision.read-numbers' }],
}
