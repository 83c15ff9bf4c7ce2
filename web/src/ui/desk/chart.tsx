import { Button } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'

export interface ChartData {
  columns: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

/**
 * A figure with its title, when and how it was counted, and the same numbers as a table. ECharts is fetched only
 * when the first chart is drawn.
 */
export function Chart(props: {
  title: string
  option: EChartsCoreOption
  data: ChartData
  /** 统计口径与截止时间 */
  counted: ReactNode
  height?: number
  /** The people or cases behind a figure. */
  onPick?: (name: string, series: string) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  const pick = useRef(props.onPick)
  pick.current = props.onPick
  const { option, title } = props
  useEffect(() => {
    const element = box.current
    if (!element || asTable) return
    let gone = false
    let dispose = () => {}
    void import('./echarts.ts').then(({ draw }) => {
      if (!gone) dispose = draw(element, title, option, (name, series) => pick.current?.(name, series))
    })
    return () => {
      gone = true
      dispose()
    }
  }, [option, asTable, title])
  return (
    <figure className="chart">
      <figcaption>
        <strong>{props.title}</strong>
        <Button size="small" aria-pressed={asTable} className="no-print" onClick={() => setAsTable(!asTable)}>
          {asTable ? '看图' : '看数据'}
        </Button>
      </figcaption>
      {asTable ? (
        <table className="data-table">
          <thead>
            <tr>
              {props.data.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.data.rows.map((row) => (
              <tr key={String(row[0])}>
                {row.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a row never move
                  <td key={index}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div ref={box} style={{ height: props.height ?? 280 }} />
      )}
      <p className="chart-source">{props.counted}</p>
    </figure>
  )
}
