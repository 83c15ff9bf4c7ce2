import { Table } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  ActLink,
  DeskPage,
  Facts,
  Group,
  Instant,
  Loaded,
  Notice,
  StateOf,
  StateTag,
} from '../../../ui/desk/index.ts'
import { useApiQuery } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import { BindMachines } from './bind-machines.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import '../halls.css'
import { PACKAGE_WORDS, proofRows } from './words.ts'

type Here = OutputOf<WorkbenchApi, 'halls.held-here'>
export type Held = Here['packages'][number]
type PartHeld = Held['parts'][number]

/** The line comes and goes, papers open by themselves: the page keeps up. */
const EVERY_MS = 5000

/** At a node: what it holds, whether the province answers, and the papers opened by two codes when it does not. */
export function HeldPage() {
  const query = useApiQuery('halls.held-here', {})
  const { refetch } = query
  useEffect(() => {
    const timer = setInterval(() => void refetch(), EVERY_MS)
    return () => clearInterval(timer)
  }, [refetch])
  return (
    <Loaded query={query}>
      {(here) => (
        <DeskPage title="本节点考场" lead={<LineWords line={here.line} />}>
          {here.packages.length === 0 ? (
            <Notice>还没有领到考场。省平台把考场交给本节点后，一分钟内自动领取。</Notice>
          ) : null}
          {here.packages.map((pack) => (
            <HeldHall key={pack.id} pack={pack} />
          ))}
        </DeskPage>
      )}
    </Loaded>
  )
}

function LineWords({ line }: { line: Here['line'] }) {
  if (!line) return '正在联系省平台。'
  if (line.reached)
    return (
      <>
        <StateTag tone="done">省平台已连上</StateTag> 作答和过程记录随时归还。
      </>
    )
  return (
    <>
      <StateTag tone="waiting">连不上省平台</StateTag>{' '}
      考试照常进行，记录存在本节点，连上后自动归还。最近联系：
      {line.reachedAt ? <Instant at={line.reachedAt} /> : '启动以来没有连上'}
    </>
  )
}

function HeldHall({ pack }: { pack: Held }) {
  const [opening, setOpening] = useState<PartHeld['part'] | null>(null)
  const { sittingId, hallId } = pack
  return (
    <Group
      title={`${pack.sitting} · ${pack.hall}`}
      acts={
        pack.state === 'taken' ? (
          <div className="desk-head-acts no-print">
            <ActLink to={`/halls/doors/${sittingId}/${hallId}`}>入场核验</ActLink>
            <ActLink to={`/halls/boards/${sittingId}/${hallId}/${pack.parts[0]?.part ?? 'theory'}`}>
              监考台
            </ActLink>
            <BindMachines hallId={hallId} />
          </div>
        ) : null
      }
    >
      <Facts
        rows={[
          ['状态', <StateOf key="state" state={pack.state} of={PACKAGE_WORDS} />],
          pack.takenAt !== null && ['领取', <Instant key="taken" at={pack.takenAt} />],
          pack.returnedAt !== null && ['归还', <Instant key="returned" at={pack.returnedAt} />],
          ...proofRows(pack),
        ]}
      />
      <Table<PartHeld>
        size="middle"
        rowKey="part"
        pagination={false}
        dataSource={pack.parts}
        columns={[
          { title: '科目', render: (_, one) => PART_WORDS[one.part] },
          { title: '开考', render: (_, one) => <Instant at={one.opensAt} /> },
          { title: '已收卷', render: (_, one) => `${one.closed} / ${one.candidates}`, align: 'right' },
          { title: '试卷', render: (_, one) => releaseWords(one) },
          {
            title: '操作',
            render: (_, one) =>
              pack.state === 'taken' && one.open ? (
                <ActButton act={one.open} onAct={() => setOpening(one.part)}>
                  用保管码解封
                </ActButton>
              ) : null,
          },
        ]}
      />
      {opening ? <CodesDialog packageId={pack.id} part={opening} onClose={() => setOpening(null)} /> : null}
    </Group>
  )
}

function releaseWords({ release }: PartHeld): string {
  if (!release) return '未解封，到开考时间由省平台放行'
  return release.how === 'province' ? '已解封，省平台放行' : `已解封，两个保管码，经办 ${release.by}`
}
