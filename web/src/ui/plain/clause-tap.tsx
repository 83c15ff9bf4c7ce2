import { useId, useState } from 'react'
import { ClauseText, clauseLabel } from '../clause.tsx'

/** A clause behind a tap: its number is the button, our paraphrase and the document open below it. */
export function ClauseTap({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const body = useId()
  return (
    <span className="clause">
      <button
        type="button"
        className="clause-button"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        {clauseLabel(id)}
      </button>
      <span id={body}>{open ? <ClauseText id={id} className="clause-body" /> : null}</span>
    </span>
  )
}
