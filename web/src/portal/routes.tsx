import { type PageRoute, page } from '../ui/page.tsx'
import { routes as benefits } from './benefits/routes.ts'
import { routes as certificates } from './certificates/routes.ts'
import { routes as exams } from './exams/routes.ts'
import { routes as halls } from './halls/routes.ts'
import { routes as institutions } from './institutions/routes.ts'
import { routes as people } from './people/routes.ts'
import { routes as training } from './training/routes.ts'

// A module adds one import and one line: its `portal/<module>/routes.ts` exports `PageRoute[]` made with `page(…)`.
export const routes: PageRoute[] = [
  page('/', () => import('./home/home-page.tsx'), 'HomePage'),
  page('/clauses', () => import('./clauses/clauses-page.tsx'), 'ClausesPage'),
  ...benefits,
  ...certificates,
  ...exams,
  ...halls,
  ...institutions,
  ...people,
  ...training,
]
