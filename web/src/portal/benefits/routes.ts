import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/mine/benefits', () => import('./my-benefits-page.tsx'), 'MyBenefitsPage'),
  page('/mine/benefits/hours', () => import('./my-hours-page.tsx'), 'MyHoursPage'),
  page('/mine/benefits/titles', () => import('./my-titles-page.tsx'), 'MyTitlesPage'),
  // Stands in the QR of printed proofs and recognitions.
  page('/b/$code', () => import('./check-paper-page.tsx'), 'CheckPaperPage'),
]
