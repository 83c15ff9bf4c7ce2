import { useEffect, useRef, useState } from 'react'
import { fileUrl, readFile } from '../../api.ts'

/** Which picture, and what it is looked at for: the server puts that on record before the picture leaves. */
export type Wanted =
  /** The small one of a tile: on record with the watcher's visit, once for all of them. */
  | { of: 'tile'; captureId: string }
  | { of: 'capture'; captureId: string; purpose: string }
  | { of: 'registered'; sittingId: string; ticketNumber: string; purpose: string }

const AT_ONCE = 3
const KEPT = 240
let running = 0
const waiting: (() => void)[] = []
const kept = new Map<string, Promise<string | null>>()

const PROCEDURES = {
  tile: 'halls.tile-picture',
  capture: 'halls.capture-picture',
  registered: 'halls.registered-photo',
} as const

function keyOf({ of, ...input }: Wanted): string {
  return fileUrl(PROCEDURES[of], input as never)
}
function load({ of, ...input }: Wanted): Promise<Blob> {
  return readFile(PROCEDURES[of], input as never)
}

/** Few at a time, so that sixty faces never stand before an act; each picture is fetched, and put on record, once. */
function pictureOf(wanted: Wanted, first: boolean): Promise<string | null> {
  const key = keyOf(wanted)
  const known = kept.get(key)
  if (known) return known
  const picture = fetched(wanted, first)
  kept.set(key, picture)
  void picture.then((got) => {
    if (got === null) kept.delete(key)
  })
  const oldest = kept.size > KEPT ? kept.entries().next().value : undefined
  if (oldest) {
    kept.delete(oldest[0])
    // Long enough for a tile that still shows it to have turned to a newer one.
    void oldest[1].then((got) => got && setTimeout(() => URL.revokeObjectURL(got), 120_000))
  }
  return picture
}

async function fetched(wanted: Wanted, first: boolean): Promise<string | null> {
  // What somebody has opened does not queue behind sixty small faces.
  if (!first && running >= AT_ONCE) await new Promise<void>((next) => waiting.push(next))
  running += 1
  try {
    return URL.createObjectURL(await load(wanted))
  } catch {
    return null
  } finally {
    running -= 1
    if (running < AT_ONCE) waiting.shift()?.()
  }
}

/** A picture that only staff may see, fetched when it comes into sight. Keeps the old one until the new one is there. */
export function Picture(props: {
  /** Null: there is none. */
  wanted: Wanted | null
  alt: string
  none: string
  className?: string
  /** Looked at by itself, not one of many. */
  first?: boolean
}) {
  const { wanted, first = false } = props
  const key = wanted && keyOf(wanted)
  const box = useRef<HTMLSpanElement>(null)
  const [shown, setShown] = useState<string | null>(null)
  const [state, setState] = useState<'waiting' | 'there' | 'missing'>('waiting')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which picture it is
  useEffect(() => {
    if (!wanted || !box.current) return
    let gone = false
    const sight = new IntersectionObserver(([seen]) => {
      if (!seen?.isIntersecting) return
      sight.disconnect()
      void pictureOf(wanted, first).then((got) => {
        if (gone) return
        setShown((before) => got ?? before)
        setState(got ? 'there' : 'missing')
      })
    })
    sight.observe(box.current)
    return () => {
      gone = true
      sight.disconnect()
    }
  }, [key, first])
  return (
    <span ref={box} className={`picture ${props.className ?? ''}`}>
      {wanted && shown ? (
        <img src={shown} alt={props.alt} />
      ) : (
        <span className="picture-none">{wanted && state === 'waiting' ? '' : props.none}</span>
      )}
    </span>
  )
}
