import { useEffect, useState } from 'react'
import { problemOf } from '../../ui/api.ts'

/** A picture fetched as whoever acts here; looking at it is on record. `load` must keep its identity. */
export function Picture(props: { load: () => Promise<Blob>; alt: string; width?: number }) {
  const { load } = props
  const [shown, setShown] = useState<{ url?: string; problem?: string }>({})
  useEffect(() => {
    let made: string | undefined
    let gone = false
    setShown({})
    load()
      .then((blob) => {
        if (gone) return
        made = URL.createObjectURL(blob)
        setShown({ url: made })
      })
      .catch((error) => !gone && setShown({ problem: problemOf(error).message }))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [load])
  if (shown.problem) return <p className="picture-gap">{shown.problem}</p>
  return shown.url ? (
    <img
      src={shown.url}
      alt={props.alt}
      width={props.width ?? 240}
      style={{ maxWidth: '100%', height: 'auto' }}
    />
  ) : (
    <p className="picture-gap">正在读取照片…</p>
  )
}
