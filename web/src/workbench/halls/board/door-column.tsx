import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { problemOf } from '../../../ui/api.ts'
import { ActButton, Problem, StateTag } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { CandidateDrawer } from '../gates/candidate-drawer.tsx'
import { GATE_WORDS, GATES } from '../gates/words.ts'
import type { Place } from './words.ts'
import '../halls.css'

const READ_EVERY_MS = 3_000

/** Who waits at the door, and for what. */
export function DoorColumn({ place, readOnly }: { place: Place; readOnly: boolean }) {
  const [shown, setShown] = useState<string>()
  const query = useApiQuery('halls.list-door', { ...place, page: 1, size: 100 })
  const { refetch } = query
  useEffect(() => {
    const timer = setInterval(() => document.hidden || void refetch(), READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [refetch])
  const open = useCommand('halls.open-door')
  const door = query.data
  const waiting = door?.rows.filter((row) => row.state === 'waiting') ?? []
  const away = door?.rows.filter((row) => row.state === 'turned_away') ?? []
  const one = door?.rows.find((row) => row.candidateId === shown)
  return (
    <aside className="door" aria-label="门口">
      <h2>
        门口 <Link to={`/halls/doors/${place.sittingId}/${place.hallId}`}>全部考生</Link>
      </h2>
      {query.error ? <Problem problem={problemOf(query.error)} /> : null}
      {door?.state === 'waiting' ? (
        readOnly ? (
          <p className="board-grey">尚未开始入场。</p>
        ) : (
          <ActButton
            main
            act={door.open}
            busy={open.running}
            confirm="考生从此可以在考位机上核验身份。"
            onAct={() => open.run({ sittingId: place.sittingId, hallId: place.hallId })}
          >
            开始入场
          </ActButton>
        )
      ) : null}
      {door ? (
        <p className="board-grey num">
          未到 {door.counts.expected} · 等待 {door.counts.waiting} · 已入场 {door.counts.admitted}
        </p>
      ) : null}
      {door && door.state !== 'waiting' && waiting.length === 0 ? (
        <p className="board-grey">现在没有人等待。</p>
      ) : null}
      <ul>
        {[...waiting, ...away].map((row) => (
          <li key={row.candidateId}>
            <button type="button" className="door-row" onClick={() => setShown(row.candidateId)}>
              <span>
                <strong className="num">{row.seat}</strong> {row.name}
                {row.late ? <StateTag tone="waiting">{`迟到 ${row.lateMinutes} 分钟`}</StateTag> : null}
              </span>
              <span className="door-gates">
                {row.state === 'turned_away' ? (
                  <StateTag tone="refused">未准入</StateTag>
                ) : (
                  row.gates.map((gate) => (
                    <StateTag key={gate.gate} tone={GATE_WORDS[gate.state]?.[1] ?? 'idle'}>
                      {GATES[gate.gate]}
                    </StateTag>
                  ))
                )}
              </span>
              {row.proposal ? <small>待第二人：{row.proposal.by} 已核对</small> : null}
            </button>
          </li>
        ))}
      </ul>
      {one ? (
        <CandidateDrawer one={one} sittingId={place.sittingId} onClose={() => setShown(undefined)} />
      ) : null}
    </aside>
  )
}
