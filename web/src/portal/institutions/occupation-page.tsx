import {
  Card,
  ClauseTap,
  Day,
  Facts,
  Loaded,
  Nothing,
  Notice,
  Page,
  Section,
  Unverified,
  useParam,
} from '../../ui/plain/index.ts'
import { useApiQuery } from '../api.ts'
import { SourceLine } from './words.tsx'

type Reading = NonNullable<ReturnType<typeof useApiQuery<'institutions.read-occupation'>>['data']>

/** One occupation: what it is, its levels with directions and hours, since when it is in the catalogue. */
export function OccupationPage() {
  const query = useApiQuery('institutions.read-occupation', { id: useParam('id') })
  return <Loaded query={query}>{(reading) => <Occupation {...reading} />}</Loaded>
}

function Occupation({ occupation, listings }: Reading) {
  return (
    <Page
      title={occupation.name}
      lead={occupation.definition ?? '职业定义未查到公开来源。'}
      back={{ to: '/catalogues/occupations', label: '职业目录' }}
    >
      {occupation.listed ? null : (
        <Notice tone="waiting">该职业今天不在职业目录内，不得开展培训评价。</Notice>
      )}
      <Facts
        rows={[
          [
            '2022版编码',
            <Code key="new" code={occupation.code2022} verified={occupation.code2022Verified} />,
          ],
          [
            '2015版编码',
            <Code key="old" code={occupation.code2015} verified={occupation.code2015Verified} />,
          ],
          [
            '国家职业标准',
            occupation.standardVerified ? (
              `${occupation.standardDocument ?? '已颁布'}${occupation.standardOn ? `，${occupation.standardOn}` : ''}`
            ) : (
              <Unverified key="standard">{occupation.standardDocument}</Unverified>
            ),
          ],
          occupation.note ? ['说明', occupation.note] : undefined,
        ]}
      />
      <Section title="等级、方向和标准学时">
        {occupation.levels.length === 0 ? <p>等级和方向未查到公开来源。</p> : null}
        {occupation.levels.map((level) => (
          <Card key={level.level} title={level.level}>
            <p>方向：{directions(level)}</p>
            <p>
              标准学时：
              {level.hours && level.hoursVerified ? (
                `${level.hours} 学时`
              ) : (
                <Unverified>{level.hours ? `${level.hours} 学时` : null}</Unverified>
              )}
            </p>
          </Card>
        ))}
      </Section>
      <Section title="目录记录">
        {listings.length === 0 ? <p>从未列入职业目录。</p> : null}
        {listings.map((one) => (
          <Card key={one.id}>
            <p>
              <Day on={one.fromOn} /> 起{one.toOn ? `，至 ${one.toOn}` : '，现仍在册'}
              {one.endedReason ? `（${one.endedReason}）` : ''}
            </p>
            <SourceLine source={one.source} status={one.sourceStatus} verified />
          </Card>
        ))}
      </Section>
      <p>
        依据：
        <ClauseTap id="HB-6.2" />
      </p>
    </Page>
  )
}

function Code({ code, verified }: { code: string | null; verified: boolean }) {
  if (!code) return <Nothing />
  return verified ? <span className="num">{code}</span> : <Unverified>{code}</Unverified>
}

function directions(level: Reading['occupation']['levels'][number]) {
  if (level.directions?.length === 0) return '不分方向'
  const words = level.directions?.join('、') ?? null
  if (words && level.directionsVerified && level.directionsComplete) return words
  return (
    <Unverified>
      {words}
      {level.directionsNote ? `（${level.directionsNote}）` : null}
    </Unverified>
  )
}
