import './workbench.css'
import 'dayjs/locale/zh-cn'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { theme } from '../ui/desk/theme.ts'
import { surfaceQueries } from '../ui/query-client.ts'
import { surfaceRouter } from '../ui/router.tsx'
import { modules } from './modules.ts'
import { ErrorPage, LoadingPage, NotFoundPage } from './shell/error-pages.tsx'
import { Providers, Shell } from './shell/shell.tsx'
import { StartPage } from './shell/start-page.tsx'

dayjs.locale('zh-cn')

const router = surfaceRouter(
  [{ path: '/', component: StartPage }, ...modules.flatMap((module) => module.routes)],
  {
    basepath: '/workbench',
    Providers,
    Shell,
    NotFound: NotFoundPage,
    ErrorPage,
    Loading: LoadingPage,
  },
)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={surfaceQueries()}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
)
