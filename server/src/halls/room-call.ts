// What a machine in a hall may ask. Nobody signs in there: a secret of the station, of the admission or of the lease
// stands for who is asking, and each verb checks its own.
import type { z } from 'zod'
import type { UploadedFile } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import type { Result } from '../platform/result.ts'

/** Who holds what; header by header, as sent. */
export interface RoomSecrets {
  /** `x-station`: this machine stands at a seat. */
  station?: string | undefined
  /** `x-admission`: this browser is at the door for one candidate and part. */
  admission?: string | undefined
  /** `x-attempt` and `x-lease`: this browser may write one attempt. */
  attempt?: string | undefined
  lease?: string | undefined
}

export interface RoomCall {
  app: App
  secrets: RoomSecrets
  files: UploadedFile[]
  ip: string
  agent: string
  /** Safe Exam Browser's header over this address and the configuration, when the browser is one. */
  sebConfigHash: string | undefined
  url: string
}

export interface RoomProcedure {
  method: 'GET' | 'POST'
  summary: string
  // biome-ignore lint/suspicious/noExplicitAny: a record of procedures with different inputs has no narrower type
  input: z.ZodType<any>
  files?: { max: number; maxBytes: number; mediaTypes?: readonly string[] }
  /** Calls allowed from one address within `seconds`. */
  limit?: { max: number; seconds: number }
  // biome-ignore lint/suspicious/noExplicitAny: as above
  handle(call: RoomCall, input: any): Promise<Result<unknown>>
}

/** Procedures of the room's door by their path under /api/exam/. */
export type RoomApi = Record<string, RoomProcedure>

export function roomProcedure<I extends z.ZodType>(
  spec: Omit<RoomProcedure, 'input' | 'handle'> & {
    input: I
    handle(call: RoomCall, input: z.output<I>): Promise<Result<unknown>>
  },
): RoomProcedure {
  return spec
}
