import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { DeskPage, ImportDialog, ListTable, Masked, Notice } from '../../ui/desk/index.ts'
import { act, saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { LEVELS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'exams.list-declarable'>['rows'][number]

/** 组织申报: choose certified learners of one evaluation institution, or bring a list; then everyone is checked. */
export function NewBatchPage() {
  const navigate = useNavigate()
  const all = useApiQuery('exams.list-declarable', { size: 2000 })
  const list = useList('exams.list-declarable')
  const [importing, setImporting] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const evaluator = useId()
  const draft = useCommand('exams.draft-batch', {
    onDone: (batch) => void navigate({ to: `/exams/batches/${batch.id}` }),
  })
  const rows = all.data?.rows ?? []
  const evaluators = [
    ...new Map(
      rows.flatMap((row) =>
        row.evaluationOrganisationId
          ? [[row.evaluationOrganisationId, row.evaluationOrganisation ?? ''] as const]
          : [],
      ),
    ),
  ]
  const evaluationOrganisationId = chosen ?? evaluators[0]?.[0]
  const ofEvaluator = rows.filter((row) => row.evaluationOrganisationId === evaluationOrganisationId)
  const declare = (these: Row[]) =>
    evaluationOrganisationId
      ? draft.run({ evaluationOrganisationId, certificateIds: these.map((row) => row.id) })
      : Promise.resolve(undefined)
  return (
    <DeskPage
      title="组织申报"
      back={{ to: '/exams/batches', label: '申报批次' }}
      lead="选择学员后，系统逐人核对申报条件并给出结论和缺项；核对后还可以移出，再提交。"
    >
      <div className="list-bar">
        <div>
          <label htmlFor={evaluator}>评价机构（备案中商定的）</label>
          <Select
            id={evaluator}
            style={{ width: 320 }}
            value={evaluationOrganisationId ?? null}
            placeholder="暂无可申报的学员"
            options={evaluators.map(([value, label]) => ({ value, label }))}
            onChange={(value) => setChosen(value ?? undefined)}
          />
        </div>
        <Button
          type="primary"
          loading={draft.running}
          disabled={ofEvaluator.length === 0}
          onClick={() => void declare(ofEvaluator)}
        >
          {`全部核对（${ofEvaluator.length} 人）`}
        </Button>
        <Button disabled={!evaluationOrganisationId} onClick={() => setImporting(true)}>
          导入名单
        </Button>
      </div>
      {rows.some((row) => row.evaluationOrganisationId === null) ? (
        <Notice tone="waiting">部分学员所在班级的备案没有生效的评价机构，不能申报（鄂·四（一））。</Notice>
      ) : null}
      <ListTable<Row>
        label="可申报的学员"
        list={list}
        rowKey={(row) => row.id}
        rowName={(row) => row.holderName}
        searchHint="姓名或证书编号"
        filters={[{ name: 'level', label: '等级', choices: LEVELS }]}
        columns={[
          { title: '姓名', render: (row) => row.holderName },
          { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
          { title: '培训合格证书', render: (row) => <span className="num">{row.number}</span> },
          { title: '班级', render: (row) => row.className },
          { title: '等级', render: (row) => row.level },
          { title: '评价机构', render: (row) => row.evaluationOrganisation ?? '备案未生效' },
        ]}
        bulk={[
          {
            label: '核对申报条件',
            preview: (these) => (
              <BatchPreview rows={these} evaluationOrganisationId={evaluationOrganisationId} />
            ),
            run: declare,
          },
        ]}
        empty="没有可申报的学员：都已申报，或还没有颁发培训合格证书。"
      />
      <ImportDialog
        open={importing}
        title="导入申报名单"
        onClose={() => setImporting(false)}
        onTemplate={() => saveFile('exams.batch-template')}
        upload={(file, keep) =>
          act(
            'exams.import-batch',
            { evaluationOrganisationId: evaluationOrganisationId as string, keep },
            { sheet: file },
          )
        }
        onSaved={(report) => {
          const { batch } = report as OutputOf<WorkbenchApi, 'exams.import-batch'>
          if (batch) void navigate({ to: `/exams/batches/${batch.id}` })
        }}
      />
    </DeskPage>
  )
}

function BatchPreview(props: { rows: Row[]; evaluationOrganisationId: string | undefined }) {
  const elsewhere = props.rows.filter(
    (row) => row.evaluationOrganisationId !== props.evaluationOrganisationId,
  )
  return (
    <>
      {elsewhere.length > 0 ? (
        <Notice tone="waiting">
          其中 {elsewhere.length} 人的备案评价机构不是所选的这家，核对时会被列为不能申报：
          {elsewhere
            .slice(0, 5)
            .map((row) => row.holderName)
            .join('、')}
          {elsewhere.length > 5 ? '等' : ''}。
        </Notice>
      ) : null}
      <p>将为 {props.rows.length - elsewhere.length} 人生成一个草稿批次并逐人核对申报条件，此时不会提交。</p>
    </>
  )
}
