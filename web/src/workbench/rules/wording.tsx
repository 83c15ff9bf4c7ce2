import { ClauseTag, Group } from '../../ui/desk/index.ts'
import './rules.css'
import type { Wording } from './words.ts'

type Line = Wording['cases'][number]['shared'][number]

/** A version in words: its cases, the ways each offers, every condition in a sentence with its clause. */
export function WordingText({ wording }: { wording: Wording }) {
  if (wording.cases.length === 0) return <p className="nothing">尚无规定。</p>
  return (
    <div className="rule-wording">
      {wording.cases.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases have no name of their own and never move here
        <section key={index} className="rule-case">
          {one.when ? <h3>{one.when}</h3> : null}
          {one.shared.length > 0 ? (
            <>
              <p className="rule-lead">所有途径都须：</p>
              <Lines lines={one.shared} />
            </>
          ) : null}
          {one.paths.length > 1 ? <p className="rule-lead">符合以下任一途径：</p> : null}
          {one.paths.map((path) => (
            <div key={path.id} className="rule-path">
              <p>
                <strong>{path.name}</strong> <ClauseTag id={path.clause} />
              </p>
              <Lines lines={path.lines} />
            </div>
          ))}
        </section>
      ))}
      {wording.exceptions.map((one) => (
        <section key={one.label} className="rule-case">
          <p>
            <strong>例外：{one.label}</strong>（替代“{one.replaces}”） <ClauseTag id={one.clause} />
          </p>
          <Lines lines={one.lines} />
        </section>
      ))}
      {wording.effects.length > 0 ? (
        <section className="rule-case">
          <p className="rule-lead">符合后的效果：</p>
          <ul>
            {wording.effects.map((one) => (
              <li key={`${one.when} ${one.name}`}>
                {one.when ? `${one.when}：` : ''}
                {one.name}
                {one.automatic ? '' : '（须另行办理）'}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

export function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="rule-lines">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand twice in a rule
        <li key={index} style={{ marginLeft: `${line.depth * 1.4}em` }}>
          {line.text}
          {line.label ? <span className="nothing">（{line.label}）</span> : null}{' '}
          {line.clause ? <ClauseTag id={line.clause} /> : null}
          {line.note ? <div className="nothing">{line.note}</div> : null}
        </li>
      ))}
    </ul>
  )
}

/** The words in force beside the new ones. */
export function BeforeAfter({ before, after }: { before: Wording; after: Wording | null }) {
  return (
    <div className="rule-beside">
      <Group title="现行文字">
        <WordingText wording={before} />
      </Group>
      <Group title="新文字">
        {after ? <WordingText wording={after} /> : <p className="nothing">文字还有问题，改正后显示。</p>}
      </Group>
    </div>
  )
}
