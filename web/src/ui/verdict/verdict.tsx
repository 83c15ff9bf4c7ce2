import type { ReactNode } from 'react'
import { StateOf, Unverified } from '../marks.tsx'
import { PathCard } from './path-card.tsx'
import { Receipt } from './receipt.tsx'
import type { ShownDecision, ShownPath } from './shown-decision.ts'
import { OUTCOME_WORDS } from './verdict-words.ts'
import './verdict.css'

/** What is nearest comes first: open paths, then those a paper or a judgement would open, then dates, then closed ones. */
const NEAREST = ['符合', '需人工认定', '材料不足', '尚未到期', '不符合']
const nearness = (path: ShownPath) => NEAREST.indexOf(path.outcome)

/**
 * A verdict to read: the nearest path's sentence, then each path as a card (满足 · 还差什么 · 最早日期), then every condition with its
 * clause behind a tap, then the receipt. `clause` is the surface's own way of opening a clause. It decides nothing.
 */
export function Verdict(props: {
  decision: ShownDecision
  clause: (id: string) => ReactNode
  /** The page says the sentence itself. */
  withoutSentence?: boolean
}) {
  const { decision, clause } = props
  const paths = [...decision.paths].sort((a, b) => nearness(a) - nearness(b))
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
      <Receipt decision={decision} />
    </div>
  )
}

function leadOf(decision: ShownDecision, nearest: ShownPath | undefined): string {
  if (!nearest || decision.outcome === '不符合') return '按现有资料，各条路径都不符合。'
  return nearest.sentence
}

/** Paths of several rules in one list, nearest first; the closed ones folded away. Keys are rule/path. */
export function PathList(props: {
  decisions: readonly ShownDecision[]
  clause: (id: string) => ReactNode
  papers?: Readonly<Record<string, string[]>>
  lead?: string | null
}) {
  const all = props.decisions
    .flatMap((decision) => decision.paths.map((path) => ({ key: `${decision.rule}/${path.id}`, path })))
    .sort(
      (a, b) =>
        Number(b.key === props.lead) - Number(a.key === props.lead) || nearness(a.path) - nearness(b.path),
    )
  const open = all.filter((one) => one.path.outcome !== '不符合')
  const closed = all.filter((one) => one.path.outcome === '不符合')
  const cards = (list: typeof all) => (
    <ul className="verdict-paths">
      {list.map(({ key, path }) => (
        <li key={key}>
          <PathCard
            path={path}
            clause={props.clause}
            papers={props.papers?.[key] ?? []}
            lead={key === props.lead && path.outcome !== '不符合'}
          />
        </li>
      ))}
    </ul>
  )
  const conflicts = [...new Set(props.decisions.flatMap((one) => one.conflicts))]
  return (
    <div className="verdict">
      {conflicts.map((sentence) => (
        <p className="verdict-conflict" key={sentence}>
          {sentence}
        </p>
      ))}
      {cards(open.length > 0 ? open : closed)}
      {open.length > 0 && closed.length > 0 ? (
        <details className="verdict-closed">
          <summary>不符合的途径（{closed.length} 条）</summary>
          {cards(closed)}
        </details>
      ) : null}
    </div>
  )
}
