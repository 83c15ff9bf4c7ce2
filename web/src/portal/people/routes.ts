import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/sign-in', () => import('./sign-in-page.tsx'), 'SignInPage', { bare: true }),
  page('/mine', () => import('./mine-page.tsx'), 'MinePage'),
  page('/mine/register', () => import('./register-page.tsx'), 'RegisterPage'),
  page('/mine/facts', () => import('./facts-page.tsx'), 'FactsPage'),
  page('/mine/facts/new/$kind', () => import('./fact-page.tsx'), 'FactPage'),
  page('/mine/consents', () => import('./consents-page.tsx'), 'ConsentsPage'),
]
