import { Button } from 'antd'
import { useId } from 'react'
import type { Allowed } from './words.ts'

export interface ActIn {
  key: string
  label: string
  act: Allowed
  onAct: () => void
  main?: boolean
  grave?: boolean
}

/**
 * Acts side by side. Why one is not possible now stands in words below the row, each reason once, so that it is read
 * without hovering: by touch, by keyboard, aloud.
 */
export function ActRow({ acts, label }: { acts: readonly ActIn[]; label: string }) {
  const id = useId()
  const reasons = Map.groupBy(
    acts.filter((one) => !one.act.allowed),
    (one) => (one.act.allowed ? '' : one.act.because.message),
  )
  const whys = [...reasons].map(([words, of], at) => ({ id: `${id}-${at}`, words, of }))
  return (
    <div className="act-row">
      <section className="act-row-buttons" aria-label={label}>
        {acts.map((one) => (
          <Button
            key={one.key}
            type={one.main ? 'primary' : 'default'}
            danger={Boolean(one.grave)}
            disabled={!one.act.allowed}
            aria-describedby={whys.find((why) => why.of.includes(one))?.id}
            onClick={one.onAct}
          >
            {one.label}
          </Button>
        ))}
      </section>
      {whys.length > 0 ? (
        <ul className="board-why">
          {whys.map((why) => (
            <li key={why.id} id={why.id}>
              {why.of.map((one) => one.label).join('、')}：{why.words}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
