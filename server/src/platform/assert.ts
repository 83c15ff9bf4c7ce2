/** States what must be true. A failure is a bug: it throws, the transaction is gone, the surface answers 500. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

export function defined<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`expected ${what}`)
  return value
}

/** For the `default:` branch of a switch over a union: a new member does not compile until it is handled. */
export function never(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`)
}
