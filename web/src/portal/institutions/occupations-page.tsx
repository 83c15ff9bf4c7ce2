import { Card, CardList, Page, PlainButton, StateTag, Unverified } from '../../ui/plain/index.ts'
import { saveFile, useList } from '../api.ts'
import { DayFilter } from './words.tsx'

/** 职业目录 as it stands today, or stood on another day. */
export function OccupationsPage() {
  const list = useList('institutions.list-occupations')
  return (
    <Page
      title="职业目录"
      lead="只有目录内的职业可以开展培训评价。选日期可看那一天的目录。"
      back={{ to: '/catalogues', label: '目录清单' }}
    >
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜职业名称或编码"
        filters={<DayFilter list={list} />}
        row={(row) => (
          <Card
            to={`/catalogues/occupations/${row.id}`}
            title={row.name}
            mark={
              row.listed ? <StateTag tone="done">在册</StateTag> : <StateTag tone="idle">不在册</StateTag>
            }
          >
            <p>
              编码 {row.code2022 ?? '无'}
              {row.code2015 ? `（2015版 ${row.code2015}）` : ''}
              {row.code2022Verified ? null : <Unverified />}
            </p>
            <p>{row.fromOn ? `自 ${row.fromOn} 起列入` : ''}</p>
          </Card>
        )}
        empty="这一天的目录中没有符合条件的职业。"
      />
      <PlainButton onPress={() => void saveFile('institutions.export-occupations', list.values)}>
        下载 Excel
      </PlainButton>
    </Page>
  )
}
