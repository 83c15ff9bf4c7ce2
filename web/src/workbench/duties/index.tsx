import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/desk', () => import('./desk-page.tsx'), 'DutiesDeskPage'),
  page('/duties', () => import('./duties-page.tsx'), 'DutiesPage'),
]
export const menu: WorkbenchModule['menu'] = {
  group: '待办',
  items: [
    { label: '我的待办', to: '/desk', permission: 'duties.read' },
    { label: '全部待办', to: '/duties', permission: 'duties.read' },
  ],
}
