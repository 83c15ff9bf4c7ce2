import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorRouteComponent,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { markNavigated, type PageRoute } from './page.tsx'
import { queryString } from './query-string.ts'

interface SurfaceShell {
  basepath?: string
  /** Around every page: providers. */
  Providers: ComponentType<{ children: ReactNode }>
  /** Around pages that are not `bare`: header, menu, footer. */
  Shell: ComponentType<{ children: ReactNode }>
  NotFound: ComponentType
  ErrorPage: ErrorRouteComponent
  Loading: RouteComponent
}

/** The router of a surface, from a plain list of pages. The address's query stays text: `0012` is no number. */
export function surfaceRouter(pages: readonly PageRoute[], shell: SurfaceShell) {
  const { Providers, Shell, NotFound, ErrorPage, Loading } = shell
  const root = createRootRoute({
    component: () => (
      <Providers>
        <Outlet />
      </Providers>
    ),
    notFoundComponent: () => (
      <Shell>
        <NotFound />
      </Shell>
    ),
  })
  const inShell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: () => (
      <Shell>
        <Outlet />
      </Shell>
    ),
  })
  const routesUnder = (parent: AnyRoute, bare: boolean) =>
    pages
      .filter((one) => (one.bare ?? false) === bare)
      .map((one) =>
        createRoute({ getParentRoute: () => parent, path: one.path, component: one.component as never }),
      )
  const router = createRouter({
    routeTree: root.addChildren([
      inShell.addChildren(routesUnder(inShell, false)),
      ...routesUnder(root, true),
    ]),
    ...(shell.basepath ? { basepath: shell.basepath } : {}),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: queryString,
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: Loading,
    defaultPendingMs: 300,
    // Another record of the same kind is another page: its heading takes the focus, its form starts afresh.
    defaultRemountDeps: ({ params }) => params,
    scrollRestoration: true,
  })
  router.subscribe('onBeforeNavigate', (event) => {
    if (event.fromLocation && event.pathChanged) markNavigated()
  })
  return router
}
