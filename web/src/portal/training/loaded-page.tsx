import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiFailure } from '../../ui/api.ts'
import { Loaded, Page } from '../../ui/plain/index.ts'

/** A page named by the record it reads; while it is not there, or is nobody's, it has a name and a way back all the same. */
export function LoadedPage<T>(props: {
  query: UseQueryResult<T, ApiFailure>
  title: string
  back: { to: string; label: string }
  children: (record: T) => ReactNode
}) {
  const { query } = props
  if (query.data !== undefined) return props.children(query.data)
  return (
    <Page title={props.title} back={props.back}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  )
}
