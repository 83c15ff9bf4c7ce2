import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { ApiProblem } from '../../ui/api.ts'
import { ProblemReporter } from '../../ui/hooks.ts'
import { NetworkBanner } from '../../ui/network-banner.tsx'
import { PlainButton } from '../../ui/plain/button.tsx'
import { Problem } from '../../ui/plain/notice.tsx'
import { SiteName } from '../../ui/plain/page.tsx'

/** What a failed act says when its screen does not: at the foot of the screen until read, gone on the next page. */
export function Providers({ children }: { children: ReactNode }) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const navigate = useNavigate()
  const { pathname, href } = useRouterState({ select: (state) => state.location })
  const report = useCallback(
    (reported: ApiProblem) => {
      if (reported.kind === 'signed-out') void navigate({ to: '/sign-in', search: { next: href } as never })
      else setProblem(reported)
    },
    [navigate, href],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page clears what the last one said
  useEffect(() => setProblem(null), [pathname])
  return (
    <SiteName.Provider value="数匠">
      <ProblemReporter.Provider value={report}>
        <div className="site">
          {children}
          {problem ? (
            <div className="report">
              <div className="column">
                <Problem problem={problem} />
                <PlainButton onPress={() => setProblem(null)}>知道了</PlainButton>
              </div>
            </div>
          ) : null}
        </div>
      </ProblemReporter.Provider>
    </SiteName.Provider>
  )
}

export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <a className="skip-link" href="#content">
        跳到正文
      </a>
      <header className="site-head">
        <div className="column column-wide">
          <Link className="site-name" to="/">
            数匠 <span>数字技术人才服务</span>
          </Link>
          <nav className="site-nav" aria-label="主导航">
            <Link to="/verify">查证书</Link>
            <Link to="/mine">我的</Link>
          </nav>
        </div>
      </header>
      <NetworkBanner />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="site-foot">
        <div className="column column-wide">
          <nav aria-label="全部栏目">
            <ul>
              <li>
                <Link to="/classes">招生公告</Link>
              </li>
              <li>
                <Link to="/eligibility">申报自测</Link>
              </li>
              <li>
                <Link to="/catalogues">目录清单</Link>
              </li>
              <li>
                <Link to="/fees">收费与补贴标准</Link>
              </li>
              <li>
                <Link to="/clauses">政策条款</Link>
              </li>
              <li>
                <a href="/workbench">机构与管理部门工作台</a>
              </li>
            </ul>
          </nav>
          <p>报名、考核和发证不得收取公布标准以外的费用。任何“包过”“包就业”的承诺都不可信。</p>
        </div>
      </footer>
    </>
  )
}
