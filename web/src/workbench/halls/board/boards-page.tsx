import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { choicesOf, ListPage, Nothing, StateOf, StateTag } from '../../../ui/desk/index.ts'
import { instant } from '../../../ui/format.ts'
import { useList } from '../../api.ts'
import { ROLE_WORDS } from '../words.ts'
import { HALL_WORDS } from './words.ts'

const AT_ONCE = 6
const READ_EVERY_MS = 10_000

export function BoardsPage() {
  const list = useList('halls.list-boards')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string[]>([])
  const { retry } = list
  useEffect(() => {
    const timer = setInterval(() => document.hidden || retry(), READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [retry])
  const placeOf = (row: (typeof list.rows)[number]) => `${row.sittingId}.${row.hallId}.${row.part}`
  return (
    <ListPage
      title="监考"
      lead="先列您监考的考场，再列您范围内正在进行和即将开始的考场，最急的在前。"
      list={list}
      rowKey={placeOf}
      rowLink={(row) => `/halls/boards/${row.sittingId}/${row.hallId}/${row.part}`}
      isUrgent={(row) => row.urgentAlerts > 0}
      searchHint="考试、考点、考场或机构"
      filters={[
        { name: 'state', label: '考场状态', choices: choicesOf(HALL_WORDS) },
        { name: 'mine', label: '范围', choices: [{ value: '1', label: '只看我监考的' }] },
      ]}
      acts={
        <span className="act">
          <Button
            disabled={chosen.length === 0}
            aria-describedby="several-how"
            onClick={() =>
              void navigate({ to: '/halls/boards/several', search: { at: chosen.join() } as never })
            }
          >
            同时查看{chosen.length > 0 ? `（${chosen.length}）` : ''}
          </Button>
          <span className="act-reason" id="several-how">
            {chosen.length === 0
              ? `请先在各行勾选考场，一次最多 ${AT_ONCE} 个。`
              : chosen.length === AT_ONCE
                ? `已选满 ${AT_ONCE} 个。`
                : `还可再选 ${AT_ONCE - chosen.length} 个。`}
          </span>
        </span>
      }
      columns={[
        { title: '考场', render: (row) => `${row.site} · ${row.hall}` },
        {
          title: '考试',
          render: (row) => (
            <>
              {row.title}
              <br />
              <small className="board-grey">{row.organisation}</small>
            </>
          ),
        },
        { title: '状态', render: (row) => <StateOf state={row.state} of={HALL_WORDS} /> },
        { title: '我的职责', render: (row) => (row.role ? ROLE_WORDS[row.role] : <Nothing />) },
        {
          title: '提醒',
          render: (row) =>
            row.urgentAlerts > 0 ? (
              <StateTag tone="refused">{`紧急 ${row.urgentAlerts}，共 ${row.openAlerts}`}</StateTag>
            ) : row.openAlerts > 0 ? (
              <StateTag tone="waiting">{`待处理 ${row.openAlerts}`}</StateTag>
            ) : (
              <Nothing />
            ),
        },
        {
          title: '入场 / 答题 / 结束',
          render: (row) => (
            <span className="num">
              {row.admitted} / {row.started} / {row.closed}，共 {row.candidates} 人
            </span>
          ),
        },
        { title: '开考', render: (row) => <span className="num">{instant(row.startsAt)}</span> },
        {
          title: '同时查看',
          render: (row) => {
            const key = placeOf(row)
            const on = chosen.includes(key)
            return (
              <Checkbox
                aria-label={`同时查看 ${row.site} ${row.hall}`}
                checked={on}
                disabled={!on && chosen.length >= AT_ONCE}
                onChange={() => setChosen(on ? chosen.filter((one) => one !== key) : [...chosen, key])}
              />
            )
          },
        },
      ]}
      empty="目前没有正在进行或两天内开始的考场。编排完成、抽签公布后，考场会出现在这里。"
    />
  )
}
