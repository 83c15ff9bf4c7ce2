import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  ActButton,
  Button,
  ButtonLink,
  ButtonRow,
  Card,
  Day,
  Loaded,
  Notice,
  Page,
  Section,
  StateTag,
} from '../../ui/plain/index.ts'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { type FactKind, KIND_WORDS, KINDS, PROOF_TONES, saidFact } from './fact-words.ts'

type Fact = OutputOf<PortalApi, 'people.my-facts'>['facts'][number]

/** 我的资料: what eligibility is decided on, each with the state of its proof. */
export function FactsPage() {
  const query = useApiQuery('people.my-facts')
  const choices = useApiQuery('people.fact-choices')
  const nameOf = (id: string) => choices.data?.occupations.find((one) => one.id === id)?.name ?? id
  return (
    <Page
      title="我的资料"
      lead="申报条件按这里的资料判断。没填的按“不知道”处理，不会当作“没有”。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Notice>
        自述：您自己填写。已上传：附了证明材料。已核验：评价机构或人社部门看过材料。申报时需要核验的，会提示您补材料。
      </Notice>
      <Loaded query={query}>
        {({ facts }) => (
          <>
            {KINDS.map((kind) => (
              <KindSection
                key={kind}
                kind={kind}
                facts={facts.filter((one) => one.kind === kind)}
                nameOf={nameOf}
              />
            ))}
            <OfficialFacts
              facts={facts.filter((one) => !(KINDS as string[]).includes(one.kind))}
              nameOf={nameOf}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function KindSection(props: { kind: FactKind; facts: Fact[]; nameOf: (id: string) => string }) {
  const words = KIND_WORDS[props.kind]
  const state = useCommand('people.state-fact')
  const { none } = words
  return (
    <Section title={words.name}>
      {props.facts.length === 0 ? <p>{words.why}还没有填写。</p> : null}
      {props.facts.map((fact) => (
        <FactCard key={fact.id} fact={fact} nameOf={props.nameOf} none={none} />
      ))}
      <ButtonRow>
        {props.kind === 'retirement' && props.facts.length > 0 ? null : (
          <ButtonLink to={`/mine/facts/new/${props.kind}`}>填写{words.name}</ButtonLink>
        )}
        {none && props.facts.length === 0 ? (
          <Button
            busy={state.running}
            onPress={() => void state.run({ kind: props.kind, value: { none: true } })}
          >
            {none}
          </Button>
        ) : null}
      </ButtonRow>
    </Section>
  )
}

function FactCard(props: { fact: Fact; nameOf: (id: string) => string; none: string | undefined }) {
  const { fact } = props
  const withdraw = useCommand('people.withdraw-fact')
  return (
    <Card
      title={fact.none ? (props.none ?? '没有') : saidFact(fact.kind, fact.value, props.nameOf)}
      mark={<StateTag tone={PROOF_TONES[fact.proof] ?? 'idle'}>{fact.proof}</StateTag>}
    >
      {fact.fromOn ? (
        <p>
          <Day on={fact.fromOn} />
          {fact.toOn ? (
            <>
              {' '}
              至 <Day on={fact.toOn} />
            </>
          ) : fact.kind === 'employment' || fact.kind === 'skillPosts' ? (
            ' 至今'
          ) : null}
        </p>
      ) : null}
      {fact.verifiedBy ? <p>由 {fact.verifiedBy} 核验</p> : null}
      {fact.expiresOn ? (
        <p>
          核验有效至 <Day on={fact.expiresOn} />
        </p>
      ) : null}
      <ButtonRow>
        {fact.hasPaper ? (
          <Button onPress={() => void openFile('people.my-paper', { factId: fact.id })}>看证明材料</Button>
        ) : null}
        <ActButton
          act={fact.actions.withdraw}
          busy={withdraw.running}
          onPress={() => void withdraw.run({ factId: fact.id })}
        >
          撤回
        </ActButton>
      </ButtonRow>
    </Card>
  )
}

/** Judgements of officials and certificates the platform knows itself: shown, not the person's to change. */
function OfficialFacts({ facts, nameOf }: { facts: Fact[]; nameOf: (id: string) => string }) {
  if (facts.length === 0) return null
  return (
    <Section title="平台和部门认定的资料">
      {facts.map((fact) => (
        <Card
          key={fact.id}
          title={`${fact.kindTitle}：${saidFact(fact.kind, fact.value, nameOf)}`}
          mark={<StateTag tone={PROOF_TONES[fact.proof] ?? 'idle'}>{fact.proof}</StateTag>}
        >
          {fact.verifiedBy ? <p>{fact.verifiedBy}</p> : null}
        </Card>
      ))}
    </Section>
  )
}
