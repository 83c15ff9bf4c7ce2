import type { UseQueryResult } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { type ApiFailure, type ApiProblem, type FieldProblem, problemOf } from '../api.ts'
import { ClauseTag } from './clause-tag.tsx'

/** Why a call failed: the refusal's own sentence with its clause, and what to do now. */
export function Problem({
  problem,
  retry,
}: {
  problem: ApiProblem | null
  retry?: (() => void) | undefined
}) {
  if (!problem) return null
  const clause = problem.kind === 'refusal' || problem.kind === 'not-found' ? problem.clause : null
  return (
    <div className={`problem ${problem.kind === 'signed-out' ? 'problem-waiting' : ''}`} role="alert">
      <p>
        {problem.message} {clause ? <ClauseTag id={clause} /> : null}
      </p>
      {problem.kind === 'problems' ? <FieldProblems problems={problem.problems} /> : null}
      {problem.kind === 'signed-out' ? <SignInLink /> : null}
      {retry && (problem.kind === 'network' || problem.kind === 'server') ? (
        <Button onClick={retry}>重试</Button>
      ) : null}
    </div>
  )
}

/** What is wrong in a dialog, whose fields do not say it themselves; a form has its `ErrorSummary`. */
function FieldProblems({ problems }: { problems: readonly FieldProblem[] }) {
  const said = [...new Set(problems.filter((one) => one.path !== '').map((one) => one.message))]
  return said.length === 0 ? null : (
    <ul>
      {said.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  )
}

function SignInLink() {
  const next = useRouterState({ select: (state) => state.location.href })
  return (
    <Link to="/sign-in" search={{ next } as never}>
      去登录
    </Link>
  )
}

/** Something to know; `done` after an act, `waiting` when a person is needed. */
export function Notice({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'done' | 'waiting'
  children: ReactNode
}) {
  return (
    <div className={`notice notice-${tone}`} role="status">
      {children}
    </div>
  )
}

/** A query's three ends: waiting, failed (with what to do), there. */
export function Loaded<T>(props: { query: UseQueryResult<T, ApiFailure>; children: (data: T) => ReactNode }) {
  const { query } = props
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (query.isError) {
    return (
      <div className="desk-page">
        <Problem problem={problemOf(query.error)} retry={() => void query.refetch()} />
      </div>
    )
  }
  return (
    <div className="desk-page" role="status" aria-label="正在读取">
      <Skeleton active title paragraph={{ rows: 6 }} />
    </div>
  )
}

/** Ant Design's own ids for the fields of the form named `field`. */
export const fieldId = (path: string) => `field_${path.replaceAll('.', '_')}`

/** All errors of a form on top, each a link to its field. Takes the focus when it appears. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null)
  const said = problems.map((one) => one.path + one.message).join()
  useEffect(() => {
    if (said) box.current?.focus()
  }, [said])
  if (problems.length === 0) return null
  return (
    <div ref={box} tabIndex={-1} className="problem" role="alert">
      <p>
        <strong>有 {problems.length} 处需要改正</strong>
      </p>
      <ul>
        {problems.map((one) => (
          <li key={one.path + one.message}>
            {one.path ? (
              <a
                href={`#${fieldId(one.path)}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(fieldId(one.path))?.focus()
                }}
              >
                {one.message}
              </a>
            ) : (
              one.message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
