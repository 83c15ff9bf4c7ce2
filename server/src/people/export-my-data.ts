import type { Actor, Download } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, timeline } from '../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import { events } from './audit-events.ts'
import { readIdNumbers } from './read-id-number.ts'
import { no } from './refusals.ts'
import { consentHistory } from './store/consents.ts'
import { standingFacts } from './store/facts.ts'
import { findPerson } from './store/persons.ts'

type PersonData = (app: App, personId: string) => Promise<unknown>
const sources = new Map<string, PersonData>()

/** A module's share of what a person downloads about himself: a Chinese heading and a read. */
export function definePersonData(heading: string, read: PersonData): void {
  sources.set(heading, read)
}

export type ExportMyDataRefusal = RefusalOf<typeof no, 'PERSON_NOT_REGISTERED'>

/** Everything the platform holds about the person, with who looked at it, as one file. */
export function exportMyData(app: App, actor: Actor): Promise<Result<Download, ExportMyDataRefusal>> {
  return transact<Download, ExportMyDataRefusal>(app.db, async (tx) => {
    const { personId } = actor
    const person = personId ? await findPerson(tx, personId, { kind: 'person', personId }) : undefined
    if (!person) return refuse(no.PERSON_NOT_REGISTERED())
    const at = app.clock.now()
    const subject = `person:${person.id}` as const
    const numbers = await readIdNumbers(tx, app, {
      actor,
      personIds: [person.id],
      purpose: '本人导出个人数据',
    })
    await record(tx, { name: events['person.data-exported'], at, actor, subjects: [subject] })
    const elsewhere: Record<string, unknown> = {}
    for (const [heading, read] of sources) elsewhere[heading] = await read(app, person.id)
    const { maskedIdNumber: _, ...basics } = person
    const content = {
      导出时间: at.toISOString(),
      基本信息: { ...basics, idNumber: numbers.get(person.id) },
      个人资料: await standingFacts(tx, person.id),
      同意记录: await consentHistory(tx, person.id),
      ...elsewhere,
      办理和查看记录: await timeline(tx, subject, 1000),
    }
    return ok({
      fileName: '我的个人数据.json',
      mediaType: 'application/json',
      bytes: Buffer.from(JSON.stringify(content, null, 2)),
    })
  })
}
