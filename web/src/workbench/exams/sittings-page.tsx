import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActLink, choicesOf, Day, ListPage, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { LEVELS, SITTING_WORDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'exams.list-sittings'>['rows'][number]

/** 考核场次: an institution's own, a city's and a province's to look at. */
export function SittingsPage() {
  const list = useList('exams.list-sittings')
  const plans = useMe().data?.permissions.includes('sittings.plan')
  return (
    <ListPage<Row>
      title="考核场次"
      lead="理论知识考试与专业能力考核均合格者，方可颁发专业技术等级证书。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.title}
      rowLink={(row) => `/exams/sittings/${row.id}`}
      searchHint="场次编号、名称或地点"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(SITTING_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'startsFrom', label: '考核不早于' },
        { name: 'startsTo', label: '考核不晚于' },
      ]}
      columns={[
        { title: '场次', render: (row) => row.title },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '评价机构', render: (row) => row.organisation },
        {
          title: '职业与等级',
          render: (row) => [row.occupationName, row.direction, row.level].filter(Boolean).join(' · '),
        },
        { title: '地点', render: (row) => `${row.cityName} ${row.venue}` },
        { title: '日期', render: (row) => <Day on={row.startsAt} /> },
        { title: '状态', render: (row) => <StateOf state={row.state} of={SITTING_WORDS} /> },
        { title: '考生', render: (row) => row.candidates, right: true },
        { title: '合格', render: (row) => (row.publishedAt ? row.passed : ''), right: true },
      ]}
      acts={
        plans ? (
          <ActLink to="/exams/sittings/new" main>
            安排考核
          </ActLink>
        ) : undefined
      }
      onExport={() => saveFile('exams.export-sittings', list.values)}
      empty={
        plans
          ? '还没有考核场次。有已确认资格的考生后，点“安排考核”。'
          : '还没有考核场次。评价机构安排考核后在此出现。'
      }
    />
  )
}
