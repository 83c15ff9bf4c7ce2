import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ApiProblem, type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import { span } from '../../ui/format.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  Card,
  EmptyState,
  Facts,
  Loaded,
  Masked,
  Page,
  Problem,
  StateTag,
} from '../../ui/plain/index.ts'
import { openFile, useApiQuery } from '../api.ts'
import { Rehearsal } from './rehearsal-link.tsx'
import { PARTS } from './words.ts'

type Ticket = OutputOf<PortalApi, 'halls.my-tickets'>['tickets'][number]

/** 我的准考证, on a phone in front of the site: where, when, which seat, what to bring. */
export function TicketsPage() {
  const query = useApiQuery('halls.my-tickets')
  return (
    <Page
      title="我的准考证"
      lead="请带上有效身份证件原件。准考证可以出示手机，也可以打印。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ tickets }) =>
          tickets.length === 0 ? (
            <EmptyState>
              <p>还没有准考证。评价机构抽签排座并发布后，会出现在这里。</p>
            </EmptyState>
          ) : (
            tickets.map((one) => <TicketCard key={one.sittingId} one={one} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function TicketCard({ one }: { one: Ticket }) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const over = one.state !== 'planned' && one.state !== 'open'
  const open = async () => {
    setProblem(null)
    try {
      await openFile('halls.my-ticket-paper', { sittingId: one.sittingId })
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <Card
      title={one.title}
      mark={over ? <StateTag tone="idle">已结束</StateTag> : <StateTag tone="running">待考</StateTag>}
    >
      <Facts
        rows={[
          ['准考证号', <TicketNumber key="number" number={one.ticketNumber} />],
          ['姓名', one.personName],
          ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
          ['职业等级', `${one.occupationName} ${one.level}`],
          ...one.parts.map(
            (part) =>
              [
                PARTS[part.part],
                part.retained ? '成绩沿用，不必参加' : unbroken(span(part.startsAt, part.endsAt)),
              ] as const,
          ),
          one.extraMinutes > 0 ? ['便利安排', `已批准延长 ${one.extraMinutes} 分钟`] : undefined,
          ['考点', one.site],
          ['地址', one.address],
          ['考场', one.hall],
          [
            '考位',
            <strong key="seat" style={{ fontSize: '1.5em' }}>
              {one.seat}
            </strong>,
          ],
          ['评价机构', `${one.organisation} ${one.contactPhone}`],
          over ? undefined : ['考前演练', <Rehearsal key="rehearsal">演练答题，检查摄像头和网络</Rehearsal>],
          [
            '登记照片',
            one.hasPhoto ? (
              '已登记'
            ) : over ? (
              '未登记'
            ) : (
              <span key="photo">
                未登记，可以<Link to="/mine/photo">现在登记</Link>；不登记的，入场时由两名监考员核验证件
              </span>
            ),
          ],
        ]}
      />
      <h4>考生须知</h4>
      <ol>
        {one.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ol>
      {one.note ? <p>{one.note}</p> : null}
      <Problem problem={problem} />
      <ButtonRow>
        <Button weight="main" onPress={() => void open()}>
          下载准考证
        </Button>
        <ButtonLink to={`/draws/${one.number}`}>抽签公示</ButtonLink>
      </ButtonRow>
      <p style={{ marginTop: 16 }}>您在抽签名单中的代号：{one.drawCode}</p>
    </Card>
  )
}

/** On a narrow phone a long number breaks in its middle, not before its last digit. */
function TicketNumber({ number }: { number: string }) {
  const middle = Math.ceil(number.length / 2)
  return (
    <strong>
      {number.slice(0, middle)}
      <wbr />
      {number.slice(middle)}
    </strong>
  )
}

/** The two times of a span stay on one line. */
const unbroken = (text: string) => text.replace(/\s*[–—]\s*/, '\u2060–\u2060')
