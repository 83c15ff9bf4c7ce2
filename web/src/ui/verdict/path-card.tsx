import type { ReactNode } from 'react'
import { StateOf, Unverified } from '../marks.tsx'
import type { ShownNeed, ShownPath, ShownStep } from './shown-decision.ts'
import { changesOf, OUTCOME_WORDS, STEP_WORDS, wordsOfFact, wordsOfNeed } from './verdict-words.ts'

type ClauseOf = (id: string) => ReactNode

/** One path: 满足 · 还差什么 · 最早日期 · 期限 · 什么会改变它, and every condition behind a tap. */
export function PathCard(props: {
  path: ShownPath
  clause: ClauseOf
  papers?: readonly string[]
  lead?: boolean
}) {
  const { path, clause, papers = [] } = props
  const met = path.outcome === '符合'
  const changes = changesOf(path)
  const ends = path.window?.to
  return (
    <article className={`verdict-path ${props.lead ? 'verdict-lead' : ''}`} aria-label={path.name}>
      <header>
        <h3>{path.name}</h3>
        <StateOf state={path.outcome} of={OUTCOME_WORDS} />
      </header>
      {path.needs.length === 0 || met ? <p>{path.sentence}</p> : null}
      {path.needs.length > 0 && !met ? <Needs needs={path.needs} alternatives={path.alternatives} /> : null}
      <dl className="verdict-dates">
        {!met && (path.opensOn ?? path.possibleOn) && path.outcome === '尚未到期' ? (
          <div>
            <dt>{path.opensOn ? '最早日期' : '最早可能'}</dt>
            <dd className="num">{path.opensOn ?? path.possibleOn}</dd>
          </div>
        ) : null}
        {ends ? (
          <div>
            <dt>期限</dt>
            <dd>
              到 <span className="num">{ends}</span> 为止
            </dd>
          </div>
        ) : null}
        {met && papers.length > 0 ? (
          <div>
            <dt>材料</dt>
            <dd>{papers.join('、')}</dd>
          </div>
        ) : null}
        {changes.length > 0 ? (
          <div>
            <dt>什么会改变它</dt>
            <dd>{changes.join('；')}</dd>
          </div>
        ) : null}
        <div>
          <dt>依据</dt>
          <dd>{clause(path.clause.id)}</dd>
        </div>
      </dl>
      <Steps path={path} clause={clause} />
    </article>
  )
}

function Steps({ path, clause }: { path: ShownPath; clause: ClauseOf }) {
  return (
    <details>
      <summary>逐项条件与依据</summary>
      <ol className="verdict-steps">
        {path.steps.map((step) => (
          <li
            key={`${step.depth} ${step.sentence} ${step.label ?? ''}`}
            style={{ marginLeft: `${Math.min(step.depth, 4) * 1.1}em` }}
          >
            <StateOf state={step.state} of={STEP_WORDS} /> {step.sentence} <Facts step={step} />{' '}
            {step.unverified ? <Unverified /> : null} {clause(step.clause.id)}
            {step.clause.version === path.clause.version ? null : (
              <span className="num"> 自 {step.clause.version} 起的规定</span>
            )}
            {step.note ? <span className="verdict-note">{step.note}</span> : null}
          </li>
        ))}
      </ol>
      <p className="verdict-version">
        规则版本 <span className="num">{path.clause.version}</span> 起，《{path.clause.document}》
        {path.clause.documentNumber}
      </p>
    </details>
  )
}

/** What it rests on, and how well that is shown. */
function Facts({ step }: { step: ShownStep }) {
  if (step.facts.length === 0) return null
  const said = step.facts.map((fact) => `${wordsOfFact(fact.path)} ${fact.proof}`)
  return <span className="verdict-proof">（依据：{[...new Set(said)].join('、')}）</span>
}

function Needs(props: { needs: ShownNeed[]; alternatives: ShownNeed[][] }) {
  return (
    <div className="verdict-needs">
      <p>还差：</p>
      <ul>
        {props.needs.map((need) => (
          <li key={need.what}>{wordsOfNeed(need)}</li>
        ))}
      </ul>
      {props.alternatives.length > 0 ? (
        <p className="verdict-note">
          或者：
          {props.alternatives.map((set) => set.map(wordsOfNeed).join('、')).join('；或')}
        </p>
      ) : null}
    </div>
  )
}
