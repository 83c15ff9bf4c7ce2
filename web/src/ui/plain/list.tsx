import { type ReactNode, useEffect, useId, useState } from 'react'
import type { ListState } from '../hooks.ts'
import { Button } from './button.tsx'
import { EmptyState, Loading, Problem } from './notice.tsx'

export function SearchBox(props: {
  label: string
  value: string
  onSearch: (text: string) => void
  hint?: string
}) {
  const [text, setText] = useState(props.value)
  const id = useId()
  useEffect(() => setText(props.value), [props.value])
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onSearch(text.trim())
        }}
      >
        <label className="field-label" htmlFor={id}>
          {props.label}
        </label>
        <div className="search">
          <input
            id={id}
            className="input"
            type="search"
            value={text}
            placeholder={props.hint}
            maxLength={100}
            onChange={(event) => setText(event.target.value)}
          />
          <Button submit weight="main">
            搜索
          </Button>
        </div>
      </form>
    </search>
  )
}

export function Pager(props: { page: number; size: number; total: number; onPage: (page: number) => void }) {
  const last = Math.max(1, Math.ceil(props.total / props.size))
  if (last <= 1) return null
  return (
    <nav className="pager" aria-label="翻页">
      <Button
        onPress={() => props.onPage(props.page - 1)}
        {...(props.page <= 1 ? { because: '已是第一页' } : {})}
      >
        上一页
      </Button>
      <span className="num">
        第 {props.page} 页，共 {last} 页
      </span>
      <Button
        onPress={() => props.onPage(props.page + 1)}
        {...(props.page >= last ? { because: '已是最后一页' } : {})}
      >
        下一页
      </Button>
    </nav>
  )
}

/**
 * A public list: search, filters (as children of `filters`), count said aloud, rows as cards, pages, and what to do
 * when nothing is there. `list` comes from `useList`.
 */
export function CardList<Row>(props: {
  list: ListState<Row>
  searchLabel?: string
  searchHint?: string
  filters?: ReactNode
  row: (row: Row) => ReactNode
  rowKey: (row: Row) => string
  empty: ReactNode
  emptyAct?: ReactNode
}) {
  const { list } = props
  return (
    <>
      {props.searchLabel ? (
        <SearchBox
          label={props.searchLabel}
          value={list.values.q ?? ''}
          onSearch={(text) => list.set('q', text)}
          {...(props.searchHint ? { hint: props.searchHint } : {})}
        />
      ) : null}
      {props.filters ? <div className="filters">{props.filters}</div> : null}
      <p className="count" role="status">
        {list.loading || list.problem ? '' : `共 ${list.total} 条`}
      </p>
      <Problem problem={list.problem} retry={list.retry} />
      {list.loading && list.rows.length === 0 ? <Loading /> : null}
      {!list.loading && !list.problem && list.total === 0 ? (
        <EmptyState act={props.emptyAct}>{props.empty}</EmptyState>
      ) : null}
      {list.rows.map((row) => (
        <div key={props.rowKey(row)}>{props.row(row)}</div>
      ))}
      <Pager page={list.page} size={list.size} total={list.total} onPage={list.setPage} />
    </>
  )
}
