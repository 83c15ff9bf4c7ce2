import { Button, Input, Select } from 'antd'
import { StateOf, StateTag } from '../../ui/desk/index.ts'
import { OUTCOME_WORDS } from '../../ui/verdict/verdict-words.ts'
import { type Content, OUTCOME_CHOICES, type Trial } from './words.ts'

type Tried = NonNullable<Trial['examples']>['rows'][number]
type Example = Content['examples'][number]
type Expected = Example['expected']

const SOURCES = { own: '本次修订的例子', pack: '规则的例子', boundary: '边界情形' } as const

/** What the change does to people: every example under both texts, differences first. */
export function ExamplesPanel(props: {
  trial: Trial | undefined
  examples: Example[]
  onChange?: (examples: Example[]) => void
}) {
  const { trial, examples, onChange } = props
  const tried = trial?.examples
  const others = tried?.rows.filter((row) => row.source !== 'own') ?? []
  const add = (row: Tried) =>
    onChange?.([
      ...examples,
      {
        name: row.name.slice(0, 100),
        rule: row.rule,
        params: row.params,
        on: null,
        facts: row.facts,
        expected: (row.after?.outcome ?? '不符合') as Expected,
      },
    ])
  return (
    <>
      <section aria-label="必须成立的例子">
        <h3>必须成立的例子</h3>
        {examples.length === 0 ? (
          <p className="nothing">还没有。可从下面的情形中选取，不成立就不能提交。</p>
        ) : null}
        <ul className="rule-tried">
          {examples.map((example, index) => (
            <li key={`${example.name} ${JSON.stringify(example.facts)}`}>
              <OwnExample
                example={example}
                failing={trial?.failing.find((one) => one.name === example.name)}
                {...(onChange
                  ? {
                      onExample: (next: Example) =>
                        onChange(examples.map((one, i) => (i === index ? next : one))),
                      onRemove: () => onChange(examples.filter((_, i) => i !== index)),
                    }
                  : {})}
              />
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="例子试算">
        <h3>例子试算</h3>
        <p role="status">
          {tried ? `共 ${tried.total} 个情形，结论改变 ${tried.changed} 个` : '文字还有问题，改正后试算'}
        </p>
        <ul className="rule-tried">
          {others.map((row) => (
            <li key={`${row.name} ${row.on} ${JSON.stringify(row.params)}`}>
              <p className={row.changed ? 'rule-changed' : undefined}>
                {row.name}
                {row.changed ? '（改变）' : ''}
              </p>
              <p className="rule-about">
                {SOURCES[row.source]}，判定日 {row.on}
              </p>
              <Change row={row} />
              {onChange ? (
                <Button size="small" onClick={() => add(row)} aria-label={`列为必须成立：${row.name}`}>
                  列为必须成立
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Change({ row }: { row: Tried }) {
  const one = (seen: Tried['before']) =>
    seen ? (
      <>
        <StateOf state={seen.outcome} of={OUTCOME_WORDS} />
        {seen.opensOn ? <span className="num"> {seen.opensOn} 起</span> : null}
      </>
    ) : (
      '不适用'
    )
  if (!row.changed) return <p>{one(row.after)}</p>
  return (
    <>
      <p>
        现行 {one(row.before)}，改后 {one(row.after)}
      </p>
      {row.after ? <p className="rule-about">{row.after.sentence}</p> : null}
    </>
  )
}

function OwnExample(props: {
  example: Example
  failing: { found: string } | undefined
  onExample?: (next: Example) => void
  onRemove?: () => void
}) {
  const { example, failing, onExample } = props
  if (!onExample) {
    return (
      <p>
        {example.name}：应为{example.expected} <Holds failing={failing} />
      </p>
    )
  }
  return (
    <>
      <Input
        aria-label="例子名称"
        maxLength={100}
        value={example.name}
        onChange={(event) => onExample({ ...example, name: event.target.value })}
      />
      <div className="rule-row">
        <span>应为</span>
        <Select
          aria-label={`${example.name}应为`}
          style={{ width: 130 }}
          value={example.expected}
          options={OUTCOME_CHOICES}
          onChange={(expected: Expected) => onExample({ ...example, expected })}
        />
        <Holds failing={failing} />
        <Button size="small" onClick={props.onRemove} aria-label={`删除例子：${example.name}`}>
          删除
        </Button>
      </div>
    </>
  )
}

function Holds({ failing }: { failing: { found: string } | undefined }) {
  return failing ? (
    <StateTag tone="refused">{`不成立：${failing.found}`}</StateTag>
  ) : (
    <StateTag tone="done">成立</StateTag>
  )
}
