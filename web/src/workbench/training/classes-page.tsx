import { ActLink, choicesOf, Day, ListPage, StateOf, StateTag } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { CLASS_WORDS, LEVELS } from './words.ts'

/** 培训班: every class of the scope. */
export function ClassesPage() {
  const list = useList('training.list-classes')
  const manages = useMe().data?.permissions.includes('training.manage-classes')
  return (
    <ListPage
      title="培训班"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/training/classes/${row.id}`}
      searchHint="班级名称或编号"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(CLASS_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'flagged', label: '名称核查', choices: [{ value: 'true', label: '待核查' }] },
      ]}
      columns={[
        { title: '班级', render: (row) => row.name },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        ...(manages
          ? []
          : [{ title: '培训机构', render: (row: { organisation: string }) => row.organisation }]),
        { title: '职业等级', render: (row) => `${row.occupation} ${row.level}` },
        {
          title: '培训日期',
          render: (row) => <span className="num">{`${row.startsOn} 至 ${row.endsOn}`}</span>,
        },
        { title: '人数', right: true, render: (row) => `${headCount(row)} / ${row.capacity}` },
        {
          title: '状态',
          render: (row) => (
            <>
              <StateOf state={row.state} of={CLASS_WORDS} />{' '}
              {row.nameReview === 'open' ? <StateTag tone="waiting">名称待核查</StateTag> : null}
            </>
          ),
        },
        {
          title: '报告期限',
          render: (row) => (row.reportState === 'received' ? '已接收' : <Day on={row.reportDueOn} />),
        },
      ]}
      onExport={() => saveFile('training.export-classes', list.values as never)}
      acts={
        manages ? (
          <ActLink to="/training/classes/new" main>
            新建培训班
          </ActLink>
        ) : null
      }
      empty={manages ? '还没有培训班。计划备案完成后即可建班。' : '管理范围内还没有培训班。'}
    />
  )
}

function headCount(row: { registered: number; admitted: number; completed: number; failed: number }): number {
  return row.registered + row.admitted + row.completed + row.failed
}
