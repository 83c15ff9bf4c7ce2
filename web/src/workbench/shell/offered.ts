import type { MenuItem } from '../../ui/desk/module.ts'
import { modules } from '../modules.ts'
import type { Me } from './me.ts'

/** The menu of whoever is signed in: a hall node has a few rooms only, and the province has none of a node's. */
export function menuOf(me: Me) {
  return modules
    .map(({ menu }) => ({ ...menu, items: menu.items.filter((item) => isOffered(me, item)) }))
    .filter((group) => group.items.length > 0)
}

export const maySee = (me: Me, permission: string | undefined) =>
  !permission || me.permissions.includes(permission)

function isOffered(me: Me, { permission, at }: MenuItem): boolean {
  return maySee(me, permission) && (me.isNode ? at !== undefined : at !== 'node')
}

/** The permission of the menu item a path belongs to. Only courtesy: the server refuses in any case. */
export function permissionFor(pathname: string): string | undefined {
  return modules.flatMap(({ menu }) => menu.items).find((item) => pathname === item.to)?.permission
}

/** Whether this program has the page at all. */
export function isHere(me: Me, pathname: string): boolean {
  const items = modules.flatMap(({ menu }) => menu.items)
  if (!me.isNode) return items.every((item) => item.at !== 'node' || item.to !== pathname)
  if (pathname === '/' || modules.some((module) => module.alsoAtNode?.some((path) => path.test(pathname))))
    return true
  return items.some((item) => item.at && (pathname === item.to || pathname.startsWith(`${item.to}/`)))
}
