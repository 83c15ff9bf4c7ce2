import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/catalogues', () => import('./catalogues-page.tsx'), 'CataloguesPage'),
  page('/catalogues/occupations', () => import('./occupations-page.tsx'), 'OccupationsPage'),
  page('/catalogues/occupations/$id', () => import('./occupation-page.tsx'), 'OccupationPage'),
  page('/catalogues/training', () => import('./institutions-page.tsx'), 'TrainingInstitutionsPage'),
  page('/catalogues/evaluation', () => import('./institutions-page.tsx'), 'EvaluationInstitutionsPage'),
  page('/catalogues/institutions/$id', () => import('./institution-page.tsx'), 'InstitutionPage'),
  page('/catalogues/subsidies', () => import('./subsidies-page.tsx'), 'SubsidiesPage'),
  page('/fees', () => import('./fees-page.tsx'), 'FeesPage'),
]
