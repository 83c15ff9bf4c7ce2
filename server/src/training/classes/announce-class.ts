import { type ListedOnRefusal, listedOn, publishedFee } from '../../institutions/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { fulfilClassDuty, openClassDuty } from '../class-duties.ts'
import { no } from '../refusals.ts'
import { insertAnnouncement } from './announcement-store.ts'
import { nameForbids, stateForbids } from './class-refusals.ts'
import { lockClass, setAnnounced } from './store.ts'

export interface AnnounceClassInput {
  classId: string
  title: string
  body: string
  contact: string
  enrolFromOn: string
  enrolToOn: string
}

export type AnnounceClassRefusal =
  | RefusalOf<
      typeof no,
      | 'CLASS_NOT_FOUND'
      | 'CLASS_STATE'
      | 'CLASS_NAME_UNDER_REVIEW'
      | 'CLASS_NAME_REJECTED'
      | 'FEE_NOT_PUBLISHED'
      | 'ENROL_WINDOW_INVALID'
      | 'ADVERTISING_PROHIBITED'
    >
  | ListedOnRefusal

// HB-6.2 names these; a text that carries one does not go out.
const PROHIBITED_WORDS = ['培训贷', '包过', '不过退费', '包就业', '包年薪', '保过', '包拿证'] as const

export function prohibitedWords(text: string): string[] {
  const plain = text.replace(/\s/g, '')
  return PROHIBITED_WORDS.filter((word) => plain.includes(word))
}

/** Publishes the enrolment announcement (HB-4.2), with the fee the public has been told before (HB-6.3). */
export async function announceClass(
  app: App,
  actor: Actor,
  input: AnnounceClassInput,
): Promise<Result<{ id: string }, AnnounceClassRefusal>> {
  return transact<{ id: string }, AnnounceClassRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'announce') ?? nameForbids(one)
    if (forbidden) return refuse(forbidden)
    const today = app.clock.today()
    const window = windowProblem(input, one.startsOn, today)
    if (window) return refuse(no.ENROL_WINDOW_INVALID({ problem: window }))
    const words = prohibitedWords(`${input.title}${input.body}`)
    if (words.length > 0) return refuse(no.ADVERTISING_PROHIBITED({ words: words.join('、') }))
    const ask = { organisationId: one.organisationId, occupationId: one.occupationId, level: one.level }
    const listed = await listedOn(tx, { ...ask, catalogue: 'training', on: today })
    if (!listed.ok) return listed
    const fee = await publishedFee(tx, { ...ask, kind: 'training', on: today })
    if (!fee) return refuse(no.FEE_NOT_PUBLISHED())

    const at = app.clock.now()
    const id = await insertAnnouncement(tx, { ...input, publishedAt: at })
    await setAnnounced(tx, one.id, fee, at)
    await record(tx, {
      name: events['class.announced'],
      at,
      actor,
      subjects: [`class:${one.id}`],
      data: { enrolFromOn: input.enrolFromOn, enrolToOn: input.enrolToOn, feeCents: fee.amountCents },
    })
    await fulfilClassDuty(tx, app, actor, one.id, 'training.announce-class')
    await openClassDuty(tx, app, actor, one, 'training.decide-enrolments')
    return ok({ id })
  })
}

function windowProblem(input: AnnounceClassInput, startsOn: string, today: string): string | undefined {
  if (input.enrolToOn < input.enrolFromOn) return '截止日期早于开始日期'
  if (input.enrolToOn < today) return '截止日期已经过去'
  if (input.enrolToOn > startsOn) return `截止日期应不晚于开班日期 ${startsOn}`
  return undefined
}
