import type { ReactNode } from 'react'
import { StateOf, Unverified } from '../marks.tsx'
import { OUTCOME_WORDS, STEP_WORDS, wordsOfNeed } from './verdict-words.ts'
import './verdict.css'

export interface ShownNeed {
  kind: string
  what: string
  on: string | null
}
interface ShownClause {
  id: string
  document: string
  documentNumber: string
  version: string
}
export interface ShownPath {
  id: string
  name: string
  outcome: string
  sentence: string
  clause: ShownClause
  opensOn: string | null
  possibleOn: string | null
  needs: ShownNeed[]
  alternatives: ShownNeed[][]
  steps: {
    depth: number
    label: string | null
    state: string
    sentence: string
    clause: ShownClause
    note: string | null
    unverified: boolean
    facts: { path: string; proof: string }[]
  }[]
}
/** An explained decision as both surfaces get it from the server. */
export interface ShownDecision {
  ruleName: string
  on: string
  outcome: string
  confirms: string
  clause: ShownClause
  opensOn: string | null
  unverified: boolean
  conflicts: string[]
  paths: ShownPath[]
}

/** What is nearest comes first: open paths, then those a paper or a judgement would open, then dates, then closed ones. */
const NEAREST = ['符合', '需人工认定', '材料不足', '尚未到期', '不符合']

/**
 * A verdict to read: the nearest path's sentence, then each path as a card (满足 · 还差什么 · 最早日期), then every condition with its
 * clause behind a tap. `clause` is the surface's own way of opening a clause. It decides nothing.
 */
export function Verdict(props: {
  decision: ShownDecision
  clause: (id: string) => ReactNode
  /** The page says the sentence itself. */
  withoutSentence?: boolean
}) {
  const { decision, clause } = props
  const paths = [...decision.paths].sort((a, b) => NEAREST.indexOf(a.outcome) - NEAREST.indexOf(b.outcome))
  return (
    <div className="verdict">
      {props.withoutSentence ? null : <p className="verdict-sentence">{leadOf(decision, paths[0])}</p>}
      <p className="verdict-basis">
        <StateOf state={decision.outcome} of={OUTCOME_WORDS} /> 依据 {clause(decision.clause.id)} 判定日{' '}
        <time className="num">{decision.on}</time>
        {decision.unverified ? (
          <>
            {' '}
            <Unverified>条件原文</Unverified>
          </>
        ) : null}
      </p>
      {decision.conflicts.map((sentence) => (
        <p className="verdict-conflict" key={sentence}>
          {sentence}
        </p>
      ))}
      <ul className="verdict-paths">
        {paths.map((path) => (
          <li key={path.id}>
            <PathCard path={path} clause={clause} />
          </li>
        ))}
      </ul>
      <p className="verdict-confirms">{decision.confirms}</p>
    </div>
  )
}

function leadOf(decision: ShownDecision, nearest: ShownPath | undefined): string {
  if (!nearest || decision.outcome === '不符合') return '按现有资料，各条路径都不符合。'
  return nearest.sentence
}

function PathCard({ path, clause }: { path: ShownPath; clause: (id: string) => ReactNode }) {
  return (
    <article className="verdict-path" aria-label={path.name}>
      <header>
        <h3>{path.name}</h3>
        <StateOf state={path.outcome} of={OUTCOME_WORDS} />
      </header>
      {path.needs.length === 0 || path.outcome === '符合' ? <p>{path.sentence}</p> : null}
      {path.needs.length > 0 && path.outcome !== '符合' ? (
        <Needs title="还差" needs={path.needs} alternatives={path.alternatives} />
      ) : null}
      {path.outcome !== '符合' && path.opensOn ? (
        <p>
          最早日期：<strong className="num">{path.opensOn}</strong>
        </p>
      ) : null}
      <details>
        <summary>逐项条件与依据</summary>
        <ol className="verdict-steps">
          {path.steps.map((step) => (
            <li
              key={`${step.depth} ${step.sentence} ${step.label ?? ''}`}
              style={{ marginLeft: `${Math.min(step.depth, 4) * 1.1}em` }}
            >
              <StateOf state={step.state} of={STEP_WORDS} /> {step.sentence}
              {step.facts.length > 0 ? (
                <span className="verdict-proof">
                  （{[...new Set(step.facts.map((fact) => fact.proof))].join('、')}）
                </span>
              ) : null}{' '}
              {step.unverified ? <Unverified /> : null} {clause(step.clause.id)}
              {step.note ? <span className="verdict-note">{step.note}</span> : null}
            </li>
          ))}
        </ol>
        <p className="verdict-version">
          规则版本 <span className="num">{path.clause.version}</span> 起，《{path.clause.document}》
          {path.clause.documentNumber}
        </p>
      </details>
    </article>
  )
}

function Needs(props: { title: string; needs: ShownNeed[]; alternatives: ShownNeed[][] }) {
  return (
    <div className="verdict-needs">
      <p>{props.title}：</p>
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
