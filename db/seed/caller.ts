import type { z } from 'zod'
import { hotCalls, type RoomSecrets, roomApi } from '../../server/src/halls/room-api.ts'
import { portal } from '../../server/src/http/portal.ts'
import { workbench } from '../../server/src/http/workbench.ts'
import type { Actor, Api, Procedure } from '../../server/src/platform/api.ts'
import type { App } from '../../server/src/platform/app.ts'

export interface Answer {
  status: number
  queries: number
  // biome-ignore lint/suspicious/noExplicitAny: a script reads answers as an outside system would, by field name
  body: any
  bytes?: Uint8Array
}

/** Files of a multipart command by field. */
export type CallFiles = Record<string, { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }>

/** Somebody who uses the API: over HTTP in the chain, within the process in the town. */
export interface Caller {
  name: string
  read(name: string, input?: Record<string, unknown>): Promise<Answer>
  act(name: string, input?: Record<string, unknown>, files?: CallFiles): Promise<Answer>
  file(name: string, input?: Record<string, unknown>): Promise<Answer>
}

/** Calls the procedures of a surface within this process, with the same permission and input checks. */
export function inProcess(app: App, surface: 'portal' | 'workbench', actor: Actor): Caller {
  const api: Api = surface === 'portal' ? portal : workbench
  const call = async (
    name: string,
    input: Record<string, unknown> = {},
    files: CallFiles = {},
  ): Promise<Answer> => {
    const procedure = api[name] as Procedure | undefined
    if (!procedure) throw new Error(`there is no procedure ${name} on ${surface}`)
    if (!procedure.permission.roles.includes(actor.role))
      return answer(403, { refusal: { code: 'FORBIDDEN' } })
    const parsed = (procedure.input as z.ZodType).safeParse(input)
    if (!parsed.success) {
      const problems = parsed.error.issues.map((one) => ({ path: one.path.join('.'), message: one.message }))
      return answer(400, { problems })
    }
    const uploaded = Object.entries(files).map(([field, file]) => ({
      field,
      name: file.name,
      mediaType: file.type,
      bytes: Buffer.from(file.bytes),
    }))
    const result = await procedure.handle({ app, actor, files: uploaded, ip: '127.0.0.1' }, parsed.data)
    if (!result.ok)
      return answer(result.refusal.code.endsWith('NOT_FOUND') ? 404 : 409, { refusal: result.refusal })
    if (procedure.kind === 'download')
      return { ...answer(200, undefined), bytes: (result.value as { bytes: Uint8Array }).bytes }
    return answer(200, JSON.parse(JSON.stringify(procedure.output.parse(result.value))))
  }
  return { name: actor.name, read: call, act: call, file: call }
}

/** Calls what a machine in a hall may, within this process: the same input checks, the secrets as its headers hold them. */
export function inRoom(app: App) {
  return async (
    path: string,
    secrets: RoomSecrets,
    input: Record<string, unknown> = {},
    // biome-ignore lint/suspicious/noExplicitAny: as a machine reads it, by field name
  ): Promise<any> => {
    const hot = hotCalls[path]
    const call = roomApi[path]
    if (!hot && !call) throw new Error(`the room has no ${path}`)
    const machine = { ip: '10.0.0.8', agent: '演示机器', sebConfigHash: undefined, files: [] }
    const url = `${app.config.publicUrl}/api/exam/${path}`
    const result = hot
      ? await hot.handle(app, secrets, hot.input.parse(input))
      : await call?.handle({ app, secrets, ...machine, url }, call.input.parse(input))
    if (!result?.ok) throw new Error(`${path}: ${result?.refusal.code} ${result?.refusal.message}`)
    return result.value
  }
}

function answer(status: number, body: unknown): Answer {
  return { status, queries: 0, body }
}
