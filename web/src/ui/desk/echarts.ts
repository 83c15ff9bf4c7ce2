import { BarChart, FunnelChart, LineChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  LineChart,
  FunnelChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
])

const base: EChartsCoreOption = {
  color: ['#1f4e8c', '#1e6b3a', '#8a5a00', '#5b6470', '#7b98c1'],
  textStyle: { fontFamily: 'PingFang SC, Microsoft YaHei, Noto Sans SC, sans-serif', color: '#1b1f24' },
  animation: false,
  aria: { enabled: true },
  tooltip: { trigger: 'item' },
  grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
}

export function draw(
  element: HTMLElement,
  title: string,
  option: EChartsCoreOption,
  onPick: (name: string, series: string) => void,
): () => void {
  const chart = init(element)
  chart.setOption({ ...base, ...option, aria: { enabled: true, label: { description: title } } })
  chart.on('click', (event) => onPick(String(event.name), String(event.seriesName ?? '')))
  const watcher = new ResizeObserver(() => chart.resize())
  watcher.observe(element)
  return () => {
    watcher.disconnect()
    chart.dispose()
  }
}
