import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/eligibility', () => import('./eligibility-page.tsx'), 'EligibilityPage'),
  page('/mine/declarations', () => import('./declarations-page.tsx'), 'DeclarationsPage'),
  page('/mine/declarations/new', () => import('./new-declaration-page.tsx'), 'NewDeclarationPage'),
  page('/mine/declarations/$id', () => import('./declaration-page.tsx'), 'DeclarationPage'),
  page('/mine/results', () => import('./results-page.tsx'), 'ResultsPage'),
]
