import './supervision.css'
import { Link, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { type ReactNode, useId, useMemo } from 'react'
import type { WorkbenchApi } from '../../../../server/src/http/workbench.ts'
import type { OutputOf } from '../../ui/api.ts'
import {
  ActLink,
  Chart,
  ClauseTag,
  DeskPage,
  Figures,
  Group,
  Instant,
  Loaded,
  Nothing,
  useAddressSearch,
} from '../../ui/desk/index.ts'
import { count } from '../../ui/format.ts'
import { useApiQuery } from '../api.ts'
import { useMe } from '../shell/me.ts'

type Overview = OutputOf<WorkbenchApi, 'supervision.overview'>
const YEARS = Array.from({ length: 8 }, (_, index) => 2023 + index)
const LEVELS = ['初级', '中级', '高级'] as const
const thisYear = () => new Date().getFullYear()

/** Target against actuals, the funnel, and the cells by city, occupation and level; every figure opens its people. */
export function OverviewPage() {
  const search = useAddressSearch()
  const year = Number(search.year) || thisYear()
  const query = useApiQuery('supervision.overview', {
    year,
    ...(search.cityCode ? { cityCode: search.cityCode } : {}),
    ...(search.occupationId ? { occupationId: search.occupationId } : {}),
    ...(LEVELS.find((level) => level === search.level) ? { level: search.level as '初级' } : {}),
  })
  return (
    <DeskPage
      title="目标与完成情况"
      lead={
        <>
          按培训、评价机构所在市州统计，只含您有权查看的范围。 <ClauseTag id="HB-1" />
        </>
      }
      acts={<ActLink to="/numbers/targets">年度目标及沿革</ActLink>}
    >
      <Loaded query={query}>{(overview) => <Body overview={overview} search={search} year={year} />}</Loaded>
    </DeskPage>
  )
}

function Body(props: { overview: Overview; search: Record<string, string>; year: number }) {
  const { overview, search } = props
  const passOn = Object.fromEntries(
    Object.entries({ ...search, year: String(props.year) }).filter(([name]) => name !== 'stage'),
  )
  const { target } = overview
  const share =
    target && target.people > 0 ? Math.round((overview.reached / target.people) * 1000) / 10 : null
  const counted = (
    <>
      培养人数=当年取得培训合格证书的人数，同一人只计一次；撤销的不计。统计于{' '}
      <Instant at={overview.countedAt} />。
    </>
  )
  return (
    <>
      <Filters overview={overview} search={search} year={props.year} />
      <Figures
        items={[
          {
            label: target
              ? `${props.year} 年目标（${target.origin === 'notice' ? '通知所定' : '本省设定'}）`
              : '未设目标',
            value: target ? count(target.people) : <Nothing />,
            to: '/numbers/targets',
            search: { year: String(props.year) },
          },
          {
            label: '已培养',
            value: count(overview.reached),
            to: '/numbers/people',
            search: { ...passOn, stage: 'trained' },
          },
          { label: '完成比例', value: share === null ? <Nothing /> : `${share}%` },
          {
            label: '取得等级证书',
            value: overview.funnel.find((one) => one.stage === 'certified')?.people ?? 0,
            to: '/numbers/people',
            search: { ...passOn, stage: 'certified' },
          },
        ]}
      />
      <div className="two-columns">
        <FunnelChart overview={overview} passOn={passOn} counted={counted} />
        <MonthsChart overview={overview} counted={counted} />
      </div>
      {overview.cities.length > 0 ? <Cities overview={overview} passOn={passOn} /> : null}
      <Cells overview={overview} passOn={passOn} />
    </>
  )
}

function Filters(props: { overview: Overview; search: Record<string, string>; year: number }) {
  const navigate = useNavigate()
  const me = useMe()
  const set = (name: string, value: string | undefined) =>
    void navigate({ to: '.', search: { ...props.search, [name]: value } as never, replace: true })
  const occupations = unique(props.overview.cells.map((one) => [one.occupationId, one.occupationName]))
  const cities = props.overview.cities.map((one) => ({ value: one.cityCode, label: one.cityName }))
  const isProvincial = me.data !== undefined && cities.length > 0
  return (
    <search className="list-bar no-print">
      <Choice
        label="年度"
        value={String(props.year)}
        options={YEARS.map((year) => ({ value: String(year), label: `${year} 年` }))}
        onChange={(value) => set('year', value)}
      />
      {isProvincial ? (
        <Choice
          label="市州"
          value={props.search.cityCode}
          options={cities}
          onChange={(value) => set('cityCode', value)}
        />
      ) : null}
      <Choice
        label="职业"
        value={props.search.occupationId}
        options={occupations}
        onChange={(value) => set('occupationId', value)}
      />
      <Choice
        label="等级"
        value={props.search.level}
        options={LEVELS.map((level) => ({ value: level, label: level }))}
        onChange={(value) => set('level', value)}
      />
    </search>
  )
}

function Choice(props: {
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{props.label}</label>
      <Select
        id={id}
        style={{ minWidth: 150 }}
        allowClear={props.label !== '年度'}
        placeholder="全部"
        value={props.value ?? null}
        options={props.options}
        onChange={(value) => props.onChange(value ?? undefined)}
      />
    </div>
  )
}

function FunnelChart(props: { overview: Overview; passOn: Record<string, string>; counted: ReactNode }) {
  const navigate = useNavigate()
  const { funnel } = props.overview
  const option = useMemo(
    () => ({
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: funnel.map((one) => one.name),
        axisTick: { show: false },
      },
      series: [
        {
          type: 'bar',
          name: '人数',
          data: funnel.map((one) => one.people),
          label: { show: true, position: 'right' },
          barMaxWidth: 22,
        },
      ],
    }),
    [funnel],
  )
  return (
    <Chart
      title="从报名到证书（人）"
      option={option}
      data={{ columns: ['环节', '人数'], rows: funnel.map((one) => [one.name, one.people]) }}
      counted={props.counted}
      onPick={(name) => {
        const stage = funnel.find((one) => one.name === name)?.stage
        if (stage) void navigate({ to: '/numbers/people', search: { ...props.passOn, stage } as never })
      }}
    />
  )
}

function MonthsChart(props: { overview: Overview; counted: ReactNode }) {
  const { months } = props.overview
  const option = useMemo(
    () => ({
      xAxis: { type: 'category', data: months.map((_, index) => `${index + 1} 月`) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [{ type: 'bar', name: '培养人数', data: months, barMaxWidth: 28 }],
    }),
    [months],
  )
  return (
    <Chart
      title="各月培养人数（人）"
      option={option}
      data={{ columns: ['月份', '人数'], rows: months.map((people, index) => [`${index + 1} 月`, people]) }}
      counted={props.counted}
    />
  )
}

function Cities(props: { overview: Overview; passOn: Record<string, string> }) {
  const shown = props.overview.cities.filter((one) => one.target !== null || one.reached > 0)
  if (shown.length === 0) return null
  return (
    <Group title="各市州">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">市州</th>
            <th scope="col">目标</th>
            <th scope="col">已培养</th>
            <th scope="col">完成比例</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((city) => (
            <tr key={city.cityCode}>
              <td>{city.cityName}</td>
              <td>{city.target ?? <Nothing />}</td>
              <td>
                <PeopleLink
                  people={city.reached}
                  search={{ ...props.passOn, cityCode: city.cityCode, stage: 'trained' }}
                />
              </td>
              <td>
                {city.target ? `${Math.round((city.reached / city.target) * 1000) / 10}%` : <Nothing />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  )
}

function Cells(props: { overview: Overview; passOn: Record<string, string> }) {
  const { cells, funnel } = props.overview
  const rows = unique(
    cells.map((one) => [
      `${one.cityCode}|${one.occupationId}|${one.level}`,
      `${one.cityName ?? '省直'}|${one.occupationName}|${one.level}`,
    ]),
  )
  if (rows.length === 0) {
    return <p className="desk-lead">所选范围内还没有记录。有人报名后，这里按市州、职业、等级列出人数。</p>
  }
  return (
    <Group title="按市州、职业、等级">
      <div className="scroll-x">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">市州</th>
              <th scope="col">职业</th>
              <th scope="col">等级</th>
              {funnel.map((one) => (
                <th key={one.stage} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ value, label }) => {
              const [cityCode = '', occupationId = '', level = ''] = value.split('|')
              const names = label.split('|')
              return (
                <tr key={value}>
                  {names.map((name) => (
                    <td key={name}>{name}</td>
                  ))}
                  {funnel.map(({ stage }) => (
                    <td key={stage}>
                      <PeopleLink
                        people={
                          cells.find(
                            (one) =>
                              `${one.cityCode}|${one.occupationId}|${one.level}` === value &&
                              one.stage === stage,
                          )?.people ?? 0
                        }
                        search={{ ...props.passOn, cityCode, occupationId, level, stage }}
                      />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Group>
  )
}

function PeopleLink({ people, search }: { people: number; search: Record<string, string> }) {
  const me = useMe()
  const may = me.data?.permissions?.includes('supervision.read-people') ?? false
  if (people === 0) return <Nothing />
  if (!may) return <>{people}</>
  return (
    <Link to="/numbers/people" search={search as never}>
      {people}
    </Link>
  )
}

function unique(pairs: string[][]): { value: string; label: string }[] {
  return [...new Map(pairs.map(([value = '', label = '']) => [value, label]))].map(([value, label]) => ({
    value,
    label,
  }))
}
