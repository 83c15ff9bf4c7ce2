import './portal.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Loading } from '../ui/plain/notice.tsx'
import { surfaceQueries } from '../ui/query-client.ts'
import { surfaceRouter } from '../ui/router.tsx'
import { routes } from './routes.tsx'
import { ErrorPage, NotFoundPage } from './shell/error-pages.tsx'
import { Providers, Shell } from './shell/shell.tsx'

const router = surfaceRouter(routes, { Providers, Shell, NotFound: NotFoundPage, ErrorPage, Loading })

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={surfaceQueries()}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
