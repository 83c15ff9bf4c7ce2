/** An expected refusal: a value, never an exception. It crosses HTTP as it is. */
export interface Refusal<Code extends string = string> {
  code: Code
  /** Clause id the refusal rests on (`HB-4.1`), or null where only the software's own order is concerned. */
  clause: string | null
  /** What happened, why, what to do now: one or two Chinese sentences. */
  message: string
  facts: Record<string, unknown>
}

export type Result<T, R extends Refusal = Refusal> = { ok: true; value: T } | { ok: false; refusal: R }

export function ok(): { ok: true; value: undefined }
export function ok<T>(value: T): { ok: true; value: T }
export function ok<T>(value?: T) {
  return { ok: true as const, value }
}

export function refuse<R extends Refusal>(refusal: R): { ok: false; refusal: R } {
  return { ok: false, refusal }
}

// biome-ignore lint/suspicious/noExplicitAny: each sentence declares its own facts; the map only collects them
type Sentence = (facts: any) => string
interface RefusalSpec {
  clause: string | null
  say: Sentence
}

export interface RefusalEntry {
  code: string
  clause: string | null
  /** The sentence with its facts as {names}, for the generated catalogue. */
  pattern: string
}

const catalogue = new Map<string, RefusalEntry>()

/** Every refusal the program can give, in the order of their codes; feeds `docs/generated/refusals.md`. */
export function refusalCatalogue(): RefusalEntry[] {
  return [...catalogue.values()].sort((a, b) => a.code.localeCompare(b.code))
}

/**
 * Declares a module's refusals: code → clause and sentence. One place for the words, because three readers need
 * the same sentence: the screen, the result sheet of an import, and an institution's own system.
 *
 * A code ending in `NOT_FOUND` becomes HTTP 404, any other 409.
 */
export function defineRefusals<const S extends Record<string, RefusalSpec>>(specs: S) {
  type Make<C extends keyof S & string> =
    Parameters<S[C]['say']> extends [infer F] ? (facts: F) => Refusal<C> : () => Refusal<C>
  const made: Record<string, unknown> = {}
  for (const [code, spec] of Object.entries(specs)) {
    const names = new Proxy({}, { get: (_, key) => `{${String(key)}}` })
    catalogue.set(code, { code, clause: spec.clause, pattern: spec.say(names) })
    made[code] = (facts: Record<string, unknown> = {}) => ({
      code,
      clause: spec.clause,
      message: spec.say(facts),
      facts,
    })
  }
  return made as { [C in keyof S & string]: Make<C> }
}

/** The refusal type of a code declared with `defineRefusals`: `RefusalOf<typeof no, 'CLASS_NOT_FOUND'>`. */
export type RefusalOf<N, C extends keyof N & string> = N[C] extends (...args: never[]) => infer R ? R : never

/** What a record offers its viewer: the same check the verb makes, so that the screen never recomputes a rule. */
export type Allowed = { allowed: true } | { allowed: false; because: Refusal }

export function allowedIf(refusal: Refusal | undefined): Allowed {
  return refusal ? { allowed: false, because: refusal } : { allowed: true }
}
