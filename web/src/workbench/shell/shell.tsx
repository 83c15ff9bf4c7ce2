import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { App, Button, Select } from 'antd'
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react'
import { type ApiProblem, problemOf, setActingAs } from '../../ui/api.ts'
import { ClauseTag } from '../../ui/desk/clause-tag.tsx'
import { DraftOwner } from '../../ui/desk/draft.ts'
import { Loaded, Problem } from '../../ui/desk/problem.tsx'
import { ProblemReporter } from '../../ui/hooks.ts'
import { NetworkBanner } from '../../ui/network-banner.tsx'
import { NoPermissionPage, NotHerePage } from './error-pages.tsx'
import { type Me, useMe } from './me.ts'
import { isHere, maySee, menuOf, permissionFor } from './offered.ts'

const SIGN_IN = '/sign-in'

/** What a failed act says when its screen does not: a notification that stays until it is closed. */
export function Providers({ children }: { children: ReactNode }) {
  const { notification } = App.useApp()
  const toSignIn = useSignIn()
  const report = useCallback(
    (problem: ApiProblem) => {
      if (problem.kind === 'signed-out') return toSignIn()
      const clause = problem.kind === 'refusal' || problem.kind === 'not-found' ? problem.clause : null
      notification.error({
        title: '没有办成',
        description: (
          <>
            {problem.message} {clause ? <ClauseTag id={clause} /> : null}
          </>
        ),
        duration: 0,
        role: 'alert',
      })
    },
    [notification, toSignIn],
  )
  return <ProblemReporter.Provider value={report}>{children}</ProblemReporter.Provider>
}

function useSignIn(): () => void {
  const navigate = useNavigate()
  const { pathname, href } = useRouterState({ select: (state) => state.location })
  return useCallback(() => {
    if (pathname !== SIGN_IN) void navigate({ to: SIGN_IN, search: { next: href } as never })
  }, [navigate, pathname, href])
}

export function Shell({ children }: { children: ReactNode }) {
  const query = useMe()
  const toSignIn = useSignIn()
  const signedOut = query.error ? problemOf(query.error).kind === 'signed-out' : false
  useEffect(() => {
    if (signedOut) toSignIn()
  }, [signedOut, toSignIn])
  if (signedOut) return null
  return <Loaded query={query}>{(me) => <Bench me={me}>{children}</Bench>}</Loaded>
}

function Bench({ me, children }: { me: Me; children: ReactNode }) {
  const [menuOpen, setMenuOpen] = useState(false)
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the folded menu closes when a page was chosen
  useEffect(() => setMenuOpen(false), [pathname])
  const menu = menuOf(me)
  const needed = permissionFor(pathname)
  return (
    <div className="bench">
      <header className="desk-top">
        <a className="skip-link" href="#content">
          跳到正文
        </a>
        <Button className="menu-toggle" aria-expanded={menuOpen} onClick={() => setMenuOpen(!menuOpen)}>
          菜单
        </Button>
        <Link className="desk-name" to="/">
          {me.isNode ? '数匠考点节点' : '数匠工作台'}
        </Link>
        <ActingAs me={me} />
        <span className="desk-person">{me.name}</span>
        <SignOut />
      </header>
      <nav className={`bench-menu ${menuOpen ? 'open' : ''}`} aria-label="主菜单">
        {menu.map((group) => (
          <section key={group.group}>
            <h2>{group.group}</h2>
            <ul>
              {group.items.map((item) => (
                <li key={item.to}>
                  <Link to={item.to} activeOptions={{ exact: item.to === '/', includeSearch: false }}>
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <main id="content" tabIndex={-1}>
        <NetworkBanner />
        <DraftOwner.Provider value={me.acting.id}>
          {!isHere(me, pathname) ? (
            <NotHerePage isNode={me.isNode} />
          ) : maySee(me, needed) ? (
            children
          ) : (
            <NoPermissionPage acting={me.acting} />
          )}
        </DraftOwner.Provider>
      </main>
    </div>
  )
}

function ActingAs({ me }: { me: Me }) {
  const id = useId()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const words = (membership: Me['acting']) => `${membership.organisationName} · ${membership.roleTitle}`
  if (me.memberships.length < 2) return <span>{words(me.acting)}</span>
  return (
    <span className="desk-acting">
      <label htmlFor={id}>当前身份</label>
      <Select
        id={id}
        value={me.acting.id}
        popupMatchSelectWidth={false}
        options={me.memberships.map((membership) => ({ value: membership.id, label: words(membership) }))}
        onChange={(membershipId) => {
          setActingAs(membershipId)
          void navigate({ to: '/' }).then(() => queries.resetQueries())
        }}
      />
    </span>
  )
}

function SignOut() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const leave = async () => {
    try {
      const answer = await fetch('/api/auth/sign-out', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      if (!answer.ok) throw new Error(`sign-out answered ${answer.status}`)
    } catch {
      return setProblem({ kind: 'network', message: '没有退出成功，请检查网络后再点一次“退出”。' })
    }
    setActingAs(null)
    queries.clear()
    void navigate({ to: SIGN_IN })
  }
  return (
    <>
      <Button type="link" onClick={() => void leave()}>
        退出
      </Button>
      <Problem problem={problem} />
    </>
  )
}
