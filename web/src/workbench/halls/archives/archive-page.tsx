import { Button, Checkbox, Input, Modal } from 'antd'
import { useEffect, useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  choicesOf,
  Figures,
  Group,
  Instant,
  ListTable,
  Loaded,
  Nothing,
  Problem,
  RecordPage,
  StateOf,
  StateTag,
  useParam,
} from '../../../ui/desk/index.ts'
import { score } from '../../../ui/format.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../../api.ts'
import { ATTEMPT_WORDS } from '../papers/words.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { ARRANGEMENT_WORDS, PART_WORDS } from '../words.ts'

type Archive = OutputOf<WorkbenchApi, 'halls.read-archive'>
type Package = Archive['archives'][number]
type AttemptRow = OutputOf<WorkbenchApi, 'halls.list-attempts'>['rows'][number]

function closingWords(absences: number): string {
  const sealed = '结束时封存全部作答记录的链头，此后任何改动都能被发现。'
  return absences === 0
    ? `确认全部答卷已收回。${sealed}`
    : `有 ${absences} 人次没有开始作答，将同时登记为缺考。请先核对答卷名单。${sealed}`
}

export function ArchivePage() {
  const query = useApiQuery('halls.read-archive', { sittingId: useParam('id') })
  const { refetch } = query
  const making = query.data?.archives.some((one) => one.madeAt === null) ?? false
  useEffect(() => {
    if (!making) return undefined
    const timer = setInterval(() => void refetch(), 2000)
    return () => clearInterval(timer)
  }, [making, refetch])
  return <Loaded query={query}>{(one) => <ArchiveFile one={one} />}</Loaded>
}

function ArchiveFile({ one }: { one: Archive }) {
  const { sitting, counts } = one
  const { sittingId } = sitting
  const close = useCommand('halls.close-sitting')
  const [making, setMaking] = useState(false)
  const [wanted, setWanted] = useState<Package | null>(null)
  const anchor = one.anchors.at(-1)
  return (
    <RecordPage
      back={{ to: '/halls/archives', label: '档案与回放' }}
      kind="机考档案"
      name={sitting.title}
      number={sitting.number}
      state={<StateOf state={sitting.state} of={ARRANGEMENT_WORDS} />}
      acts={
        <>
          {sitting.closedAt === null ? (
            <ActButton
              act={one.actions.close}
              main
              busy={close.running}
              confirm={closingWords(one.absencesToMark)}
              onAct={() => close.run({ sittingId, marksAbsent: one.absencesToMark > 0 })}
            >
              结束机考
            </ActButton>
          ) : null}
          <ActButton act={one.actions.make} main={sitting.state === 'closed'} onAct={() => setMaking(true)}>
            制作档案
          </ActButton>
        </>
      }
      facts={[
        {
          title: '收卷与封存',
          rows: [
            ['结束时间', <Instant key="closed" at={sitting.closedAt} />],
            [
              '链头封存',
              anchor ? (
                <>
                  <StateTag tone="done">已封存</StateTag> <Instant at={anchor.at} />，{anchor.attempts} 份，
                  {anchor.entries} 条记录
                </>
              ) : (
                <StateTag key="none" tone="idle">
                  未封存
                </StateTag>
              ),
            ],
            anchor !== undefined && [
              '链头摘要',
              <code key="heads" style={{ overflowWrap: 'anywhere' }}>
                {anchor.headsSha256}
              </code>,
            ],
            ...one.publicKeys.map(
              (key) =>
                [
                  '核验公钥',
                  <span key={key.keyId} style={{ overflowWrap: 'anywhere' }}>
                    <code>{key.spki}</code>
                    <br />
                    编号 {key.keyId}
                  </span>,
                ] as const,
            ),
          ],
        },
      ]}
      timeline={one.timeline}
    >
      <Figures
        items={[
          { label: '答卷', value: counts.attempts },
          { label: '已交卷', value: counts.handedIn },
          { label: '到时收卷', value: counts.timedOut },
          { label: '被终止', value: counts.terminated },
          { label: '缺考', value: counts.absent },
          { label: '未收回', value: counts.open },
        ]}
      />
      <Group title="档案">
        {one.archives.length === 0 ? <p>还没有档案。结束机考后制作。</p> : null}
        {one.archives.map((archive) => (
          <p key={archive.id}>
            第 {archive.number} 份{archive.number > 1 ? '（补充）' : ''}：{archive.reason}，
            {archive.requestedByName} <Instant at={archive.requestedAt} />
            {archive.includesKeys ? '，含试题和答案' : ''}{' '}
            {archive.madeAt ? (
              <>
                <StateTag tone="done">已制作</StateTag>{' '}
                <Button size="small" onClick={() => setWanted(archive)}>
                  下载
                </Button>
                <br />
                清单摘要 <code style={{ overflowWrap: 'anywhere' }}>{archive.manifestSha256}</code>
              </>
            ) : (
              <StateTag tone="running">制作中</StateTag>
            )}
          </p>
        ))}
      </Group>
      <Attempts sittingId={sittingId} />
      {making ? <MakeDialog sittingId={sittingId} onClose={() => setMaking(false)} /> : null}
      {wanted ? (
        <ReasonDialog
          title={`下载第 ${wanted.number} 份档案`}
          verb="下载"
          says="请写明用途，下载会留下记录。档案可用公布的公钥离线核验。"
          problem={null}
          running={false}
          onAct={async (purpose) => {
            await saveFile('halls.download-archive', { archiveId: wanted.id, purpose })
            setWanted(null)
          }}
          onClose={() => setWanted(null)}
        />
      ) : null}
    </RecordPage>
  )
}

function MakeDialog(props: { sittingId: string; onClose: () => void }) {
  const make = useCommand('halls.make-archive', { inPlace: true, onDone: props.onClose })
  const [reason, setReason] = useState('考后归档')
  const [includesKeys, setIncludesKeys] = useState(false)
  const id = useId()
  return (
    <Modal
      open
      title="制作档案"
      okText="制作档案"
      cancelText="返回"
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      confirmLoading={make.running}
      onOk={() => void make.run({ sittingId: props.sittingId, reason: reason.trim(), includesKeys })}
      onCancel={props.onClose}
    >
      <Problem problem={make.problem} />
      <p>档案包含作答记录、考位、入场核验、抓拍目录、监考处置和成绩。已有的档案不变，新制作的作为补充。</p>
      <p>
        <label htmlFor={id}>用途</label>
      </p>
      <Input id={id} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      <p style={{ marginTop: 12 }}>
        <Checkbox checked={includesKeys} onChange={(event) => setIncludesKeys(event.target.checked)}>
          含试题和答案，可离线复算成绩（仍要使用的试题请勿勾选）
        </Checkbox>
      </p>
    </Modal>
  )
}

function Attempts({ sittingId }: { sittingId: string }) {
  const list = useList('halls.list-attempts', { sittingId })
  return (
    <Group title="答卷">
      <ListTable<AttemptRow>
        label="答卷"
        list={list}
        rowKey={(row) => row.id}
        rowName={(row) => row.personName}
        rowLink={(row) => `/halls/attempts/${row.id}/replay`}
        searchHint="姓名或准考证号"
        filters={[
          {
            name: 'part',
            label: '科目',
            choices: Object.entries(PART_WORDS).map(([value, label]) => ({ value, label })),
          },
          { name: 'state', label: '状态', choices: choicesOf(ATTEMPT_WORDS) },
        ]}
        columns={[
          { title: '姓名', render: (row) => row.personName },
          { title: '准考证号', render: (row) => <span className="num">{row.ticketNumber}</span> },
          { title: '科目', render: (row) => PART_WORDS[row.part] },
          { title: '卷型', render: (row) => row.form },
          { title: '开始', render: (row) => <Instant at={row.startedAt} /> },
          { title: '收卷', render: (row) => <Instant at={row.closedAt} /> },
          { title: '已答', render: (row) => `${row.answered ?? 0} / ${row.items}`, right: true },
          {
            title: '客观题得分',
            render: (row) =>
              row.objectiveTenths === null ? (
                <Nothing />
              ) : (
                <span className="num">{score(row.objectiveTenths)}</span>
              ),
            right: true,
          },
          { title: '状态', render: (row) => <StateOf state={row.state} of={ATTEMPT_WORDS} /> },
        ]}
        onExport={() => saveFile('halls.export-attempts', { ...list.values, sittingId })}
        empty="还没有答卷。封装试卷后在此出现。"
      />
    </Group>
  )
}
