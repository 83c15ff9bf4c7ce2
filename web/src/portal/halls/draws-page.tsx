import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { Card, CardList, Instant, Page, StateOf } from '../../ui/plain/index.ts'
import { useList } from '../api.ts'
import { DRAW_WORDS } from './words.ts'

type Row = OutputOf<PortalApi, 'halls.list-draws'>['rows'][number]

export function DrawsPage() {
  const list = useList('halls.list-draws')
  return (
    <Page
      title="考位抽签公示"
      lead="每场考试的考位由公开抽签排定，任何人都可以核验。"
      back={{ to: '/', label: '首页' }}
    >
      <CardList<Row>
        list={list}
        rowKey={(row) => row.number}
        searchLabel="搜场次编号或名称"
        row={(row) => (
          <Card
            to={`/draws/${row.number}`}
            title={row.title}
            mark={<StateOf state={row.stage} of={DRAW_WORDS} />}
          >
            <p>
              {row.organisation}　{row.number}
            </p>
            <p>
              开考 <Instant at={row.startsAt} />
            </p>
          </Card>
        )}
        empty="目前没有公示的抽签。"
      />
    </Page>
  )
}
