import './training.css'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ListTable, Loaded, Masked, StateTag, Unverified, useParam } from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useList } from '../api.ts'
import { ClassPart } from './class-nav.tsx'
import { type ClassRecord, HOUR_KINDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'training.list-hours'>['rows'][number]
type Kind = keyof typeof HOUR_KINDS
const KINDS = Object.keys(HOUR_KINDS) as Kind[]

/** 学时: every learner by kind against the filed plan. */
export function HoursPage() {
  const query = useApiQuery('training.read-class', { classId: useParam('id') })
  return <Loaded query={query}>{(one) => <Hours one={one} />}</Loaded>
}

function Hours({ one }: { one: ClassRecord }) {
  const list = useList('training.list-hours', { classId: one.id }, { size: 50 })
  const { standardHours } = one
  return (
    <ClassPart
      classId={one.id}
      className={one.name}
      title="学时"
      lead={
        <>
          各类学时须分别达到备案计划，不能相互抵充。一学时 {one.standardHourMinutes} 分钟，标准学时{' '}
          {standardHours.value === null ? (
            <Unverified />
          ) : standardHours.verified ? (
            standardHours.value
          ) : (
            <Unverified>{standardHours.value}</Unverified>
          )}
          。
        </>
      }
    >
      <ListTable<Row>
        label="学时"
        list={list}
        rowKey={(row) => row.enrolmentId}
        rowLink={(row) => `/training/enrolments/${row.enrolmentId}`}
        searchHint="姓名"
        columns={[
          { title: '姓名', render: (row) => row.name },
          { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
          ...KINDS.map((kind) => ({
            title: `${HOUR_KINDS[kind]}（计划 ${one.plannedHours[kind]}）`,
            right: true,
            render: (row: Row) => (
              <span className={row.hours[kind] < one.plannedHours[kind] ? 'hours-short' : ''}>
                {row.hours[kind]}
              </span>
            ),
          })),
          { title: `合计（计划 ${one.hours.planned}）`, right: true, render: (row) => row.total },
          {
            title: '达到计划',
            render: (row) =>
              row.enough ? (
                <StateTag tone="done">已达到</StateTag>
              ) : (
                <StateTag tone="waiting">还不足</StateTag>
              ),
          },
        ]}
        onExport={() =>
          saveFile('training.export-hours', {
            classId: one.id,
            ...(list.values.q ? { q: list.values.q } : {}),
          })
        }
        empty="还没有录取学员，暂无学时。"
      />
    </ClassPart>
  )
}
