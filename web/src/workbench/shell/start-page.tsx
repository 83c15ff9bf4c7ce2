import { Navigate } from '@tanstack/react-router'
import { DeskPage } from '../../ui/desk/page.tsx'
import { modules } from '../modules.ts'

/** `/workbench` leads to the first page of the menu, the desk. */
export function StartPage() {
  const first = modules.flatMap((module) => module.menu.items)[0]?.to
  return first ? <Navigate to={first} replace /> : <DeskPage title="工作台" lead="还没有启用任何业务模块。" />
}
