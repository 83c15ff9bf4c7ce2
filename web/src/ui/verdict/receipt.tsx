import { useState } from 'react'
import { type ApiProblem, type OutputOf, type PortalApi, problemOf } from '../api.ts'
import { clauseLabel } from '../clause-label.ts'
import { portalClient } from '../clients.ts'
import type { ShownDecision } from './shown-decision.ts'

type Replayed = OutputOf<PortalApi, 'policy.replay-decision'>

/** By what it was decided: engine, the rule files' hashes, the day; and whether deciding again gives the same bytes. */
export function Receipt({ decision }: { decision: ShownDecision }) {
  const { receipt } = decision
  const [replayed, setReplayed] = useState<Replayed | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [running, setRunning] = useState(false)
  if (!receipt) return null
  const replay = async (decisionId: string) => {
    setRunning(true)
    setProblem(null)
    try {
      setReplayed(await portalClient.read('policy.replay-decision', { decisionId }))
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setRunning(false)
    }
  }
  const { id } = receipt
  return (
    <details className="receipt">
      <summary>判定凭据</summary>
      <dl className="verdict-dates">
        <div>
          <dt>判定日</dt>
          <dd className="num">{decision.on}</dd>
        </div>
        <div>
          <dt>规则</dt>
          <dd>
            {decision.ruleName}（{clauseLabel(decision.clause.id)}）
          </dd>
        </div>
        <div>
          <dt>判定引擎</dt>
          <dd className="num">{receipt.engine}</dd>
        </div>
        <div>
          <dt>省级确认的参数</dt>
          <dd>{receipt.settings} 项</dd>
        </div>
        <div>
          <dt>规则文件</dt>
          <dd>
            {receipt.packs.length} 份
            <ul className="receipt-packs">
              {receipt.packs.map((pack) => (
                <li key={pack.path}>
                  <span>{pack.path.replace(/^.*packs\//, '')}</span>{' '}
                  <code title={pack.sha256 ?? undefined}>{pack.sha256?.slice(0, 16) ?? '没有摘要'}</code>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
      {id ? (
        <p className="no-print">
          <button type="button" className="button-plain" disabled={running} onClick={() => void replay(id)}>
            {running ? '正在重新核算…' : '重新核算'}
          </button>
        </p>
      ) : null}
      <p role="status">{replayed ? said(replayed) : null}</p>
      {problem ? <p role="alert">{problem.message}</p> : null}
    </details>
  )
}

function said(replayed: Replayed): string {
  if (replayed.same === true)
    return `重新核算完成：用当时的规则和资料得到逐字相同的结论（摘要 ${replayed.kept.slice(0, 16)}）。`
  if (replayed.same === false)
    return `重新核算的结论与当时不一致（当时 ${replayed.kept.slice(0, 16)}，现在 ${replayed.again?.slice(0, 16)}）。请把判定日和编号告诉管理员。`
  return '当时的规则文件已不在本系统这个版本中，不能逐字重算；当时的结论和资料仍然保存。'
}
