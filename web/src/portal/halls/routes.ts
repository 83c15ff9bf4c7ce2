import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/mine/tickets', () => import('./tickets-page.tsx'), 'TicketsPage'),
  page('/mine/photo', () => import('./photo-page.tsx'), 'PhotoPage'),
  page('/draws', () => import('./draws-page.tsx'), 'DrawsPage'),
  page('/draws/$number', () => import('./draw-page.tsx'), 'DrawPage'),
  page('/mine/attempts', () => import('./replays-page.tsx'), 'ReplaysPage'),
  page('/mine/attempts/$id', () => import('./replay-page.tsx'), 'ReplayPage'),
]
