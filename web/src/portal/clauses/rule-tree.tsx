import { useState } from 'react'
import { clauseLabel } from '../../ui/clause-label.ts'
import { Loaded } from '../../ui/plain/index.ts'
import { useApiQueryWhen } from '../api.ts'

const PLACES: Record<string, string> = { hubei: '湖北', national: '全国', anhui: '安徽' }

/** A rule that rests on a clause: its conditions as sentences, as they nest, once it is opened. */
export function RuleTree({ rule }: { rule: { id: string; name: string; jurisdiction: string } }) {
  const [open, setOpen] = useState(false)
  const query = useApiQueryWhen(
    'policy.rule',
    open ? { id: rule.id, jurisdiction: rule.jurisdiction as 'national' } : undefined,
  )
  return (
    <details className="rule-tree" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        规则：{rule.name}（{PLACES[rule.jurisdiction] ?? rule.jurisdiction}）
      </summary>
      {open ? (
        <Loaded query={query}>
          {(found) => (
            <>
              {found.versions.map((version) => (
                <section key={version.from} aria-label={`${version.from} 起`}>
                  <p className="rule-version">
                    <span className="num">{version.from}</span> 起
                    {version.to ? (
                      <>
                        ，至 <span className="num">{version.to}</span>
                      </>
                    ) : null}
                    ，{clauseLabel(version.clause)}
                  </p>
                  {version.cases.map((one, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cases have no name of their own and never move
                    <div key={at}>
                      {one.levels ? <h3>{one.levels.join('、')}</h3> : null}
                      {one.paths.map((path) => (
                        <div key={path.id}>
                          <h4>{path.name}</h4>
                          <ul>
                            {path.steps.map((step) => (
                              <li
                                key={`${step.depth} ${step.text}`}
                                style={{ marginLeft: `${Math.min(step.depth, 4) * 1.1}em` }}
                              >
                                {step.text}
                                {step.clause !== path.clause ? `（${clauseLabel(step.clause)}）` : ''}
                                {step.note ? <span className="rule-note">{step.note}</span> : null}
                              </li>
                            ))}
                          </ul>
                        </div>
                      ))}
                    </div>
                  ))}
                </section>
              ))}
              <p className="rule-note">{found.confirms}</p>
            </>
          )}
        </Loaded>
      ) : null}
    </details>
  )
}
