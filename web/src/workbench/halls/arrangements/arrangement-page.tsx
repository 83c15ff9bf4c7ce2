import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  ActLink,
  ClauseTag,
  Group,
  Instant,
  Loaded,
  RecordPage,
  StateOf,
  Unverified,
  useParam,
} from '../../../ui/desk/index.ts'
import { span } from '../../../ui/format.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ARRANGEMENT_WORDS, PART_WORDS, STEP_WORDS } from '../words.ts'
import { Accommodations } from './accommodations.tsx'
import { HallsOfSitting } from './halls-of-sitting.tsx'
import { Seated } from './seated.tsx'
import '../halls.css'

export type Arrangement = OutputOf<WorkbenchApi, 'halls.read-arrangement'>

export function ArrangementPage() {
  const query = useApiQuery('halls.read-arrangement', { sittingId: useParam('id') })
  return <Loaded query={query}>{(one) => <Record one={one} />}</Loaded>
}

function Record({ one }: { one: Arrangement }) {
  const publish = useCommand('halls.publish-tickets')
  const [accommodating, setAccommodating] = useState(false)
  const { actions, sittingId } = one
  const step = one.checklist.find((each) => each.state === 'gap')
  return (
    <RecordPage
      back={{ to: '/halls/arrangements', label: '考场编排' }}
      kind="考场编排"
      name={one.title}
      number={one.number}
      state={<StateOf state={one.state} of={ARRANGEMENT_WORDS} />}
      next={step ? { what: `${step.title}：${step.words}`, who: one.organisation } : undefined}
      acts={
        <>
          {actions.chooseHalls?.allowed ? (
            <ActLink to={`/halls/arrangements/${sittingId}/halls`} main={one.halls.length === 0}>
              选定考场
            </ActLink>
          ) : null}
          <ActLink to={`/halls/arrangements/${sittingId}/draw`} main={one.halls.length > 0 && !one.drawnAt}>
            抽签排座
          </ActLink>
          {one.ticketsPublishedAt || !one.drawnAt ? null : (
            <ActButton
              act={actions.publishTickets ?? undefined}
              main
              busy={publish.running}
              confirm={`发布后 ${one.seated} 名考生可以查看和打印准考证。`}
              onAct={() => publish.run({ sittingId })}
            >
              发布准考证
            </ActButton>
          )}
          {actions.accommodate?.allowed ? (
            <ActButton act={actions.accommodate} onAct={() => setAccommodating(true)}>
              提出便利安排
            </ActButton>
          ) : null}
        </>
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['评价机构', one.organisation],
            ['等级', one.level],
            one.family ? ['统考', `${one.family.title}（${one.family.number}）`] : undefined,
            ...one.parts.map((part) => [PART_WORDS[part.part], span(part.startsAt, part.endsAt)] as const),
            ['考生', `${one.candidates} 人，已排座 ${one.seated} 人`],
            ['卷型', `${one.forms} 种，前后左右不同卷`],
            ['名单锁定', <Instant key="closed" at={one.registrationClosedAt} />],
            ['抽签', <Instant key="drawn" at={one.drawnAt} />],
            ['准考证发布', <Instant key="tickets" at={one.ticketsPublishedAt} />],
          ],
        },
        { title: '考务数字（编排时记下，之后不变）', rows: figuresOf(one) },
      ]}
      timeline={one.timeline}
    >
      <Group title="考前清单">
        <ol className="steps-list">
          {one.checklist.map((each) => (
            <li key={each.key}>
              <StateOf state={each.state} of={STEP_WORDS} />
              <strong>{each.title}</strong>
              <span>
                {each.words} {each.clause && each.state === 'gap' ? <ClauseTag id={each.clause} /> : null}
              </span>
            </li>
          ))}
        </ol>
      </Group>
      <HallsOfSitting one={one} />
      <Accommodations one={one} proposing={accommodating} onClose={() => setAccommodating(false)} />
      <Seated one={one} />
    </RecordPage>
  )
}

function figuresOf(one: Arrangement) {
  const { rules } = one
  const figures: [key: string, label: string, value: string][] = [
    ['invigilatorsPerHall', '每考场监考', `至少 ${rules.invigilatorsPerHall} 人`],
    ['candidatesPerInvigilator', '监考与考生', `1 比 ${rules.candidatesPerInvigilator}`],
    ['lateMinutes', '开考后可入场', `${rules.lateMinutes} 分钟内`],
    ['earliestHandInMinutes', '最早交卷', `开考 ${rules.earliestHandInMinutes} 分钟后`],
    ['graceSeconds', '到时宽限', `${rules.graceSeconds} 秒，只收截止前作答的内容`],
    ['captureSeconds', '随机抓拍间隔', `${rules.captureSeconds.from}—${rules.captureSeconds.to} 秒`],
    ['faceThreshold', '人脸阈值', `本人 ${rules.faceThreshold.same}，他人 ${rules.faceThreshold.other}`],
    ['videoRequired', '全程录像', rules.videoRequired ? '要求' : '不要求'],
    ['retention.capturesDays', '抓拍保存', `${rules.retention.capturesDays} 日`],
    ['retention.videoDays', '录像保存', `${rules.retention.videoDays} 日`],
    ['retention.templateDays', '人脸模板保存', `${rules.retention.templateDays} 日`],
    ['retention.archiveYears', '考试档案保存', `${rules.retention.archiveYears} 年`],
  ]
  return figures.map(
    ([key, label, value]) =>
      [label, rules.unverified.includes(key) ? <Unverified key={key}>{value}</Unverified> : value] as const,
  )
}
