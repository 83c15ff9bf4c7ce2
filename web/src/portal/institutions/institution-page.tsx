import {
  Card,
  ClauseTap,
  Facts,
  Loaded,
  Money,
  Notice,
  Page,
  Section,
  useParam,
} from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { SourceLine } from './words.tsx'

type Reading = NonNullable<ReturnType<typeof useApiQuery<'institutions.read-entry'>>['data']>

/** One institution: may it, for what, since when; what it charges; every earlier row. */
export function InstitutionPage() {
  const query = useApiQuery('institutions.read-entry', { id: useParam('id') })
  return <Loaded query={query}>{(reading) => <Institution {...reading} />}</Loaded>
}

function Institution({ entry, history, fees }: Reading) {
  const isTraining = entry.catalogue === 'training'
  return (
    <Page
      title={entry.organisationName}
      back={{
        to: isTraining ? '/catalogues/training' : '/catalogues/evaluation',
        label: isTraining ? '培训机构目录' : '评价机构目录',
      }}
    >
      {entry.verified ? null : (
        <Notice tone="waiting">这条记录的来源尚待核实，不能据以开展培训评价，请向人社部门查询。</Notice>
      )}
      {entry.verified && !entry.inForce ? (
        <Notice tone="waiting">
          这条记录今天不在有效期内{entry.endedReason ? `（${entry.endedReason}）` : ''}，请查看下方其他记录。
        </Notice>
      ) : null}
      <Facts
        rows={[
          ['所在省份', entry.province],
          ['职业', entry.occupations.map((one) => one.name).join('、') || '来源未载'],
          ['等级', entry.levels.join('、') || '来源未载'],
          entry.batch ? ['批次', entry.batch] : undefined,
          ['有效期', `自 ${entry.fromOn} 起${entry.toOn ? `，至 ${entry.toOn}` : ''}`],
          entry.note ? ['说明', entry.note] : undefined,
        ]}
      />
      <SourceLine source={entry.source} status={entry.sourceStatus} verified={entry.verified} />
      <Section title="现行收费">
        {fees.length === 0 ? <p>没有公布收费标准。未公布收费的机构不得招生。</p> : null}
        {fees.map((fee) => (
          <Card key={fee.id} title={`${fee.occupation} ${fee.level}`}>
            <p>
              <Money cents={fee.amountCents} />
              ，自 {fee.fromOn} 起执行
            </p>
            <p className="nothing">{fee.basis}</p>
          </Card>
        ))}
      </Section>
      {history.length > 1 ? (
        <Section title="历次记录">
          {history.map((row) => (
            <Card key={row.id}>
              <p>
                {row.fromOn} 至 {row.toOn ?? '今'}
                {row.endedReason ? `（${row.endedReason}）` : ''}
              </p>
              <p>
                {row.occupations.map((one) => one.name).join('、')}；{row.levels.join('、')}
              </p>
            </Card>
          ))}
        </Section>
      ) : null}
      <p>
        依据：
        <ClauseTap id="HB-6.2" />
      </p>
    </Page>
  )
}
