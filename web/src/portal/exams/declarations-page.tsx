import { ButtonLink, ButtonRow, Card, EmptyState, Loaded, Page, StateOf } from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { DECLARATION_WORDS, saidStanding } from './words.ts'

/** 我的申报: one sentence each on where it stands. */
export function DeclarationsPage() {
  const query = useApiQuery('exams.my-declarations')
  const declare = (
    <ButtonLink to="/mine/declarations/new" weight="main">
      申报等级考核
    </ButtonLink>
  )
  return (
    <Page
      title="我的申报"
      lead="取得培训合格证书并符合申报条件的，可以申报专业技术等级考核。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState act={declare}>您还没有申报。培训机构也可以统一组织您申报。</EmptyState>
          ) : (
            <>
              {rows.map((row) => (
                <Card
                  key={row.id}
                  to={`/mine/declarations/${row.id}`}
                  title={`${row.occupationName} ${row.level}`}
                  mark={<StateOf state={row.state} of={DECLARATION_WORDS} />}
                >
                  <p>{saidStanding(row)}</p>
                </Card>
              ))}
              <ButtonRow>{declare}</ButtonRow>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
