import { Link } from '@tanstack/react-router'
import {
  ActButton,
  ClauseTag,
  Day,
  DeskPage,
  Facts,
  Group,
  Loaded,
  Nothing,
  StateOf,
  StateTag,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { useBegin } from './use-begin.ts'
import { Lines, WordingText } from './wording.tsx'
import { REVISION_STATES, type RuleRecord } from './words.ts'

type Place = 'national' | 'hubei' | 'anhui'

export function RulePage() {
  const query = useApiQuery('rules.rule', {
    rule: useParam('rule'),
    jurisdiction: useParam('place') as Place,
  })
  return <Loaded query={query}>{(rule) => <RuleText rule={rule} />}</Loaded>
}

function RuleText({ rule }: { rule: RuleRecord }) {
  const { begin, running, may } = useBegin()
  return (
    <DeskPage
      title={rule.name}
      lead={`${rule.place} · ${rule.topic} · 判定能否${rule.matter}`}
      back={{ to: '/rules/texts', label: '规则' }}
      acts={
        may && rule.jurisdiction !== 'national' ? (
          <ActButton
            main
            act={rule.revise}
            busy={running}
            onAct={() => begin({ kind: 'version', rule: rule.rule, part: '' })}
          >
            修订规则
          </ActButton>
        ) : null
      }
    >
      <Group title="基本情况">
        <Facts
          rows={[
            ['按什么判定', rule.asks.length > 0 ? `本人，以及${rule.asks.join('、')}` : '本人'],
            ['证明要求', `至少${rule.proof}`],
            ['最后认定', rule.confirms],
            ['规则旁的例子', `${rule.examples} 个`],
          ]}
        />
      </Group>
      {rule.terms.map((one) => (
        <Term key={one.term} rule={rule} term={one} />
      ))}
      {rule.versions.map((version) => (
        <Group
          key={version.fromOn}
          title={`自 ${version.fromOn}${version.toOn ? ` 至 ${version.toOn}` : ''}的版本`}
        >
          <p>
            <InForce {...version} /> 依据 <ClauseTag id={version.clause} />{' '}
            {version.unverified ? <Unverified>条件原文</Unverified> : null}
          </p>
          <WordingText wording={version.wording} />
        </Group>
      ))}
      <Group title="用到的参数">
        {rule.figures.length === 0 ? <p className="nothing">没有引用参数。</p> : null}
        <ul>
          {rule.figures.map((figure) => (
            <li key={figure.id}>
              {figure.name}：{figure.value} {figure.unit} {figure.verified ? null : <Unverified />}
            </li>
          ))}
        </ul>
      </Group>
      <Group title="修订">
        {rule.revisions.length === 0 ? <p className="nothing">还没有修订过。</p> : null}
        <ul>
          {rule.revisions.map((one) => (
            <li key={one.id}>
              <Link to={`/rules/revisions/${one.id}` as string}>{one.number}</Link> {one.title}{' '}
              <StateOf state={one.state} of={REVISION_STATES} /> 施行日期 <Day on={one.fromOn} />，
              {one.draftedBy}
              起草
            </li>
          ))}
        </ul>
      </Group>
      <Group title="谁在用（近一年）">
        {rule.uses.length === 0 ? <p className="nothing">近一年没有按本规则作出的判定。</p> : null}
        <ul>
          {rule.uses.map((use) => (
            <li key={use.what}>
              {use.what}：{use.decisions} 次判定，最近一次 <Day on={use.lastOn} />
            </li>
          ))}
        </ul>
      </Group>
    </DeskPage>
  )
}

function Term({ rule, term }: { rule: RuleRecord; term: RuleRecord['terms'][number] }) {
  const { begin, running, may } = useBegin()
  return (
    <Group
      title={`本省对“${term.term}”的规定`}
      acts={
        may ? (
          <ActButton
            act={term.revise}
            busy={running}
            onAct={() => begin({ kind: 'filling', rule: rule.rule, part: term.term })}
          >
            修订本省规定
          </ActButton>
        ) : null
      }
    >
      {term.fillings.length === 0 ? <p className="nothing">本省没有另行规定，适用国家规则的文字。</p> : null}
      {term.fillings.map((one) => (
        <div key={one.fromOn} className="rule-path">
          <p>
            自 <Day on={one.fromOn} />{' '}
            {one.toOn ? (
              <>
                至 <Day on={one.toOn} />
              </>
            ) : null}{' '}
            <InForce {...one} /> <ClauseTag id={one.clause} />
          </p>
          <Lines lines={one.lines} />
          {one.note ? <p className="nothing">{one.note}</p> : <Nothing />}
        </div>
      ))}
    </Group>
  )
}

function InForce({ inForce, fromOn, toOn }: { inForce: boolean; fromOn: string; toOn: string | null }) {
  if (inForce) return <StateTag tone="done">现行</StateTag>
  return <StateTag tone={toOn ? 'idle' : 'running'}>{toOn ? '已被替代' : `自 ${fromOn} 施行`}</StateTag>
}
