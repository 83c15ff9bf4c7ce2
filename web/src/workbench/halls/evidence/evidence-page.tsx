import { Button, Input } from 'antd'
import { useCallback, useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  Day,
  DeskPage,
  Facts,
  Group,
  Instant,
  Loaded,
  StateOf,
  StateTag,
  type StateWords,
  Unverified,
  useParam,
} from '../../../ui/desk/index.ts'
import { readFile, useApiQuery } from '../../api.ts'
import { Picture } from '../picture.tsx'
import { PART_WORDS } from '../words.ts'
import { Keeping } from './keeping.tsx'
import '../halls.css'

type Evidence = OutputOf<WorkbenchApi, 'halls.read-evidence'>
type Capture = Evidence['captures'][number]
type Run = Evidence['runs'][number]

const OUTCOMES: StateWords = {
  same: ['是本人', 'done'],
  other: ['疑似他人', 'refused'],
  several: ['多人', 'refused'],
  none: ['未见人脸', 'waiting'],
  unsure: ['不确定', 'waiting'],
}
const REASONS = { gate: '入场', random: '随机抓拍', event: '异常时抓拍', asked: '监考员要求' } as const
const WHY: Record<string, string> = {
  no_consent: '不用人脸，未比对',
  no_template: '没有登记照片，未比对',
  overloaded: '比对积压，未比对',
  missing: '比对不可用',
  late: '比对超时',
  busy: '比对繁忙',
  crashed: '比对中断',
  unreadable: '照片无法读取',
}

/** One attempt's captures and films, for somebody who says what for first. */
export function EvidencePage() {
  const attemptId = useParam('id')
  const [purpose, setPurpose] = useState<string | null>(null)
  return purpose ? <Opened attemptId={attemptId} purpose={purpose} /> : <AskPurpose onSay={setPurpose} />
}

function AskPurpose({ onSay }: { onSay: (purpose: string) => void }) {
  const [text, setText] = useState('')
  const id = useId()
  const fits = text.trim().length >= 2
  return (
    <DeskPage title="考试画面" back={{ to: '/halls/archives', label: '档案与回放' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (fits) onSay(text.trim())
        }}
      >
        <p>
          <label htmlFor={id}>查看用途（会留下记录）</label>
        </p>
        <Input
          id={id}
          value={text}
          maxLength={100}
          placeholder="如：核查疑似替考、考生申诉"
          onChange={(event) => setText(event.target.value)}
          style={{ maxWidth: 480 }}
        />
        <p style={{ marginTop: 12 }}>
          <Button type="primary" htmlType="submit" disabled={!fits}>
            查看
          </Button>
        </p>
      </form>
    </DeskPage>
  )
}

function Opened({ attemptId, purpose }: { attemptId: string; purpose: string }) {
  const query = useApiQuery('halls.read-evidence', { attemptId, purpose })
  return (
    <Loaded query={query}>
      {({ head, captures, runs, kept, ...held }) => (
        <DeskPage
          title={`${head.name} 的考试画面`}
          lead={`${head.title} ${PART_WORDS[head.part]}`}
          back={{ to: `/halls/evidence/${head.sittingId}`, label: '考试画面' }}
        >
          <Facts
            rows={[
              ['准考证号', head.ticketNumber],
              ['考位', [head.hall, head.seat].filter(Boolean).join(' ') || '未排'],
              ['查看用途', purpose],
              [
                '保存到',
                <span key="kept">
                  抓拍 {kept.capturesUntil ? <Day on={kept.capturesUntil} /> : '无'}，录像{' '}
                  {kept.videoUntil ? <Day on={kept.videoUntil} /> : '无'}{' '}
                  {kept.unverified ? <Unverified /> : null}
                  {held.keeping.length > 0 ? '；保全中，到期不删' : ''}
                </span>,
              ],
            ]}
          />
          <Keeping attemptId={attemptId} held={held} />
          <Group title={`抓拍 ${captures.length} 张`}>
            {captures.length === 0 ? <p>没有抓拍。</p> : null}
            <div className="capture-grid">
              {captures.map((one) => (
                <CaptureTile key={one.id} one={one} purpose={purpose} />
              ))}
            </div>
          </Group>
          <Group title="录像">
            {runs.length === 0 ? <p>没有录像。</p> : null}
            {runs.map((run) => (
              <Film key={run.run} run={run} attemptId={attemptId} purpose={purpose} />
            ))}
          </Group>
        </DeskPage>
      )}
    </Loaded>
  )
}

function CaptureTile({ one, purpose }: { one: Capture; purpose: string }) {
  const [wanted, setWanted] = useState(false)
  const { id } = one
  const load = useCallback(() => readFile('halls.capture-picture', { captureId: id, purpose }), [id, purpose])
  const why = typeof one.findings.why === 'string' ? WHY[one.findings.why] : undefined
  return (
    <figure>
      {one.deletedAt ? (
        <p className="picture-gap">已按期限删除</p>
      ) : wanted ? (
        <Picture load={load} alt={`${REASONS[one.reason]}的照片`} width={180} />
      ) : (
        <p className="picture-gap">
          <Button size="small" onClick={() => setWanted(true)}>
            看照片
          </Button>
        </p>
      )}
      <figcaption>
        <Instant at={one.at} /> {REASONS[one.reason]}
        <br />
        {one.state === 'waiting' ? (
          <StateTag tone="waiting">等待比对</StateTag>
        ) : why || !one.outcome ? (
          <StateTag tone="idle">{why ?? '未比对'}</StateTag>
        ) : (
          <StateOf state={one.outcome} of={OUTCOMES} />
        )}{' '}
        {one.score === null ? '' : one.score.toFixed(2)}
      </figcaption>
    </figure>
  )
}

function Film({ run, attemptId, purpose }: { run: Run; attemptId: string; purpose: string }) {
  const [at, setAt] = useState<number | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const play = async (index: number) => {
    const segment = run.segments[index]
    if (!segment) return
    setAt(index)
    setProblem(null)
    try {
      const blob = await readFile('halls.video-segment', {
        attemptId,
        run: run.run,
        segment: segment.segment,
        purpose,
      })
      if (url) URL.revokeObjectURL(url)
      setUrl(URL.createObjectURL(blob))
    } catch {
      setProblem('这一段录像打不开，可能已按期限删除。请看其他段。')
    }
  }
  const shown = at === null ? undefined : run.segments[at]
  return (
    <div style={{ marginBottom: 16 }}>
      <p>
        <Instant at={run.clientFrom} /> 至 <Instant at={run.clientTo} />，{run.segments.length} 段
        {run.missing.length > 0 ? `，缺 ${run.missing.length} 段` : ''}
        {run.deletedAt ? '，已按期限删除' : ''}
      </p>
      {run.deletedAt ? null : (
        <p className="act-stack">
          <Button onClick={() => void play(0)}>从头播放</Button>
          <Button disabled={at === null || at === 0} onClick={() => void play((at ?? 1) - 1)}>
            上一段
          </Button>
          <Button
            disabled={at === null || at + 1 >= run.segments.length}
            onClick={() => void play((at ?? 0) + 1)}
          >
            下一段
          </Button>
          {shown ? (
            <span>
              第 {(at ?? 0) + 1} 段 <Instant at={shown.from} />
            </span>
          ) : null}
        </p>
      )}
      {problem ? <p role="alert">{problem}</p> : null}
      {url ? (
        <video
          src={url}
          controls
          autoPlay
          muted
          width={480}
          style={{ maxWidth: '100%' }}
          onEnded={() => void play((at ?? 0) + 1)}
        />
      ) : null}
    </div>
  )
}
