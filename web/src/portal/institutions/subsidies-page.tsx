import { Card, CardList, ClauseTap, Money, Page, PlainButton, StateTag } from '../../ui/plain/index.ts'
import { saveFile, useList } from '../api.ts'
import { DayFilter, HistoryFilter, SourceLine } from './words.tsx'

/** 补贴标准目录: dated amounts with conditions and source (HB-5.4). */
export function SubsidiesPage() {
  const list = useList('institutions.list-subsidy-standards')
  return (
    <Page
      title="补贴标准目录"
      lead="补贴标准实行动态管理。能否领取，以申领时的规定和审核为准。"
      back={{ to: '/catalogues', label: '目录清单' }}
    >
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜补贴名称"
        filters={
          <>
            <DayFilter list={list} />
            <HistoryFilter list={list} />
          </>
        }
        row={(row) => (
          <Card
            title={row.name}
            mark={
              row.inForce ? <StateTag tone="done">执行中</StateTag> : <StateTag tone="idle">已截止</StateTag>
            }
          >
            <p>
              {row.province} {row.kind}：
              <strong>
                <Money cents={row.amountCents} />
              </strong>
            </p>
            <p>
              自 {row.fromOn} 起{row.toOn ? `，至 ${row.toOn}` : ''}
              {row.endedReason ? `（${row.endedReason}）` : ''}
            </p>
            {row.conditions ? (
              <details>
                <summary>条件</summary>
                <p>{row.conditions}</p>
              </details>
            ) : null}
            <SourceLine source={row.source} status={row.sourceStatus} verified={row.verified} />
          </Card>
        )}
        empty="没有执行中的补贴标准。可以把范围改为“含历史记录”查看以往标准。"
      />
      <PlainButton onPress={() => void saveFile('institutions.export-subsidy-standards', list.values)}>
        下载 Excel
      </PlainButton>
      <p>
        依据：
        <ClauseTap id="HB-5.4" />
      </p>
    </Page>
  )
}
