// Pictures and film on their way to the server. They wait on this machine's disk within bounds, go one by one, and
// only while no answer is waiting to be sent.
export interface Parcel {
  key: string
  bytes: number
  /** What may go first when room is needed: the plain look at a random moment before anything that had a reason. */
  spare: boolean
}

export interface Bounds {
  count: number
  bytes: number
}

/** Which of the oldest parcels must go so that `next` finds room; undefined when it finds none. */
export function makeRoom(held: readonly Parcel[], next: Parcel, bounds: Bounds): string[] | undefined {
  if (next.bytes > bounds.bytes) return undefined
  const gone: string[] = []
  let count = held.length + 1
  let bytes = held.reduce((sum, one) => sum + one.bytes, next.bytes)
  const fits = () => count <= bounds.count && bytes <= bounds.bytes
  const order = [...held.filter((one) => one.spare), ...held.filter((one) => !one.spare)]
  for (const one of order) {
    if (fits()) break
    gone.push(one.key)
    count -= 1
    bytes -= one.bytes
  }
  return gone
}

/** The next look at the candidate: anywhere between the bounds of the rules. */
export function nextCaptureMs(between: { from: number; to: number }, random: number): number {
  return Math.round((between.from + (Math.max(between.to, between.from) - between.from) * random) * 1000)
}
