import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ActLink, choicesOf, Instant, ListPage, StateOf } from '../../../ui/desk/index.ts'
import { saveFile, useList } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { FAMILY_WORDS } from '../words.ts'

type Row = OutputOf<WorkbenchApi, 'halls.list-families'>['rows'][number]

export function FamiliesPage() {
  const list = useList('halls.list-families')
  const runs = useMe().data?.permissions.includes('families.run')
  return (
    <ListPage<Row>
      title="统考联考"
      lead="标准、命题、阅卷、考务、证书标识五统一，多家机构、多个考点同时考，一次抽签。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.title}
      rowLink={(row) => `/halls/families/${row.id}`}
      searchHint="统考名称或编号"
      filters={[{ name: 'state', label: '状态', choices: choicesOf(FAMILY_WORDS) }]}
      columns={[
        { title: '统考', render: (row) => row.title },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '职业', render: (row) => `${row.occupationName} ${row.level}` },
        { title: '理论开始', render: (row) => <Instant at={row.theoryStartsAt} /> },
        { title: '参加机构', render: (row) => `${row.accepted} / ${row.members}`, right: true },
        { title: '场次', render: (row) => row.sittings, right: true },
        { title: '考生', render: (row) => row.candidates, right: true },
        { title: '状态', render: (row) => <StateOf state={row.state} of={FAMILY_WORDS} /> },
      ]}
      onExport={() => saveFile('halls.export-families', list.values)}
      acts={
        runs ? (
          <ActLink to="/halls/families/new" main>
            起草统考
          </ActLink>
        ) : null
      }
      empty="还没有统考。省级起草并邀请评价机构后，会列在这里。"
    />
  )
}
