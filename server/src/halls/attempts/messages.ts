// The invigilators' words to candidates of the sittings this process serves. A pulse asks for them every few seconds;
// one question a second to the database answers all.
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'

interface Message {
  id: string
  sittingId: string
  hallId: string
  candidateId: string | null
  at: Date
  text: string
}

const FRESH_MS = 1_000
const MOST = 500

interface Read {
  readAt: number
  messages: Promise<Message[]>
}
const bySitting = new WeakMap<App['db'], Map<string, Read>>()

export async function messagesTo(
  app: App,
  to: { sittingId: string; hallId: string | null; candidateId: string },
): Promise<{ id: string; at: string; text: string }[]> {
  const messages = await messagesOf(app, to.sittingId)
  return messages
    .filter((one) => (one.candidateId ? one.candidateId === to.candidateId : one.hallId === to.hallId))
    .map((one) => ({ id: one.id, at: one.at.toISOString(), text: one.text }))
}

function messagesOf(app: App, sittingId: string): Promise<Message[]> {
  const now = performance.now()
  const kept = bySitting.get(app.db) ?? new Map<string, Read>()
  bySitting.set(app.db, kept)
  const before = kept.get(sittingId)
  if (before && now - before.readAt < FRESH_MS) return before.messages
  const messages = readMessages(app, sittingId)
  kept.set(sittingId, { readAt: now, messages })
  messages.catch(() => kept.delete(sittingId))
  return messages
}

async function readMessages(app: App, sittingId: string): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select id, sitting_id, hall_id, candidate_id, at, coalesce(data ->> 'text', reason, '') as text
    from halls.acts where sitting_id = ${sittingId} and kind = 'message'
    order by at desc limit ${MOST}`.execute(app.db)
  return rows.reverse()
}
