import { Navigate } from '@tanstack/react-router'
import { DeskPage } from '../../ui/desk/page.tsx'
import { modules } from '../modules.ts'
import { useMe } from './me.ts'
import { menuOf } from './offered.ts'

/** `/workbench` leads to where the role begins its day; else to the first page of the menu: the desk, or at a hall node the halls it has. */
export function StartPage() {
  const me = useMe().data
  if (!me) return null
  const items = menuOf(me).flatMap((group) => group.items)
  const first = me.isNode
    ? items[0]?.to
    : (items.find((item) => item.startOf?.includes(me.acting.role))?.to ??
      modules.flatMap((module) => module.menu.items)[0]?.to)
  return first ? <Navigate to={first} replace /> : <DeskPage title="工作台" lead="还没有启用任何业务模块。" />
}
