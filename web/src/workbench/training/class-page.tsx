import './training.css'
import { useState } from 'react'
import {
  ActButton,
  ActLink,
  Day,
  DueText,
  Group,
  Loaded,
  Money,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  StateTag,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { ClassNav } from './class-nav.tsx'
import { type ReasonAct, ReasonDialog } from './reason-dialog.tsx'
import { CLASS_WORDS, type ClassRecord, HOUR_KINDS, REPORT_WORDS, subject } from './words.ts'

/** One class: what is next, what was filed, its announcement, hours, certificates and report. */
export function ClassPage() {
  const query = useApiQuery('training.read-class', { classId: useParam('id') })
  return <Loaded query={query}>{(one) => <ClassView one={one} />}</Loaded>
}

function ClassView({ one }: { one: ClassRecord }) {
  return (
    <RecordPage
      back={{ to: '/training/classes', label: '培训班' }}
      kind="培训班"
      name={one.name}
      number={one.number}
      state={<StateOf state={one.state} of={CLASS_WORDS} />}
      clock={
        one.report && one.report.daysLeft !== null ? (
          <DueText on={one.report.dueOn} left={one.report.daysLeft} />
        ) : null
      }
      next={nextOf(one)}
      acts={<Acts one={one} />}
      notice={
        <>
          <ClassNav classId={one.id} />
          <NameNotice one={one} />
        </>
      }
      facts={factsOf(one)}
      {...(one.certificates > 0
        ? {
            documents: [
              {
                name: `全班培训合格证书.pdf（${one.certificates} 份）`,
                onOpen: () => openFile('training.certificates-pdf', { classId: one.id }),
              },
            ],
          }
        : {})}
      timeline={one.timeline}
    >
      <AnnouncementOf one={one} />
    </RecordPage>
  )
}

function nextOf(one: ClassRecord): { what: string; who: string } | undefined {
  const { counts } = one
  switch (one.state) {
    case 'planned':
      return one.nameReview === 'open'
        ? { what: '核查班级名称', who: '市州人力资源和社会保障局' }
        : { what: '排课并发布招生公告', who: one.organisation }
    case 'announced':
      return counts.registered > 0
        ? { what: `处理 ${counts.registered} 人的报名`, who: one.organisation }
        : { what: '录取完成后开班', who: one.organisation }
    case 'running':
      return { what: '按课程表培训，结业考核后办理结业', who: one.organisation }
    case 'completed':
      if (one.awaitingCertificates > 0) {
        return { what: `为 ${one.awaitingCertificates} 人颁发培训合格证书`, who: one.organisation }
      }
      return one.report?.state === 'submitted'
        ? { what: '接收培训报告', who: '省、市人力资源和社会保障部门' }
        : { what: '报送学员名单和培训情况', who: one.organisation }
    default:
      return undefined
  }
}

/** Acts whose turn it is; the others belong to another state and are not shown. */
function Acts({ one }: { one: ClassRecord }) {
  const start = useCommand('training.start-class')
  const complete = useCommand('training.complete-class')
  const issue = useCommand('training.issue-certificates', { alsoChanges: ['benefits'] })
  const [asking, setAsking] = useState<ReasonAct | null>(null)
  const { actions, state } = one
  const classId = one.id
  return (
    <>
      {state === 'planned' && actions.announce?.allowed ? (
        <ActLink to={`/training/classes/${classId}/announce`} main>
          发布招生公告
        </ActLink>
      ) : null}
      {state === 'planned' && actions.announce && !actions.announce.allowed ? (
        <ActButton act={actions.announce} main onAct={() => undefined}>
          发布招生公告
        </ActButton>
      ) : null}
      {state === 'announced' ? (
        <ActButton
          act={actions.start}
          main
          busy={start.running}
          confirm={`将以已录取的 ${one.counts.admitted} 人开班，仍在候补的不再录取。`}
          onAct={() => start.run({ classId })}
        >
          开班
        </ActButton>
      ) : null}
      {state === 'running' ? (
        <ActButton
          act={actions.complete}
          main
          busy={complete.running}
          confirm="将按学时和结业考核逐人判定，并生成培训报告，自今天起 30 日内须报送。"
          onAct={() => complete.run({ classId })}
        >
          办理结业
        </ActButton>
      ) : null}
      {state === 'completed' && one.awaitingCertificates > 0 ? (
        <ActButton
          act={actions.issueCertificates}
          main
          busy={issue.running}
          confirm={`将颁发 ${one.awaitingCertificates} 份培训合格证书。证书一经颁发不能修改，只能更正或撤销。`}
          onAct={() => issue.run({ classId })}
        >
          颁发证书
        </ActButton>
      ) : null}
      {one.report && actions.complete ? (
        <ActLink
          to={`/training/reports/${one.report.id}`}
          main={one.state === 'completed' && one.awaitingCertificates === 0}
        >
          培训报告
        </ActLink>
      ) : null}
      {state === 'announced' && actions.withdrawAnnouncement?.allowed ? (
        <ActButton act={actions.withdrawAnnouncement} onAct={() => setAsking('withdraw-announcement')}>
          撤回公告
        </ActButton>
      ) : null}
      {state === 'completed' && actions.reopen?.allowed ? (
        <ActButton act={actions.reopen} onAct={() => setAsking('reopen')}>
          恢复培训
        </ActButton>
      ) : null}
      {actions.cancel?.allowed ? (
        <ActButton act={actions.cancel} grave onAct={() => setAsking('cancel')}>
          取消培训班
        </ActButton>
      ) : null}
      {actions.reviewName ? (
        <ActButton
          act={actions.reviewName}
          main={one.nameReview === 'open'}
          onAct={() => setAsking('review-name')}
        >
          核查班级名称
        </ActButton>
      ) : null}
      <ReasonDialog act={asking} one={one} onClose={() => setAsking(null)} />
    </>
  )
}

function NameNotice({ one }: { one: ClassRecord }) {
  if (one.cancelReason) return <Notice tone="waiting">培训班已取消：{one.cancelReason}</Notice>
  if (one.nameReview === 'open') {
    return (
      <Notice tone="waiting">
        班级名称含“{one.nameFlags.join('、')}”，须由主管部门核查是否跨省联合办班，核查前不能招生。
      </Notice>
    )
  }
  if (one.nameReview === 'rejected') {
    return <Notice tone="waiting">班级名称核查未通过：{one.nameReviewReason}</Notice>
  }
  return null
}

function factsOf(one: ClassRecord) {
  const { counts, standardHours } = one
  return [
    {
      title: '基本情况',
      rows: [
        ['培训机构', one.organisation],
        ['职业等级', subject(one)],
        ['培训日期', `${one.startsOn} 至 ${one.endsOn}`],
        ['培训地点', [one.venueCity, one.venue].filter(Boolean).join(' ')],
        [
          '收费',
          one.feeCents === null ? '发布公告时按已公布标准确定' : <Money key="fee" cents={one.feeCents} />,
        ],
        ['结业考核合格分', `${score(one.passMarkTenths)} 分（本机构方案）`],
        one.completedOn ? (['结业日期', <Day key="done" on={one.completedOn} />] as const) : undefined,
        one.report
          ? ([
              '培训报告',
              <span key="report">
                <StateOf state={one.report.state} of={REPORT_WORDS} />
                {one.report.late ? <StateTag tone="refused">逾期</StateTag> : null}
              </span>,
            ] as const)
          : undefined,
      ] as const,
    },
    {
      title: '人数',
      rows: [
        ['计划', `${one.capacity} 人`],
        ['已报名待录取', `${counts.registered} 人`],
        ['候补', `${counts.waiting} 人`],
        ['已录取', `${counts.admitted} 人`],
        counts.completed + counts.failed > 0
          ? (['结业 / 未结业', `${counts.completed} / ${counts.failed} 人`] as const)
          : undefined,
      ] as const,
    },
    {
      title: '学时',
      rows: [
        ...(Object.keys(HOUR_KINDS) as (keyof typeof HOUR_KINDS)[]).map(
          (kind) =>
            [HOUR_KINDS[kind], `计划 ${one.plannedHours[kind]}，已排 ${one.hours.heldByKind[kind]}`] as const,
        ),
        ['合计', `计划 ${one.hours.planned}，已排 ${one.hours.held}`] as const,
        [
          '标准学时',
          standardHours.value === null ? (
            <Unverified key="standard" />
          ) : standardHours.verified ? (
            `${standardHours.value} 学时`
          ) : (
            <Unverified key="standard">{standardHours.value} 学时</Unverified>
          ),
        ] as const,
        ['一学时', `${one.standardHourMinutes} 分钟`] as const,
      ],
    },
  ]
}

function AnnouncementOf({ one }: { one: ClassRecord }) {
  const { announcement } = one
  if (!announcement) return null
  return (
    <Group title="招生公告">
      <p>
        <strong>{announcement.title}</strong>
      </p>
      <p className="announcement-body">{announcement.body}</p>
      <p>
        报名时间 {announcement.enrolFromOn} 至 {announcement.enrolToOn}，联系方式{' '}
        {announcement.contact || <Nothing />}，发布于 <Day on={announcement.publishedAt} />
      </p>
    </Group>
  )
}
