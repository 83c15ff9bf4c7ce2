import { Button, Input, Modal, Progress } from 'antd'
import { useEffect, useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  choicesOf,
  Day,
  Facts,
  Group,
  ListTable,
  Loaded,
  Notice,
  Problem,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { columns, type DeclarationRow } from './declarations-page.tsx'
import { confirmationActs, useConfirmation } from './use-confirmation.tsx'
import { BATCH_WORDS, DECLARATION_WORDS, OUTCOME_WORDS } from './words.ts'

type Batch = OutputOf<WorkbenchApi, 'exams.read-batch'>
const YES = { allowed: true } as const

export function BatchPage() {
  const query = useApiQuery('exams.read-batch', { batchId: useParam('id') })
  const waiting = query.data?.progress?.waiting ?? 0
  const { refetch } = query
  useEffect(() => {
    if (waiting === 0) return
    const timer = setInterval(() => void refetch(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [waiting, refetch])
  return <Loaded query={query}>{(batch) => <BatchRecord batch={batch} />}</Loaded>
}
const LOOK_EVERY_MS = 1500

function BatchRecord({ batch }: { batch: Batch }) {
  const list = useList('exams.list-declarations', { batchId: batch.id })
  const confirms = useMe().data?.permissions.includes('qualifications.confirm')
  const confirmation = useConfirmation()
  const remove = useCommand('exams.withdraw-declarations')
  const give = useCommand('exams.withdraw-batch')
  const [submitting, setSubmitting] = useState(false)
  const drafted = batch.mine && batch.state === 'drafted'
  const waiting = batch.progress?.waiting ?? 0
  // The list grows while the rest is being decided.
  const { retry } = list
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the number moves, not when the list does
  useEffect(() => retry(), [waiting])
  return (
    <RecordPage
      back={{ to: '/exams/batches', label: '申报批次' }}
      kind="申报批次"
      name={`${batch.trainingOrganisation} 向 ${batch.evaluationOrganisation} 申报`}
      number={batch.number}
      state={<StateOf state={batch.state} of={BATCH_WORDS} />}
      next={nextOf(batch)}
      acts={
        drafted ? (
          <>
            {waiting === 0 && batch.total > 0 ? (
              <ActButton act={YES} main onAct={() => setSubmitting(true)}>
                提交申报
              </ActButton>
            ) : null}
            <ActButton
              act={YES}
              grave
              busy={give.running}
              confirm="放弃后本批全部申报撤回，学员可重新申报。"
              onAct={() => give.run({ batchId: batch.id, reason: '培训机构放弃本批次' })}
            >
              放弃批次
            </ActButton>
          </>
        ) : undefined
      }
      notice={
        waiting > 0 && batch.state === 'drafted' ? (
          <Deciding progress={batch.progress} />
        ) : batch.exceptions > 0 && batch.state === 'drafted' ? (
          <Notice tone="waiting">
            有 {batch.exceptions}{' '}
            人按规则还不能直接确认，已排在最前。请补齐材料或移出；确需提交的，提交时写明理由。
          </Notice>
        ) : undefined
      }
      facts={[
        {
          title: '办理进度',
          rows: [
            ['人数', batch.total],
            ['符合或待认定', batch.ready],
            ['例外', batch.exceptions],
            ['待资格确认', batch.waiting],
            ['资格已确认', batch.qualified],
            ['退回补正', batch.returned],
            ['不予确认', batch.refused],
            batch.progress ? ['名单行数', batch.progress.rows] : undefined,
            batch.progress ? ['未申报的行', batch.progress.refused + batch.progress.unread] : undefined,
            ['提交日期', <Day key="on" on={batch.submittedAt} />],
          ],
        },
      ]}
    >
      <p>
        <Button onClick={() => void saveFile('exams.batch-results', { batchId: batch.id })}>
          下载结果表（逐人结论、途径、条款、缺项、最早日期）
        </Button>
      </p>
      <Group title="名单（例外在前）">
        <ListTable<DeclarationRow>
          label="申报名单"
          list={list}
          rowKey={(row) => row.id}
          rowName={(row) => row.personName}
          rowLink={(row) => `/exams/declarations/${row.id}`}
          searchHint="姓名或申报编号"
          filters={[
            { name: 'outcome', label: '规则结论', choices: choicesOf(OUTCOME_WORDS) },
            { name: 'state', label: '状态', choices: choicesOf(DECLARATION_WORDS) },
          ]}
          columns={[columns.name, columns.outcome, columns.state, columns.what]}
          {...(drafted
            ? {
                bulk: [
                  {
                    label: '移出名单',
                    grave: true,
                    preview: (rows: DeclarationRow[]) => <p>将移出 {rows.length} 人，以后可重新申报。</p>,
                    run: (rows: DeclarationRow[]) =>
                      remove.run({ declarationIds: rows.map((row) => row.id), reason: '移出申报名单' }),
                  },
                ],
              }
            : {})}
          {...(confirms && batch.waiting > 0 ? { bulk: confirmationActs(confirmation) } : {})}
          onExport={() => saveFile('exams.export-declarations', { ...list.values, batchId: batch.id })}
          empty="名单是空的。"
        />
      </Group>
      {confirmation.dialogs}
      <SubmitDialog batch={batch} open={submitting} onClose={() => setSubmitting(false)} />
    </RecordPage>
  )
}

/** How far the deciding is. It goes on by itself, on the server: the page may be left and opened again. */
function Deciding({ progress }: { progress: Batch['progress'] }) {
  const total = (progress?.rows ?? 0) - (progress?.unread ?? 0)
  const done = total - (progress?.waiting ?? 0)
  return (
    <Notice tone="info">
      <p role="status">
        正在逐人核对申报条件：已核对 {done} 人，共 {total} 人。可以离开本页，稍后再来看。
      </p>
      <Progress
        percent={total === 0 ? 100 : Math.floor((done / total) * 100)}
        status="active"
        aria-label="核对进度"
      />
    </Notice>
  )
}

function nextOf(batch: Batch) {
  if (batch.state === 'drafted' && (batch.progress?.waiting ?? 0) > 0)
    return { what: '系统正在逐人核对', who: '无需操作' }
  if (batch.state === 'drafted') return { what: '核对名单后提交', who: batch.trainingOrganisation }
  if (batch.waiting > 0) return { what: `资格确认（${batch.waiting} 人）`, who: batch.evaluationOrganisation }
  if (batch.returned > 0) return { what: `补正材料（${batch.returned} 人）`, who: batch.trainingOrganisation }
  return undefined
}

function SubmitDialog({ batch, open, onClose }: { batch: Batch; open: boolean; onClose: () => void }) {
  const submit = useCommand('exams.submit-batch', { inPlace: true, onDone: onClose })
  const [despite, setDespite] = useState('')
  const id = useId()
  const needed = batch.exceptions > 0
  return (
    <Modal
      open={open}
      title="提交申报"
      okText={`提交 ${batch.total} 人`}
      cancelText="取消"
      confirmLoading={submit.running}
      okButtonProps={{ disabled: needed && despite.trim().length < 2 }}
      onCancel={onClose}
      onOk={() =>
        void submit.run({ batchId: batch.id, ...(despite.trim() ? { despite: despite.trim() } : {}) })
      }
    >
      <Problem problem={submit.problem} />
      <Facts
        rows={[
          ['例外', `${batch.exceptions} 人`],
          ['符合或待认定', `${batch.ready} 人`],
          ['评价机构', batch.evaluationOrganisation],
        ]}
      />
      <p style={{ marginTop: 12 }}>提交后由评价机构确认考生资格；提交前会按今日的事实再核对一次。</p>
      {needed ? (
        <>
          <label htmlFor={`${id}-despite`}>例外人员仍要提交的理由</label>
          <Input.TextArea
            id={`${id}-despite`}
            rows={3}
            maxLength={1000}
            value={despite}
            onChange={(event) => setDespite(event.target.value)}
          />
        </>
      ) : null}
    </Modal>
  )
}
