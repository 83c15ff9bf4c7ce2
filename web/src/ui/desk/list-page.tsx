import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button, DatePicker, Input, Modal, Select, type TableColumnsType } from 'antd'
import dayjs from 'dayjs'
import { type Key, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { problemOf } from '../api.ts'
import type { ListState } from '../hooks.ts'
import { DeskPage } from './page.tsx'
import { Problem } from './problem.tsx'
import { WideTable } from './wide-table.tsx'

export interface Filter {
  /** Input field of the list's query. */
  name: string
  label: string
  /** Without choices the filter is a day. */
  choices?: readonly { value: string; label: string }[]
}

export interface Column<Row> {
  title: string
  render: (row: Row) => ReactNode
  width?: number
  /** Numbers and money. */
  right?: boolean
}

export interface BulkAct<Row> {
  label: string
  /** What will happen, shown before it does: exceptions first. */
  preview: (rows: Row[]) => ReactNode
  run: (rows: Row[]) => Promise<unknown>
  grave?: boolean
}

export interface ListProps<Row> {
  list: ListState<Row>
  rowKey: (row: Row) => string
  /** Names a row for its checkbox. */
  rowName?: (row: Row) => string
  columns: readonly Column<Row>[]
  /** Where a row leads; its first column becomes the link. */
  rowLink?: (row: Row) => string
  /** Overdue: a vermilion edge. */
  isUrgent?: (row: Row) => boolean
  searchHint?: string
  /** The two or three that matter first; the rest is folded. */
  filters?: readonly Filter[]
  bulk?: readonly BulkAct<Row>[]
  /** `() => saveFile('training.export-classes', list.values)` */
  onExport?: () => Promise<void>
  /** One sentence why nothing is here and what to do. */
  empty: ReactNode
  emptyAct?: ReactNode
}

const FILTERS_SHOWN = 3

/** A page that is a list. */
export function ListPage<Row extends object>(
  props: ListProps<Row> & { title: string; lead?: ReactNode; acts?: ReactNode; children?: ReactNode },
) {
  return (
    <DeskPage title={props.title} lead={props.lead} acts={props.acts}>
      {props.children}
      <ListTable {...props} label={props.title} />
    </DeskPage>
  )
}

/** The list alone, for a tab of a record. */
export function ListTable<Row extends object>(props: ListProps<Row> & { label: string }) {
  const { list } = props
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<Key[]>([])
  const chosenRows = list.rows.filter((row) => chosen.includes(props.rowKey(row)))
  const filtered = Object.keys(list.values).length > 0
  const place = useRef<HTMLElement>(null)
  // Wider than its window and without a link to land on: the keyboard still scrolls it.
  useEffect(() => {
    if (!props.rowLink) place.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0')
  })
  return (
    <section aria-label={props.label} ref={place}>
      <ListBar list={list} filters={props.filters ?? []} searchHint={props.searchHint} />
      <div className="list-count">
        <span role="status">{list.loading ? '正在读取…' : `共 ${list.total} 条`}</span>
        {props.bulk && chosenRows.length > 0 ? (
          <BulkBar acts={props.bulk} rows={chosenRows} onDone={() => setChosen([])} />
        ) : null}
        <span style={{ marginLeft: 'auto' }}>
          {props.onExport ? <ExportButton onExport={props.onExport} /> : null}
        </span>
      </div>
      <Problem problem={list.problem} retry={list.retry} />
      <WideTable<Row>
        className="list-table"
        size="middle"
        sticky
        rowKey={props.rowKey}
        dataSource={list.rows}
        loading={list.loading && list.rows.length > 0}
        columns={columnsOf(props)}
        rowClassName={(row) =>
          `${props.isUrgent?.(row) ? 'row-urgent' : ''} ${props.rowLink ? 'row-linked' : ''}`
        }
        onRow={(row) => ({
          onClick: (event) => {
            const isControl = (event.target as HTMLElement).closest('a,button,input,label')
            if (props.rowLink && !isControl) void navigate({ to: props.rowLink(row) })
          },
        })}
        {...(props.bulk
          ? {
              rowSelection: {
                selectedRowKeys: chosen,
                onChange: setChosen,
                getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }) as object,
                getCheckboxProps: (row: Row) =>
                  ({ 'aria-label': `选择 ${(props.rowName ?? props.rowKey)(row)}` }) as object,
              },
            }
          : {})}
        locale={{
          emptyText: (
            <div className="list-empty">
              {/* Nobody says that there is nothing before having looked. */}
              {list.loading ? null : filtered ? (
                <>
                  <p>没有符合条件的记录。</p>
                  <Button onClick={list.reset}>清除查询条件</Button>
                </>
              ) : (
                <>
                  <p>{props.empty}</p>
                  {props.emptyAct}
                </>
              )}
            </div>
          ),
        }}
        pagination={{
          current: list.page,
          pageSize: list.size,
          total: list.total,
          showSizeChanger: list.total > 20,
          pageSizeOptions: [20, 50, 100],
          hideOnSinglePage: list.total <= 20,
          onChange: list.setPage,
        }}
      />
    </section>
  )
}

function columnsOf<Row extends object>(props: ListProps<Row>): TableColumnsType<Row> {
  return props.columns.map((column, index) => ({
    key: column.title,
    title: column.title,
    ...(column.width ? { width: column.width } : {}),
    ...(column.right ? { align: 'right' as const } : {}),
    render: (_: unknown, row: Row) =>
      index === 0 && props.rowLink ? (
        <Link to={props.rowLink(row)}>{column.render(row)}</Link>
      ) : (
        column.render(row)
      ),
  }))
}

function ListBar(props: {
  list: ListState<never> | ListState<object>
  filters: readonly Filter[]
  searchHint: string | undefined
}) {
  const { list, filters } = props
  const folded = filters.slice(FILTERS_SHOWN)
  const [unfolded, setUnfolded] = useState(folded.some((filter) => list.values[filter.name]))
  const search = useId()
  if (filters.length === 0 && !props.searchHint) return null
  return (
    <search className="list-bar no-print">
      {props.searchHint ? (
        <div>
          <label htmlFor={search}>搜索</label>
          <Input.Search
            id={search}
            key={list.values.q ?? ''}
            defaultValue={list.values.q ?? ''}
            placeholder={props.searchHint}
            allowClear
            maxLength={100}
            style={{ width: 280 }}
            onSearch={(text) => list.set('q', text.trim())}
          />
        </div>
      ) : null}
      {(unfolded ? filters : filters.slice(0, FILTERS_SHOWN)).map((filter) => (
        <FilterControl
          key={filter.name}
          filter={filter}
          value={list.values[filter.name]}
          onChange={(value) => list.set(filter.name, value)}
        />
      ))}
      {folded.length > 0 ? (
        <Button type="link" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? '收起筛选' : `更多筛选（${folded.length}）`}
        </Button>
      ) : null}
      {Object.keys(list.values).length > 0 ? (
        <Button type="link" onClick={list.reset}>
          清除条件
        </Button>
      ) : null}
    </search>
  )
}

function FilterControl(props: {
  filter: Filter
  value: string | undefined
  onChange: (value?: string) => void
}) {
  const id = useId()
  const { filter, value } = props
  return (
    <div>
      <label htmlFor={id}>{filter.label}</label>
      {filter.choices ? (
        <Select
          id={id}
          style={{ minWidth: 140 }}
          allowClear
          placeholder="全部"
          value={value ?? null}
          options={[...filter.choices]}
          showSearch={filter.choices.length > 8 ? { optionFilterProp: 'label' } : false}
          onChange={(next) => props.onChange(next ?? undefined)}
        />
      ) : (
        <DatePicker
          id={id}
          value={value ? dayjs(value) : null}
          onChange={(next) => props.onChange(next ? next.format('YYYY-MM-DD') : undefined)}
        />
      )}
    </div>
  )
}

function BulkBar<Row>(props: { acts: readonly BulkAct<Row>[]; rows: Row[]; onDone: () => void }) {
  const [open, setOpen] = useState<BulkAct<Row> | null>(null)
  const [running, setRunning] = useState(false)
  return (
    <span className="list-bulk">
      已选 {props.rows.length} 条
      {props.acts.map((act) => (
        <Button key={act.label} danger={Boolean(act.grave)} onClick={() => setOpen(act)}>
          {act.label}
        </Button>
      ))}
      <Modal
        open={open !== null}
        title={open ? `${open.label}（${props.rows.length} 条）` : ''}
        okText={open?.label}
        cancelText="取消"
        confirmLoading={running}
        okButtonProps={{ danger: Boolean(open?.grave) }}
        onCancel={() => setOpen(null)}
        onOk={async () => {
          setRunning(true)
          try {
            await open?.run(props.rows)
            props.onDone()
            setOpen(null)
          } finally {
            setRunning(false)
          }
        }}
        destroyOnHidden
      >
        {open?.preview(props.rows)}
      </Modal>
    </span>
  )
}

/** Saves what the list shows as Excel. */
export function ExportButton({
  onExport,
  children = '导出 Excel',
}: {
  onExport: () => Promise<void>
  children?: string
}) {
  const [busy, setBusy] = useState(false)
  const { message } = App.useApp()
  return (
    <Button
      className="no-print"
      loading={busy}
      onClick={async () => {
        setBusy(true)
        try {
          await onExport()
        } catch (error) {
          void message.error(problemOf(error).message, 8)
        } finally {
          setBusy(false)
        }
      }}
    >
      {children}
    </Button>
  )
}
