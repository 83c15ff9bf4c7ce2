import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { score } from '../../ui/format.ts'
import {
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  Card,
  ClauseTap,
  Day,
  EmptyState,
  Loaded,
  Notice,
  Page,
  Problem,
  ProgressBar,
  Section,
  StateTag,
} from '../../ui/plain/index.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { useFetching } from './words.ts'

type Mine = OutputOf<PortalApi, 'benefits.mine'>

/** 我的学时与职称: what my certificates are worth, a sentence first, then each year and each title. */
export function MyBenefitsPage() {
  const query = useApiQuery('benefits.mine')
  return (
    <Page
      title="我的学时与职称"
      lead="学时和职称按证书自动登记，不用您申报。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {(mine) => (
          <>
            <Answer>{sentenceOf(mine)}</Answer>
            <Hours mine={mine} />
            <Titles mine={mine} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function sentenceOf({ year, years, titles }: Mine): string {
  const now = years.find((one) => one.year === year)
  const hours = now
    ? `您 ${year} 年度已计入继续教育学时 ${score(now.hoursTenths)} 学时`
    : `您 ${year} 年度还没有计入继续教育学时`
  const direct = titles.filter((one) => one.effect === 'direct')
  return direct.length > 0
    ? `${hours}，已认定${direct.map((one) => one.titleLevel).join('、')}。`
    : `${hours}。`
}

function Hours({ mine }: { mine: Mine }) {
  const { years, required } = mine
  return (
    <Section title="继续教育学时">
      {years.length === 0 ? (
        <EmptyState>还没有计入的学时。取得培训合格证书后，证书所载学时自动计入颁证当年。</EmptyState>
      ) : null}
      {years.map((one) => (
        <YearCard key={one.year} one={one} required={required} />
      ))}
      <Notice>
        学时当年度全国有效。{required ? `每年不少于 ${required.hours} 学时（${required.source}）。` : null}
        计入公需科目还是专业科目，通知没有写明，以“待核实”显示。
      </Notice>
      <p>
        依据：
        <ClauseTap id="HB-5.1" />
      </p>
      <ButtonRow>
        <ButtonLink to="/mine/benefits/hours">学时明细</ButtonLink>
      </ButtonRow>
    </Section>
  )
}

function YearCard({ one, required }: { one: Mine['years'][number]; required: Mine['required'] }) {
  const issue = useCommand('benefits.issue-proof', { inPlace: true })
  const { problem, fetching } = useFetching()
  const print = () =>
    fetching(async () => {
      const proof = await issue.run({ year: one.year })
      if (proof) await openFile('benefits.proof-pdf', { proofId: proof.id })
    })
  return (
    <Card
      title={`${one.year} 年度`}
      mark={<StateTag tone="done">{`${score(one.hoursTenths)} 学时`}</StateTag>}
    >
      {required ? (
        <ProgressBar label="年度学时" done={one.hoursTenths / 10} of={required.hours} unit="学时" />
      ) : null}
      <p>来自 {one.credits} 份培训合格证书。</p>
      <Problem problem={issue.problem ?? problem} />
      <ButtonRow>
        <Button busy={issue.running} onPress={() => void print()}>
          打印 {one.year} 年度学时证明
        </Button>
      </ButtonRow>
    </Card>
  )
}

function Titles({ mine }: { mine: Mine }) {
  const { titles } = mine
  return (
    <Section title="职称">
      {titles.length === 0 ? (
        <EmptyState>
          还没有职称认定。取得初级、中级等级证书的，直接认定相应专业职称；高级证书作为高级职称评审的重要参考。
        </EmptyState>
      ) : null}
      {titles.map((one) => (
        <Card
          key={one.id}
          title={one.titleLevel}
          mark={
            one.effect === 'direct' ? (
              <StateTag tone="done">已认定</StateTag>
            ) : (
              <StateTag tone="idle">评审参考</StateTag>
            )
          }
        >
          <p>
            {one.occupationName}
            {one.level}证书，
            <Day on={one.recognisedOn} /> 起
          </p>
        </Card>
      ))}
      <p>
        依据：
        <ClauseTap id="HB-5.2" />
      </p>
      <ButtonRow>
        <ButtonLink to="/mine/benefits/titles">查看和打印认定表</ButtonLink>
      </ButtonRow>
    </Section>
  )
}
