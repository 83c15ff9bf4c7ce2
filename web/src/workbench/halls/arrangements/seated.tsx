import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { Group, ListTable, Masked, StateTag } from '../../../ui/desk/index.ts'
import { saveFile, useList } from '../../api.ts'
import type { Arrangement } from './arrangement-page.tsx'

type Row = OutputOf<WorkbenchApi, 'halls.list-seated'>['rows'][number]

/** Everybody of the sitting with hall, seat and form; who has no seat comes first. */
export function Seated({ one }: { one: Arrangement }) {
  const list = useList('halls.list-seated', { sittingId: one.sittingId })
  return (
    <Group title={`座次（${one.seated} / ${one.candidates} 人）`}>
      <ListTable<Row>
        label="座次"
        list={list}
        rowKey={(row) => row.candidateId}
        rowName={(row) => row.personName}
        searchHint="姓名或准考证号"
        filters={[
          {
            name: 'hallId',
            label: '考场',
            choices: one.halls.map((hall) => ({ value: hall.hallId, label: hall.hall })),
          },
        ]}
        columns={[
          { title: '姓名', render: (row) => row.personName },
          { title: '准考证号', render: (row) => <span className="num">{row.ticketNumber}</span> },
          { title: '考场', render: (row) => row.hall ?? <StateTag tone="idle">未排座</StateTag> },
          {
            title: '考位',
            render: (row) => (
              <>
                <strong className="num">{row.seat}</strong>{' '}
                {row.seatState === 'broken' ? <StateTag tone="refused">已损坏</StateTag> : null}
              </>
            ),
          },
          { title: '卷型', render: (row) => row.form },
          { title: '延长', render: (row) => (row.extraMinutes > 0 ? `${row.extraMinutes} 分钟` : '') },
          { title: '照片', render: (row) => (row.hasPhoto ? '已登记' : '未登记') },
          { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
          { title: '培训机构', render: (row) => row.trainingOrganisation },
        ]}
        onExport={() => saveFile('halls.export-seated', { ...list.values, sittingId: one.sittingId })}
        empty="还没有考生。请先在考核场次中编排考生。"
      />
    </Group>
  )
}
