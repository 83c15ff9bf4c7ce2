import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, useEffect, useRef } from 'react'

/** One address of a surface. `load` brings its code only when somebody goes there. */
export interface PageRoute {
  path: string
  component: ComponentType
  /** Without the shell's menu: sign-in, print views. */
  bare?: boolean
}

/** `page('/classes/$id', () => import('./class-page.tsx'), 'ClassPage')` */
export function page<M extends Record<string, unknown>, K extends keyof M & string>(
  path: string,
  load: () => Promise<M>,
  component: K,
  options: { bare?: boolean } = {},
): PageRoute {
  return {
    path,
    component: lazyRouteComponent(
      load as () => Promise<Record<string, ComponentType>>,
      component,
    ) as ComponentType,
    ...options,
  }
}

let hasNavigated = false
/** Called by the shell once the visitor has moved inside the application. */
export function markNavigated(): void {
  hasNavigated = true
}

/**
 * Title of the document and focus for the heading: a screen reader hears the new page's name after navigation.
 * The first page of a visit leaves the focus where the browser put it.
 */
export function usePageHeading(title: string, site: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title ? `${title} · ${site}` : site
  }, [title, site])
  useEffect(() => {
    if (hasNavigated) heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}
