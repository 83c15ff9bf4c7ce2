import { useNavigate } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { DeskPage, ListTable, Loaded, Notice, useParam } from '../../ui/desk/index.ts'
import { useApiQuery, useCommand, useList } from '../api.ts'
import { columns, type DeclarationRow } from './declarations-page.tsx'

type Assigned = OutputOf<WorkbenchApi, 'exams.assign-candidates'>

/** 编排考生: qualified declarations of this sitting's occupation and level, chosen in bulk. */
export function AssignPage() {
  const sittingId = useParam('id')
  const navigate = useNavigate()
  const sitting = useApiQuery('exams.read-sitting', { sittingId })
  const list = useList('exams.list-declarations', { forSittingId: sittingId }, { size: 100 })
  const [outcome, setOutcome] = useState<Assigned | null>(null)
  const assign = useCommand('exams.assign-candidates', {
    onDone: (done) => {
      if (done.exceptions.length > 0) setOutcome(done)
      else void navigate({ to: `/exams/sittings/${sittingId}` })
    },
  })
  return (
    <Loaded query={sitting}>
      {(one) => (
        <DeskPage
          title="编排考生"
          back={{ to: `/exams/sittings/${sittingId}`, label: one.title }}
          lead={`${one.occupationName} ${one.level}，最多 ${one.capacity} 人，还可编入 ${one.capacity - one.candidates} 人。`}
        >
          <ListTable<DeclarationRow>
            label="可编入的考生"
            list={list}
            rowKey={(row) => row.id}
            rowName={(row) => row.personName}
            rowLink={(row) => `/exams/declarations/${row.id}`}
            searchHint="姓名、申报编号或批次"
            columns={[
              columns.name,
              columns.what,
              columns.training,
              columns.number,
              columns.idNumber,
              { title: '考核', render: (row) => (row.result ? '补考' : '首次') },
            ]}
            bulk={[
              {
                label: '编入本场',
                preview: (rows) => (
                  <>
                    {rows.length > one.capacity - one.candidates ? (
                      <Notice tone="waiting">超出本场剩余名额，不能全部编入。</Notice>
                    ) : null}
                    <p>将编入 {rows.length} 人并生成准考证号。</p>
                  </>
                ),
                run: (rows) => assign.run({ sittingId, declarationIds: rows.map((row) => row.id) }),
              },
            ]}
            empty="没有可编入的考生：需已确认资格、职业等级一致，且没有其他未出结果的考核。"
          />
          <Modal
            open={outcome !== null}
            title="部分考生未能编入"
            okText="回到场次"
            cancelText="继续编排"
            onCancel={() => setOutcome(null)}
            onOk={() => void navigate({ to: `/exams/sittings/${sittingId}` })}
          >
            <p>已编入 {outcome?.assigned ?? 0} 人，以下未编入：</p>
            <ul>
              {outcome?.exceptions.map((each) => (
                <li key={each.declarationId}>
                  {each.personName} {each.refusal.message}
                </li>
              ))}
            </ul>
          </Modal>
        </DeskPage>
      )}
    </Loaded>
  )
}
