import { Table, type TableProps, type TableRef } from 'antd'
import { useEffect, useRef } from 'react'

/**
 * A table that scrolls sideways where it has no room, also by the arrow keys: while it overflows it takes the focus,
 * whether or not a cell holds a link.
 */
export function WideTable<Row extends object>({ scroll = { x: 'max-content' }, ...props }: TableProps<Row>) {
  const ref = useRef<TableRef>(null)
  useEffect(() => {
    const region = ref.current?.nativeElement.querySelector('.ant-table-body, .ant-table-content')
    if (!region) return
    const watch = new ResizeObserver(() => {
      if (region.scrollWidth > region.clientWidth) region.setAttribute('tabindex', '0')
      else region.removeAttribute('tabindex')
    })
    watch.observe(region)
    for (const table of region.children) watch.observe(table)
    return () => watch.disconnect()
  })
  return <Table<Row> {...props} ref={ref} scroll={scroll} />
}
