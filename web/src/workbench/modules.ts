import type { WorkbenchModule } from '../ui/desk/module.ts'
import * as benefits from './benefits/index.tsx'
import * as certificates from './certificates/index.tsx'
import * as duties from './duties/index.tsx'
import * as exams from './exams/index.tsx'
import * as halls from './halls/index.tsx'
import * as institutions from './institutions/index.tsx'
import * as people from './people/index.tsx'
import * as rules from './rules/index.tsx'
import * as supervision from './supervision/index.tsx'
import * as training from './training/index.tsx'

// One line a module, in the order of the menu:
//   import * as training from './training/index.tsx'   →   training,
// where training/index.tsx exports `routes` (made with `page(…)`) and `menu`.
export const modules: WorkbenchModule[] = [
  duties,
  institutions,
  rules,
  training,
  exams,
  halls,
  certificates,
  benefits,
  supervision,
  people,
]
