import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { type ApiFailure, type ApiProblem, type FieldProblem, problemOf } from '../api.ts'
import { Button } from './button.tsx'
import { ClauseTap } from './clause-tap.tsx'
import { fieldId } from './field.tsx'

type NoticeTone = 'info' | 'done' | 'waiting' | 'refused'

/** Something to know. `refused` interrupts a screen reader, the others wait their turn. */
export function Notice(props: { tone?: NoticeTone; title?: string; children?: ReactNode }) {
  const tone = props.tone ?? 'info'
  return (
    <div className={`notice notice-${tone}`} role={tone === 'refused' ? 'alert' : 'status'}>
      {props.title ? <p className="notice-title">{props.title}</p> : null}
      {props.children}
    </div>
  )
}

/** Why a call failed: the refusal's own sentence and its clause, and what to do now. */
export function Problem({ problem, retry }: { problem: ApiProblem | null; retry?: () => void }) {
  if (!problem) return null
  const clause = problem.kind === 'refusal' || problem.kind === 'not-found' ? problem.clause : null
  return (
    <Notice tone={problem.kind === 'signed-out' ? 'waiting' : 'refused'}>
      <p>{problem.message}</p>
      {clause ? (
        <p>
          依据：
          <ClauseTap id={clause} />
        </p>
      ) : null}
      {problem.kind === 'signed-out' ? (
        <p>
          <Link to="/sign-in" search={{ next: location.pathname + location.search } as never}>
            去登录
          </Link>
        </p>
      ) : null}
      {retry && (problem.kind === 'network' || problem.kind === 'server') ? (
        <Button onPress={retry}>重试</Button>
      ) : null}
    </Notice>
  )
}

/** A query's three ends: waiting, failed (with what to do), there. */
export function Loaded<T>(props: { query: UseQueryResult<T, ApiFailure>; children: (data: T) => ReactNode }) {
  const { query } = props
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (query.isError) return <Problem problem={problemOf(query.error)} retry={() => void query.refetch()} />
  return <Loading />
}

export function Loading() {
  return (
    <p className="loading" role="status">
      正在读取…
    </p>
  )
}

/** Why nothing is here, and what to do. */
export function EmptyState({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {act}
    </div>
  )
}

/** All errors of a form on top, each a link to its field. Takes the focus when it appears. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null)
  const said = problems.map((one) => one.path + one.message).join()
  useEffect(() => {
    if (said) box.current?.focus()
  }, [said])
  if (problems.length === 0) return null
  return (
    <div ref={box} tabIndex={-1} className="notice notice-refused" role="alert">
      <p className="notice-title">有 {problems.length} 处需要改正</p>
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
