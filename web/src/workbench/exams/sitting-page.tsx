import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  ActLink,
  ClauseTag,
  choicesOf,
  Day,
  Facts,
  Figures,
  Group,
  ListTable,
  Loaded,
  Masked,
  RecordPage,
  StateOf,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { span } from '../../ui/format.ts'
import { openFile, saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { PartScore } from './results-page.tsx'
import { CancelDialog, CorrectionDialog, MarkDialog } from './sitting-dialogs.tsx'
import { Corrections, Differences } from './sitting-scores.tsx'
import { MARK_WORDS, PART_WORDS, RESULT_WORDS, SITTING_WORDS } from './words.ts'

export type SittingRecord = OutputOf<WorkbenchApi, 'exams.read-sitting'>
export type CandidateRow = OutputOf<WorkbenchApi, 'exams.list-candidates'>['rows'][number]

const ACTIVE: readonly string[] = ['planned', 'open', 'ended']

export function SittingPage() {
  const query = useApiQuery('exams.read-sitting', { sittingId: useParam('id') })
  return <Loaded query={query}>{(one) => <SittingFile one={one} />}</Loaded>
}

function SittingFile({ one }: { one: SittingRecord }) {
  const [cancelling, setCancelling] = useState(false)
  const published = one.state === 'scored' || one.state === 'reported'
  return (
    <RecordPage
      back={{ to: '/exams/sittings', label: '考核场次' }}
      kind="考核场次"
      name={one.title}
      number={one.number}
      state={<StateOf state={one.state} of={SITTING_WORDS} />}
      next={nextOf(one)}
      acts={ACTIVE.includes(one.state) ? <Acts one={one} onCancel={() => setCancelling(true)} /> : undefined}
      facts={[
        {
          title: '场次信息',
          rows: [
            ['评价机构', one.organisation],
            ['职业', one.occupationName],
            ['方向', one.direction ?? '各方向'],
            ['等级', one.level],
            ['地点', `${one.cityName} ${one.venue}`],
            ...one.parts.map((part) => [PART_WORDS[part.part], span(part.startsAt, part.endsAt)] as const),
            ['考生', `${one.candidates} 人，最多 ${one.capacity} 人`],
            ['考核结束', <Day key="ended" on={one.endedOn} />],
            ['公布成绩', <Day key="published" on={one.publishedAt} />],
          ],
        },
        {
          title: '补考有关规定',
          rows: one.figures.map(
            (figure) =>
              [
                figure.name,
                figure.verified ? (
                  <>
                    {figure.value} <ClauseTag id={figure.clause} />
                  </>
                ) : (
                  <Unverified key={figure.name}>{figure.value}</Unverified>
                ),
              ] as const,
          ),
        },
      ]}
      timeline={one.timeline}
    >
      {one.state === 'ended' ? <Progress one={one} /> : null}
      {published ? (
        <Figures
          items={[
            { label: '合格', value: one.passed },
            { label: '不合格', value: one.failed },
            { label: '缺考', value: one.absent },
            { label: '违纪', value: one.misconduct },
          ]}
        />
      ) : null}
      {one.actions.settle && one.progress.differing > 0 ? <Differences sittingId={one.id} /> : null}
      {one.corrections.length > 0 ? <Corrections one={one} /> : null}
      <Candidates one={one} />
      <Marks one={one} />
      <CancelDialog one={one} open={cancelling} onClose={() => setCancelling(false)} />
    </RecordPage>
  )
}

function nextOf(one: SittingRecord) {
  switch (one.state) {
    case 'planned':
      return { what: one.candidates === 0 ? '编排考生' : '考核当日开考', who: one.organisation }
    case 'open':
      return { what: '登记缺考、违纪，考完后结束考核', who: `${one.organisation} 监考员` }
    case 'ended':
      return one.progress.done < one.progress.parts
        ? { what: '两位考评员分别录入成绩', who: `${one.organisation} 考评员` }
        : { what: '公布成绩', who: one.organisation }
    case 'scored':
      return { what: '考核结束后 30 日内报送考核结果', who: one.organisation }
    default:
      return undefined
  }
}

function Acts({ one, onCancel }: { one: SittingRecord; onCancel: () => void }) {
  const open = useCommand('exams.open-sitting')
  const end = useCommand('exams.end-sitting')
  const publish = useCommand('exams.publish-results', { alsoChanges: ['certificates'] })
  const sittingId = one.id
  const { actions } = one
  return (
    <>
      {actions.assign?.allowed ? (
        <ActLink to={`/exams/sittings/${sittingId}/assign`} main={one.candidates === 0}>
          编排考生
        </ActLink>
      ) : null}
      {one.state === 'planned' ? (
        <ActButton
          act={actions.open ?? undefined}
          main={one.candidates > 0}
          busy={open.running}
          confirm={`开考后不能再编排考生，共 ${one.candidates} 人。`}
          onAct={() => open.run({ sittingId })}
        >
          开考
        </ActButton>
      ) : null}
      {one.state === 'open' ? (
        <ActButton
          act={actions.end ?? undefined}
          main
          busy={end.running}
          confirm="结束后由两位考评员分别录入成绩。缺考、违纪请先登记。"
          onAct={() => end.run({ sittingId })}
        >
          结束考核
        </ActButton>
      ) : null}
      {actions.enterScores?.allowed ? (
        <ActLink to={`/exams/sittings/${sittingId}/scores`} main>
          录入成绩
        </ActLink>
      ) : null}
      {one.state === 'ended' ? (
        <ActButton
          act={actions.publish ?? undefined}
          main
          busy={publish.running}
          confirm="按规则判定每名考生是否合格并公布。公布后只能由两人更正。"
          onAct={() => publish.run({ sittingId })}
        >
          公布成绩
        </ActButton>
      ) : null}
      {actions.cancel?.allowed ? (
        <ActButton act={actions.cancel} grave onAct={onCancel}>
          取消场次
        </ActButton>
      ) : null}
    </>
  )
}

function Progress({ one }: { one: SittingRecord }) {
  const { parts, done, differing, once } = one.progress
  return (
    <Group title="成绩录入进度">
      <Facts
        rows={[
          ['应录科次', parts],
          ['两人一致', done],
          ['已录一次', once],
          ['录入不一致', differing],
        ]}
      />
    </Group>
  )
}

function Candidates({ one }: { one: SittingRecord }) {
  const list = useList('exams.list-candidates', { sittingId: one.id })
  const release = useCommand('exams.unassign-candidates')
  const [marking, setMarking] = useState<CandidateRow | null>(null)
  const [correcting, setCorrecting] = useState<CandidateRow | null>(null)
  const published = one.state === 'scored' || one.state === 'reported'
  const acts = one.actions.mark?.allowed || one.actions.correct?.allowed
  return (
    <Group title={`考生（${one.candidates} 人）`}>
      <ListTable<CandidateRow>
        label="考生"
        list={list}
        rowKey={(row) => row.id}
        rowName={(row) => row.personName}
        searchHint="姓名或准考证号"
        filters={
          published
            ? [{ name: 'result', label: '结果', choices: choicesOf(RESULT_WORDS) }]
            : [{ name: 'mark', label: '到场', choices: choicesOf(MARK_WORDS) }]
        }
        columns={[
          { title: '准考证号', render: (row) => <span className="num">{row.ticketNumber}</span> },
          { title: '姓名', render: (row) => row.personName },
          { title: '次数', render: (row) => (row.attempt > 1 ? `第 ${row.attempt} 次` : '首次') },
          {
            title: '理论',
            render: (row) => (
              <>
                <PartScore mark={row.theoryMark} tenths={row.theoryScoreTenths} />
                {row.theoryRetained ? '（沿用）' : ''}
              </>
            ),
          },
          {
            title: '能力',
            render: (row) => (
              <>
                <PartScore mark={row.abilityMark} tenths={row.abilityScoreTenths} />
                {row.abilityRetained ? '（沿用）' : ''}
              </>
            ),
          },
          ...(published
            ? [
                {
                  title: '结果',
                  render: (row: CandidateRow) =>
                    row.result ? <StateOf state={row.result} of={RESULT_WORDS} /> : null,
                },
              ]
            : []),
          ...(acts
            ? [
                {
                  title: '办理',
                  render: (row: CandidateRow) =>
                    one.actions.mark?.allowed ? (
                      <button type="button" className="clause-tag" onClick={() => setMarking(row)}>
                        登记缺考、违纪
                      </button>
                    ) : (
                      <button type="button" className="clause-tag" onClick={() => setCorrecting(row)}>
                        更正成绩
                      </button>
                    ),
                },
              ]
            : []),
          { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
          { title: '培训机构', render: (row) => row.trainingOrganisation },
        ]}
        {...(one.actions.assign?.allowed
          ? {
              bulk: [
                {
                  label: '移出本场',
                  grave: true,
                  preview: (rows: CandidateRow[]) => (
                    <p>将移出 {rows.length} 人，准考证号作废，资格不受影响。</p>
                  ),
                  run: (rows: CandidateRow[]) =>
                    release.run({
                      sittingId: one.id,
                      candidateIds: rows.map((row) => row.id),
                      reason: '调整考核安排',
                    }),
                },
              ],
            }
          : {})}
        onExport={() => saveFile('exams.export-candidates', { ...list.values, sittingId: one.id })}
        empty="还没有编入考生。"
      />
      {marking ? <MarkDialog sittingId={one.id} row={marking} onClose={() => setMarking(null)} /> : null}
      {correcting ? (
        <CorrectionDialog sittingId={one.id} row={correcting} onClose={() => setCorrecting(null)} />
      ) : null}
    </Group>
  )
}

function Marks({ one }: { one: SittingRecord }) {
  if (one.marks.length === 0) return null
  return (
    <Group title="缺考与违纪登记">
      <ul>
        {one.marks.map((mark) => (
          <li key={`${mark.candidateId}${mark.part}${mark.markedAt}`}>
            <Day on={mark.markedAt} /> {PART_WORDS[mark.part]} <StateOf state={mark.mark} of={MARK_WORDS} />：
            {mark.reason}（{mark.markedByName}）{mark.clearedReason ? ` 已撤销：${mark.clearedReason}` : ''}{' '}
            {mark.fileId ? (
              <button
                type="button"
                className="clause-tag"
                onClick={() =>
                  void openFile('exams.open-mark-evidence', {
                    sittingId: one.id,
                    fileId: mark.fileId as string,
                  })
                }
              >
                看证据
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}
