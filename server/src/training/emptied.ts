import { ok, type Refusal, type Result } from '../platform/result.ts'

/** A verb without an answer becomes an empty object on the wire. */
export function emptied<R extends Refusal>(result: Result<unknown, R>): Result<Record<string, never>, R> {
  return result.ok ? ok({}) : result
}
