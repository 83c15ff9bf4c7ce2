import { score, span } from '../../ui/format.ts'
import { Card, ClauseTap, EmptyState, Facts, Loaded, Page, StateOf, StateTag } from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { Rehearsal } from '../halls/rehearsal-link.tsx'
import { RESULT_WORDS } from './words.ts'

const MARKS: Record<string, string> = { absent: '缺考', misconduct: '违纪' }

/** 我的成绩: tickets and published scores; nothing before the publication. */
export function ResultsPage() {
  const query = useApiQuery('exams.my-results')
  return (
    <Page
      title="我的成绩"
      lead={
        <>
          理论知识考试与专业能力考核均合格者，颁发专业技术等级证书。 <ClauseTap id="HB-4.4" />
        </>
      }
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState>
              <p>您还没有参加考核。资格确认后由评价机构安排场次。</p>
              <p>
                <Rehearsal>先演练一次机考</Rehearsal>
              </p>
            </EmptyState>
          ) : (
            rows.map((row) => (
              <Card
                key={row.ticketNumber}
                title={`${row.occupationName} ${row.level}`}
                mark={
                  row.result ? (
                    <StateOf state={row.result} of={RESULT_WORDS} />
                  ) : (
                    <StateTag tone="idle">尚未公布</StateTag>
                  )
                }
              >
                <Facts
                  rows={[
                    [
                      '准考证号',
                      <span key="ticket" className="num">
                        {row.ticketNumber}
                      </span>,
                    ],
                    ['场次', `${row.sittingTitle}${row.attempt > 1 ? `（第 ${row.attempt} 次）` : ''}`],
                    ['时间', span(row.startsAt, row.endsAt)],
                    ['地点', row.venue],
                    row.result !== null && ['理论知识考试', said(row.theoryMark, row.theoryScoreTenths)],
                    row.result !== null && ['专业能力考核', said(row.abilityMark, row.abilityScoreTenths)],
                  ]}
                />
              </Card>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}

function said(mark: string, tenths: number | null): string {
  return MARKS[mark] ?? (tenths === null ? '无成绩' : `${score(tenths)} 分`)
}
