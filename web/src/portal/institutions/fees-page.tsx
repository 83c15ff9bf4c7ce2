import {
  Card,
  CardList,
  ClauseTap,
  Money,
  Page,
  PlainButton,
  SelectField,
  StateTag,
} from '../../ui/plain/index.ts'
import { saveFile, useList } from '../api.ts'
import { DayFilter, HistoryFilter, LevelFilter } from './words.tsx'

/** 收费公示: what each institution charges, on which cost basis, with what it charged before. */
export function FeesPage() {
  const list = useList('institutions.list-fees')
  return (
    <Page
      title="收费公示"
      lead="收费按弥补成本、以支定收确定，须先公布、后招生。不选日期即为今天执行的标准。"
      back={{ to: '/catalogues', label: '目录清单' }}
    >
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜机构或职业"
        filters={
          <>
            <SelectField
              name="kind"
              label="项目"
              none="全部"
              choices={[
                { value: 'training', label: '培训费' },
                { value: 'assessment', label: '考核费' },
              ]}
              value={list.values.kind ?? ''}
              onChange={(kind) => list.set('kind', kind)}
            />
            <LevelFilter list={list} />
            <DayFilter list={list} />
            <HistoryFilter list={list} />
          </>
        }
        row={(row) => (
          <Card
            title={row.organisation}
            mark={
              row.inForce ? <StateTag tone="done">执行中</StateTag> : <StateTag tone="idle">不执行</StateTag>
            }
          >
            <p>
              {row.occupation} {row.level} {row.kind === 'training' ? '培训费' : '考核费'}：
              <strong>
                <Money cents={row.amountCents} />
              </strong>
            </p>
            <p>
              自 {row.fromOn} 起{row.toOn ? `，至 ${row.toOn}` : ''}
            </p>
            <details>
              <summary>弥补成本说明</summary>
              <p>{row.basis}</p>
            </details>
          </Card>
        )}
        empty="没有符合条件的收费标准。没有公布收费的机构不得招生。"
      />
      <PlainButton onPress={() => void saveFile('institutions.export-fees', list.values)}>
        下载 Excel
      </PlainButton>
      <p>
        依据：
        <ClauseTap id="HB-6.3" />
      </p>
    </Page>
  )
}
