import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/mine/attempts', () => import('./replays-page.tsx'), 'ReplaysPage'),
  page('/mine/attempts/$id', () => import('./replay-page.tsx'), 'ReplayPage'),
]
