import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/exams/confirmation', () => import('./confirmation-page.tsx'), 'ConfirmationPage'),
  page('/exams/declarations', () => import('./declarations-page.tsx'), 'DeclarationsPage'),
  page('/exams/declarations/$id', () => import('./declaration-page.tsx'), 'DeclarationPage'),
  page('/exams/batches', () => import('./batches-page.tsx'), 'BatchesPage'),
  page('/exams/batches/new', () => import('./new-batch-page.tsx'), 'NewBatchPage'),
  page('/exams/batches/$id', () => import('./batch-page.tsx'), 'BatchPage'),
  page('/exams/sittings', () => import('./sittings-page.tsx'), 'SittingsPage'),
  page('/exams/sittings/new', () => import('./new-sitting-page.tsx'), 'NewSittingPage'),
  page('/exams/sittings/$id', () => import('./sitting-page.tsx'), 'SittingPage'),
  page('/exams/sittings/$id/assign', () => import('./assign-page.tsx'), 'AssignPage'),
  page('/exams/sittings/$id/scores', () => import('./scores-page.tsx'), 'ScoresPage'),
  page('/exams/results', () => import('./results-page.tsx'), 'ResultsPage'),
]

export const menu: WorkbenchModule['menu'] = {
  group: '申报与考核',
  items: [
    { label: '资格确认', to: '/exams/confirmation', permission: 'qualifications.confirm' },
    { label: '申报批次', to: '/exams/batches', permission: 'declarations.read' },
    { label: '等级申报', to: '/exams/declarations', permission: 'declarations.read' },
    { label: '考核场次', to: '/exams/sittings', permission: 'sittings.read' },
    { label: '考核成绩', to: '/exams/results', permission: 'results.read' },
  ],
}
