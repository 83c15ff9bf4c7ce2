import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { type Result, refuse } from '../../platform/result.ts'
import { EVENTS, type RoomEvent } from '../arrangements/hall-rules.ts'
import { type RoomApi, type RoomCall, type RoomSecrets, roomProcedure } from '../room-call.ts'
import { answerValue } from './entry.ts'
import { handIn } from './hand-in.ts'
import { type Holder, holderOf } from './holder.ts'
import { type Journal, journalOf } from './journal.ts'
import { takePulse } from './pulse.ts'
import { readState } from './read-state.ts'
import { ANSWER_FILE, receiveFile } from './receive-file.ts'
import { no } from './refusals.ts'
import { saveAnswers } from './save-answers.ts'
import { startAttempt } from './start-attempt.ts'

/** A call that a full hall makes every second; mounted where the least stands in its way. */
export interface HotCall {
  method: 'GET' | 'POST'
  maxBytes: number
  // biome-ignore lint/suspicious/noExplicitAny: a record of calls with different inputs has no narrower type
  input: z.ZodType<any>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  handle(app: App, secrets: RoomSecrets, input: any): Promise<Result<unknown>>
}

function hotCall<I extends z.ZodType>(spec: {
  method: HotCall['method']
  maxBytes: number
  input: I
  handle(app: App, journal: Journal, holder: Holder, input: z.output<I>): Promise<Result<unknown>>
}): HotCall {
  return {
    ...spec,
    async handle(app, secrets, input) {
      const holder = holderOf(secrets)
      return holder ? spec.handle(app, journalOf(app), holder, input) : refuse(no.LEASE_SECRET_INVALID())
    },
  }
}

/** Begins to hear of what other processes write; ends this process's journal when it is closed. */
export function openHall(app: App): { close(): Promise<void> } {
  const journal = journalOf(app)
  journal.listen()
  return journal
}

const instant = z.iso.datetime({ offset: true }).max(40)
const count = z.number().int().min(0).max(1_000_000)
const number = z.number().int().min(1).max(2_000_000_000)
const item = z.string().min(1).max(64)

const save = z.object({
  item,
  clientSeq: number,
  baseRevision: count,
  value: answerValue,
  clientAt: instant,
})

const pulse = z.object({
  clientAt: instant,
  unsaved: count,
  answered: count,
  position: item.nullable(),
  roundTripMs: z.number().int().min(0).max(3_600_000).nullable(),
  signals: z.object({
    visible: z.boolean(),
    fullScreen: z.boolean(),
    camera: z.enum(['on', 'off', 'none']),
    secondScreen: z.boolean().nullable(),
    battery: z.number().min(0).max(100).nullable(),
  }),
  events: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        what: z.enum(Object.keys(EVENTS) as [RoomEvent, ...RoomEvent[]]),
        clientAt: instant,
        data: z.record(z.string().max(40), z.union([z.string().max(300), z.number(), z.boolean(), z.null()])),
      }),
    )
    .max(100),
})

const KB = 1024

export const hotCalls: Record<string, HotCall> = {
  start: hotCall({
    method: 'POST',
    maxBytes: KB,
    input: z.object({}),
    handle: (app, journal, holder) => startAttempt(app, journal, holder),
  }),
  state: hotCall({
    method: 'GET',
    maxBytes: KB,
    input: z.object({}),
    handle: (app, journal, holder) => readState(app, journal, holder),
  }),
  save: hotCall({
    method: 'POST',
    maxBytes: 1024 * KB,
    input: z.object({ saves: z.array(save).min(1).max(100) }),
    handle: (app, journal, holder, { saves }) => saveAnswers(app, journal, holder, saves),
  }),
  pulse: hotCall({
    method: 'POST',
    maxBytes: 64 * KB,
    input: pulse,
    handle: takePulse,
  }),
  'hand-in': hotCall({
    method: 'POST',
    maxBytes: 64 * KB,
    input: z.object({ answers: z.record(item, count) }),
    handle: (_, journal, holder, input) => handIn(journal, holder, input),
  }),
}

export const attemptsRoomApi: RoomApi = {
  file: roomProcedure({
    method: 'POST',
    summary: '上传作答文件',
    input: z.strictObject({ item }),
    files: { max: 1, maxBytes: ANSWER_FILE.maxBytes },
    handle: async ({ app, secrets, files }: RoomCall, input) => {
      const holder = holderOf(secrets)
      if (!holder) return refuse(no.LEASE_SECRET_INVALID())
      return receiveFile(app, journalOf(app), holder, input, files[0])
    },
  }),
}
