import { useNavigate } from '@tanstack/react-router'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { choicesOf, Day, type Filter, ListPage, Nothing, Problem, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useCommand, useList } from '../api.ts'
import { FILING_STATES, LEVELS, OFFICE_STATES, useMay } from './words.tsx'

/** 备案 for who trains, 考核方案商定 for who assesses, 备案受理 for city and province: one list, by the reader's role. */
export function FilingsPage() {
  const list = useList('institutions.list-filings')
  const may = useMay()
  const [writes, agrees, receives] = [may('filing.write'), may('filing.agree'), may('filing.receive')]
  const receive = useReceiving()
  const title = agrees ? '考核方案商定' : receives ? '备案受理' : '备案'
  const waits: Filter[] =
    agrees || receives
      ? [{ name: 'waiting', label: '办理', choices: [{ value: 'mine', label: '待我单位办理' }] }]
      : []
  return (
    <ListPage
      title={title}
      lead="培训计划和方案、考核计划和方案，省、市均受理后方可实施。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.title}
      rowLink={(row) => `/institutions/filings/${row.id}`}
      searchHint="计划名称、编号或机构"
      filters={[
        ...waits,
        { name: 'state', label: '状态', choices: choicesOf(FILING_STATES) },
        { name: 'level', label: '等级', choices: LEVELS },
      ]}
      columns={[
        { title: '计划名称', render: (row) => row.title },
        { title: '编号', render: (row) => row.number ?? <Nothing /> },
        ...(writes ? [] : [{ title: '培训机构', render: (row: Row) => row.organisation }]),
        ...(agrees ? [] : [{ title: '评价机构', render: (row: Row) => row.evaluation ?? <Nothing /> }]),
        {
          title: '职业',
          render: (row) => (row.occupation ? `${row.occupation} ${row.level ?? ''}` : <Nothing />),
        },
        { title: '人数', render: (row) => row.plannedLearners ?? <Nothing />, right: true },
        { title: '开班', render: (row) => <Day on={row.startsOn} /> },
        { title: '状态', render: (row) => <StateOf state={row.state} of={FILING_STATES} /> },
        { title: '省级', render: (row) => <Office decision={row.provinceReceipt} state={row.state} /> },
        { title: '市级', render: (row) => <Office decision={row.cityReceipt} state={row.state} /> },
      ]}
      {...(receives
        ? {
            bulk: [
              {
                label: '批量受理',
                preview: (rows: Row[]) => <ReceivePreview rows={rows} />,
                run: (rows: Row[]) => receive(rows.filter((row) => row.state === 'submitted')),
              },
            ],
          }
        : {})}
      onExport={() => saveFile('institutions.export-filings', list.values)}
      acts={writes ? <NewFiling /> : null}
      empty={
        writes
          ? '还没有备案。培训班须先备案再实施，请新建备案。'
          : '还没有送到本单位的备案。机构报送后会出现在这里和待办中。'
      }
    />
  )
}

type Row = ReturnType<typeof useList<'institutions.list-filings'>>['rows'][number]

function Office({ decision, state }: { decision: string | null; state: string }) {
  if (decision) return <StateOf state={decision} of={OFFICE_STATES} />
  return state === 'submitted' ? '待办' : <Nothing />
}

function ReceivePreview({ rows }: { rows: Row[] }) {
  const not = rows.filter((row) => row.state !== 'submitted')
  return (
    <>
      {not.length > 0 ? (
        <p>
          以下 {not.length} 份不是待受理状态，不会办理：{not.map((row) => row.title).join('、')}
        </p>
      ) : null}
      <p>将受理 {rows.length - not.length} 份备案，并逐份生成回执号。</p>
    </>
  )
}

function useReceiving() {
  const receive = useCommand('institutions.receive-filings')
  const { modal } = App.useApp()
  return async (rows: Row[]) => {
    if (rows.length === 0) return
    const answer = await receive.run({ filings: rows.map(({ id, round }) => ({ id, round })) })
    if (answer && answer.refused.length > 0) {
      modal.warning({
        title: `已受理 ${answer.received} 份，${answer.refused.length} 份未办理`,
        content: answer.refused.map((one) => <p key={one.id}>{one.message}</p>),
        okText: '知道了',
      })
    }
  }
}

/** A name first, then the form: the draft exists from its first moment on. */
function NewFiling() {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const draft = useCommand('institutions.draft-filing', {
    inPlace: true,
    onDone: ({ id }) => void navigate({ to: `/institutions/filings/${id}/edit` }),
  })
  const wrong = draft.fieldErrors.title
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        新建备案
      </Button>
      <Modal
        open={open}
        title="新建备案"
        okText="开始填写"
        cancelText="取消"
        confirmLoading={draft.running}
        onCancel={() => setOpen(false)}
        onOk={() => void draft.run({ title })}
      >
        {draft.problem?.kind === 'problems' ? null : <Problem problem={draft.problem} />}
        <p>
          <label htmlFor="filing-title">计划名称</label>
        </p>
        <Input
          id="filing-title"
          maxLength={100}
          value={title}
          placeholder="如：2026 年人工智能工程技术人员初级培训计划"
          aria-describedby={wrong ? 'filing-title-error' : undefined}
          {...(wrong ? { status: 'error' as const } : {})}
          onChange={(event) => setTitle(event.target.value)}
        />
        {wrong ? (
          <p id="filing-title-error" role="alert">
            {wrong}
          </p>
        ) : null}
      </Modal>
    </>
  )
}
