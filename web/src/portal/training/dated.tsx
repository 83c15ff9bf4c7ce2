import { Fragment } from 'react'

/** A sentence whose days and times do not break at the end of a line. */
export function Dated({ children }: { children: string }) {
  return children.split(/(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?:–\d{2}:\d{2})?)?)/).map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence keep their places
      <span key={place} className="num">
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence keep their places
      <Fragment key={place}>{part}</Fragment>
    ),
  )
}
