import { Drawer } from 'antd'
import { useState } from 'react'
import { ClauseText, clauseLabel } from '../clause.tsx'

/** A clause by its number; opens beside the work, which stays where it is. */
export function ClauseTag({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="clause-tag"
        aria-haspopup="dialog"
        aria-label={`条款 ${clauseLabel(id)}`}
        onClick={(event) => {
          event.stopPropagation()
          setOpen(true)
        }}
      >
        {clauseLabel(id)}
      </button>
      <Drawer
        title={`条款 ${clauseLabel(id)}`}
        open={open}
        onClose={() => setOpen(false)}
        size={420}
        destroyOnHidden
      >
        <ClauseText id={id} />
      </Drawer>
    </>
  )
}
