import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskPage, Instant, ListTable, Nothing, Notice, StateTag, useParam } from '../../../ui/desk/index.ts'
import { saveFile, useApiQuery, useList } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import '../halls.css'

type Row = OutputOf<WorkbenchApi, 'halls.list-evidence'>['rows'][number]

/** Attempts of a sitting with what the camera saw in them; the ones to look at first. */
export function EvidenceListPage() {
  const sittingId = useParam('id')
  const list = useList('halls.list-evidence', { sittingId })
  return (
    <DeskPage
      title="考试画面"
      lead="随机抓拍与登记照片比对的结果只作提示，是否违纪由人判断。"
      back={{ to: `/halls/archives/${sittingId}`, label: '机考档案' }}
    >
      <Load sittingId={sittingId} />
      <ListTable<Row>
        label="考试画面"
        list={list}
        rowKey={(row) => row.attemptId}
        rowName={(row) => row.name}
        rowLink={(row) => `/halls/attempts/${row.attemptId}/evidence`}
        isUrgent={(row) => row.other > 0 || row.several > 0}
        searchHint="姓名或准考证号"
        filters={[
          { name: 'kept', label: '保全', choices: [{ value: 'yes', label: '保全中' }] },
          { name: 'flagged', label: '范围', choices: [{ value: 'yes', label: '有待看的' }] },
          {
            name: 'part',
            label: '科目',
            choices: Object.entries(PART_WORDS).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          { title: '考生', render: (row) => row.name },
          { title: '准考证号', render: (row) => row.ticketNumber },
          { title: '科目', render: (row) => PART_WORDS[row.part] },
          { title: '考位', render: (row) => [row.hall, row.seat].filter(Boolean).join(' ') },
          { title: '抓拍', render: (row) => row.captures, right: true },
          { title: '疑似他人', render: (row) => row.other, right: true },
          { title: '多人', render: (row) => row.several, right: true },
          { title: '无人', render: (row) => row.none, right: true },
          { title: '不确定', render: (row) => row.unsure, right: true },
          { title: '未比对', render: (row) => row.notCompared, right: true },
          { title: '录像段', render: (row) => row.segments, right: true },
          {
            title: '保全',
            render: (row) =>
              row.keeping.length > 0 ? (
                <>
                  <StateTag tone="waiting">保全中</StateTag>
                  <small className="keeping-why">{row.keeping.map((one) => one.words).join('、')}</small>
                </>
              ) : (
                <Nothing />
              ),
          },
          { title: '最后抓拍', render: (row) => <Instant at={row.lastAt} /> },
        ]}
        onExport={() => saveFile('halls.export-evidence', { sittingId })}
        empty="还没有抓拍和录像。考试开始后按规则随机抓拍。"
      />
    </DeskPage>
  )
}

function Load({ sittingId }: { sittingId: string }) {
  const query = useApiQuery('halls.list-evidence', { sittingId, size: 1 })
  const load = query.data?.load
  if (!load || (load.waiting === 0 && load.droppedRecently === 0)) return null
  return (
    <Notice tone="waiting">
      {load.waiting > 0 ? (
        <>
          {load.waiting} 张抓拍等待比对，最早一张 <Instant at={load.oldestAt} />。
        </>
      ) : null}
      {load.droppedRecently > 0
        ? `近 10 分钟有 ${load.droppedRecently} 张来不及比对，照片已保存，请人工查看。`
        : ''}
    </Notice>
  )
}
