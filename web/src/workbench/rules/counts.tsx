import { StateOf } from '../../ui/desk/index.ts'
import { OUTCOME_WORDS } from '../../ui/verdict/verdict-words.ts'
import type { RevisionRecord } from './words.ts'

type Reckoning = NonNullable<RevisionRecord['reckoning']>

/** How many people go from which verdict to which; what changes stands first. */
export function Counts({ reckoning }: { reckoning: Reckoning }) {
  const rows = [...reckoning.counts].sort(
    (a, b) => Number(a.before === a.after) - Number(b.before === b.after),
  )
  return (
    <>
      <p role="status">
        按 {reckoning.onDay} 测算，共 {reckoning.people} 人次，结论改变 {reckoning.changed} 人次。
      </p>
      {rows.length === 0 ? (
        <p className="nothing">平台上没有按本规则判定过的人员。</p>
      ) : (
        <table className="rule-counts">
          <caption className="sr-only">结论的变化</caption>
          <thead>
            <tr>
              <th scope="col">现行结论</th>
              <th scope="col">新结论</th>
              <th scope="col">人次</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.before} ${row.after}`}>
                <td>
                  <StateOf state={row.before} of={OUTCOME_WORDS} />
                </td>
                <td>
                  {row.before === row.after ? '不变' : <StateOf state={row.after} of={OUTCOME_WORDS} />}
                </td>
                <td className="num">{row.people}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
