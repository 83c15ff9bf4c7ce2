import { Button, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  ActLink,
  DeskPage,
  Figures,
  Instant,
  ListTable,
  Loaded,
  Notice,
  StateOf,
  useParam,
} from '../../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import '../halls.css'
import { CandidateDrawer } from './candidate-drawer.tsx'
import { CONSENT_WORDS, DOOR_WORDS, HALL_WORDS } from './words.ts'

export type AtDoor = OutputOf<WorkbenchApi, 'halls.list-door'>['rows'][number]
type Part = keyof typeof PART_WORDS

/** Candidates come by the minute: the list keeps up by itself. */
const EVERY_MS = 5000

/** A hall's door: who waits and for what, worst first; a click opens both pictures and the acts. */
export function DoorPage() {
  const sittingId = useParam('sittingId')
  const hallId = useParam('hallId')
  const [chosen, setPart] = useState<Part | null>(null)
  const part = chosen ?? 'theory'
  const head = useApiQuery('halls.list-door', { sittingId, hallId, part, size: 1 })
  const { refetch } = head
  const coming = head.data?.coming
  useEffect(() => {
    // In the afternoon it is the other part whose candidates come.
    if (coming) setPart((now) => now ?? coming)
  }, [coming])
  useEffect(() => {
    const timer = setInterval(() => void refetch(), EVERY_MS)
    return () => clearInterval(timer)
  }, [refetch])
  return (
    <Loaded query={head}>
      {(door) => (
        <DeskPage
          title={`${door.hall} 入场核验`}
          lead={door.title}
          back={{ to: '/halls/doors', label: '入场核验' }}
          acts={
            <>
              <ActLink to={`/halls/evidence/${sittingId}`}>考试画面</ActLink>
              <OpenDoor sittingId={sittingId} hallId={hallId} act={door.open} state={door.state} />
            </>
          }
        >
          <p className="door-parts">
            <StateOf state={door.state} of={HALL_WORDS} />{' '}
            <Segmented<Part>
              aria-label="科目"
              value={part}
              onChange={setPart}
              options={door.parts.map((one) => ({
                value: one.part,
                label: (
                  <>
                    {PART_WORDS[one.part]} <Instant at={one.startsAt} />
                  </>
                ),
              }))}
            />
          </p>
          {door.role === null ? <Notice>您没有被安排监考这个考场，只能查看。</Notice> : null}
          <Figures
            items={[
              { label: '应到', value: Object.values(door.counts).reduce((sum, one) => sum + one, 0) },
              { label: '核对中', value: door.counts.waiting },
              { label: '已入场', value: door.counts.admitted },
              { label: '未到', value: door.counts.expected },
              { label: '未准入场', value: door.counts.turned_away },
            ]}
          />
          <People key={part} sittingId={sittingId} hallId={hallId} part={part} />
        </DeskPage>
      )}
    </Loaded>
  )
}

function OpenDoor(props: {
  sittingId: string
  hallId: string
  act: Parameters<typeof ActButton>[0]['act']
  state: string
}) {
  const open = useCommand('halls.open-door')
  if (props.state !== 'waiting') return null
  return (
    <ActButton
      main
      act={props.act}
      busy={open.running}
      confirm="开始后考生可以在考位核对身份、入场。"
      onAct={() => open.run({ sittingId: props.sittingId, hallId: props.hallId })}
    >
      开始入场
    </ActButton>
  )
}

function People(props: { sittingId: string; hallId: string; part: Part }) {
  const list = useList('halls.list-door', props)
  const [opened, setOpened] = useState<string | null>(null)
  const { retry } = list
  useEffect(() => {
    const timer = setInterval(retry, EVERY_MS)
    return () => clearInterval(timer)
  }, [retry])
  const shown = list.rows.find((row) => row.candidateId === opened)
  return (
    <>
      <ListTable<AtDoor>
        label="考生"
        list={list}
        rowKey={(row) => row.candidateId}
        rowName={(row) => row.name}
        searchHint="姓名、准考证号或考位"
        isUrgent={(row) => row.state === 'waiting' && row.gates.some((gate) => gate.state === 'failed')}
        filters={[
          {
            name: 'state',
            label: '状态',
            choices: Object.entries(DOOR_WORDS).map(([value, [label]]) => ({ value, label })),
          },
        ]}
        columns={[
          { title: '考位', render: (row) => row.seat },
          {
            title: '考生',
            render: (row) => (
              <Button
                type="link"
                size="small"
                style={{ padding: 0 }}
                onClick={() => setOpened(row.candidateId)}
              >
                {row.name}
              </Button>
            ),
          },
          { title: '准考证号', render: (row) => row.ticketNumber },
          { title: '状态', render: (row) => <StateOf state={row.state} of={DOOR_WORDS} /> },
          { title: '等什么', render: (row) => waitsFor(row) },
          { title: '人脸信息', render: (row) => (row.consent ? CONSENT_WORDS[row.consent] : '') },
          { title: '到场', render: (row) => (row.identifiedAt ? <Instant at={row.identifiedAt} /> : '') },
        ]}
        onExport={() => saveFile('halls.export-door', props)}
        empty="这个考场还没有排座的考生。抽签排座后会出现在这里。"
      />
      {shown ? <CandidateDrawer one={shown} {...props} onClose={() => setOpened(null)} /> : null}
    </>
  )
}

const FACE_WAITS: Record<AtDoor['gates'][number]['state'], string> = {
  waiting: '考生还没有拍照',
  unsure: '人脸不确定，由两人核对',
  failed: '人脸不符，由两人核对',
  unavailable: '人脸比对不可用，由两人核对',
  passed: '',
}

/** The one thing that is in the way now, for the one who keeps the door. */
function waitsFor(row: AtDoor): string {
  if (row.state === 'turned_away') return row.turnedAwayReason ?? ''
  if (row.state !== 'waiting') return ''
  if (row.proposal) return `${row.proposal.by}已提出，等第二人`
  const late = row.late ? `迟到 ${row.lateMinutes} 分钟，须主考放行；` : ''
  const state = (name: AtDoor['gates'][number]['gate']) => row.gates.find((gate) => gate.gate === name)?.state
  if (state('seat') !== 'passed') return `${late}不在自己的考位`
  const face = state('face')
  if (face === 'passed') return `${late}等监考员确认`
  if (row.consent === 'declined') return `${late}由两人核对证件`
  if (row.consent === 'unasked') return `${late}考生还没有答复是否用人脸`
  return late + (face === undefined ? '' : FACE_WAITS[face])
}
