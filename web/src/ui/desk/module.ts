import type { PageRoute } from '../page.tsx'

export interface MenuItem {
  /** 班级， 报名审核 … */
  label: string
  /** Path inside the workbench, without /workbench. */
  to: string
  /** Name of the permission without which the item is not offered (`training.read-classes`). */
  permission?: string
  /** Where it is offered: at the province's platform unless told otherwise. */
  at?: 'node' | 'both'
  /** Roles that begin their day here, not at the desk. */
  startOf?: readonly string[]
}

/** What a module's `index.tsx` exports to the shell, as `routes` and `menu`. */
export interface WorkbenchModule {
  routes: readonly PageRoute[]
  menu: { group: string; items: readonly MenuItem[] }
  /** Addresses of the pages a hall node has beside those of its menu. */
  alsoAtNode?: readonly RegExp[]
}
