import { instant } from '../../ui/format.ts'
import { Card, EmptyState, Facts, Loaded, Page, StateOf } from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { ATTEMPT_WORDS, PARTS } from './words.ts'

/** 我的答卷: attempts of one's own; each opens its replay once the results are out. */
export function ReplaysPage() {
  const query = useApiQuery('halls.my-attempts')
  return (
    <Page
      title="我的答卷"
      lead="成绩公布后，可以逐步查看自己的作答轨迹。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState>您还没有机考答卷。参加计算机考试后在此出现。</EmptyState>
          ) : (
            rows.map((row) => (
              <Card
                key={row.id}
                title={`${row.sittingTitle} · ${PARTS[row.part]}`}
                mark={<StateOf state={row.state} of={ATTEMPT_WORDS} />}
                {...(row.published ? { to: `/mine/attempts/${row.id}` } : {})}
              >
                <Facts
                  rows={[
                    row.startedAt !== null && ['开始答题', instant(row.startedAt)],
                    row.closedAt !== null && ['收卷', instant(row.closedAt)],
                    !row.published && ['作答轨迹', '成绩公布后可以查看'],
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
