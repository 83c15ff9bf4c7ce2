import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/verify', () => import('./verify-page.tsx'), 'VerifyPage'),
  // Stands on certificates as the address to check by hand.
  page('/v', () => import('./verify-page.tsx'), 'VerifyPage'),
  page('/v/$code', () => import('./verify-code-page.tsx'), 'VerifyCodePage'),
  page('/mine/certificates', () => import('./my-certificates-page.tsx'), 'MyCertificatesPage'),
]
