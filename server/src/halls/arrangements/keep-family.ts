import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { findSittingForHall } from '../../exams/index.ts'
import { findOrganisations } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { lockDraw } from '../seating/store.ts'
import { whyNotPreparing } from './arrangement.ts'
import { events } from './audit-events.ts'
import { OPEN_UNIFICATIONS, type Unified, whyNotAnnounceable, whyNotIn } from './family.ts'
import { no } from './refusals.ts'
import { lockArrangement } from './store/arrangements.ts'
import {
  findFamily,
  insertFamily,
  inviteMembers,
  lockFamily,
  lockMember,
  setFamily,
  setFamilyState,
  setMemberAnswered,
  setUnified,
} from './store/families.ts'

const provinceOf = (actor: Actor) => defined(actor.organisation, 'a department').provinceCode
export const familyLink = (id: string) => `/halls/families/${id}`

export interface DraftFamily {
  title: string
  occupationId: string
  direction?: string | null | undefined
  level: string
  theory: { startsAt: Date; endsAt: Date }
  ability: { startsAt: Date; endsAt: Date }
}

/** Begins a joint examination; its five unifications are settled one by one before it is announced. */
export function draftFamily(
  app: App,
  actor: Actor,
  input: DraftFamily,
): Promise<Result<{ id: string; number: string }>> {
  return transact(app.db, async (tx) => {
    const provinceCode = provinceOf(actor)
    const prefix = `TK${provinceCode.slice(0, 2)}${dayOf(input.theory.startsAt).slice(0, 4)}`
    const number = `${prefix}${String(await takeNumbers(tx, prefix)).padStart(3, '0')}`
    const at = app.clock.now()
    const id = await insertFamily(
      tx,
      {
        number,
        provinceCode,
        title: input.title,
        occupationId: input.occupationId,
        direction: input.direction ?? null,
        level: input.level,
        unified: OPEN_UNIFICATIONS,
        theoryStartsAt: input.theory.startsAt,
        theoryEndsAt: input.theory.endsAt,
        abilityStartsAt: input.ability.startsAt,
        abilityEndsAt: input.ability.endsAt,
        createdBy: actor.name,
      },
      at,
    )
    await record(tx, {
      name: events['family.drafted'],
      at,
      actor,
      subjects: [`exam-family:${id}`],
      data: { number, title: input.title },
    })
    return ok({ id, number })
  })
}

type FamilyRefusal = RefusalOf<typeof no, 'FAMILY_NOT_FOUND' | 'FAMILY_STATE_WRONG'>

/** Writes down what is unified and on what it rests; settled or still open. */
export function settleUnifications(
  app: App,
  actor: Actor,
  input: { familyId: string; unified: Unified[] },
): Promise<Result<{ id: string }, FamilyRefusal>> {
  return transact<{ id: string }, FamilyRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'drafted')
    if (wrong) return refuse(wrong)
    const given = new Map(input.unified.map((one) => [one.key, one]))
    const unified = family.unified.map((one) => given.get(one.key) ?? one)
    await setUnified(tx, family.id, unified)
    const of = (state: Unified['state']) => unified.filter((one) => one.state === state).map((one) => one.key)
    await record(tx, {
      name: events['family.unified'],
      at: app.clock.now(),
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { settled: of('settled'), open: of('open') },
    })
    return ok({ id: family.id })
  })
}

type AnnounceRefusal = FamilyRefusal | RefusalOf<typeof no, 'FAMILY_NOT_UNIFIED' | 'FAMILY_MEMBER_UNKNOWN'>

/** Announces it with all five settled and invites institutions of the province; more can be invited later. */
export function announceFamily(
  app: App,
  actor: Actor,
  input: { familyId: string; organisationIds: string[] },
): Promise<Result<{ invited: number }, AnnounceRefusal>> {
  return transact<{ invited: number }, AnnounceRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const refusal = family.state === 'announced' ? undefined : whyNotAnnounceable(family)
    if (refusal) return refuse(refusal)
    const ids = [...new Set(input.organisationIds)]
    const found = await findOrganisations(tx, { ids })
    const fit = found.filter(
      (one) => one.kind === 'evaluation_institution' && one.provinceCode === family.provinceCode,
    )
    if (fit.length < ids.length) return refuse(no.FAMILY_MEMBER_UNKNOWN())
    const at = app.clock.now()
    const invited = await inviteMembers(tx, family.id, ids, actor.name, at)
    for (const organisationId of invited) {
      await openDuty(tx, app, {
        kind: 'halls.answer-invitation',
        subject: `exam-family:${family.id}`,
        title: `答复统考邀请：${family.title}`,
        link: familyLink(family.id),
        holder: { organisationId, role: 'evaluation_manager' },
        startedOn: app.clock.today(),
        clause: 'AH-10',
        provinceCode: family.provinceCode,
        cityCode: fit.find((one) => one.id === organisationId)?.cityCode ?? null,
        actor,
      })
    }
    if (family.state === 'drafted') await setFamilyState(tx, family.id, 'announced', at)
    await record(tx, {
      name: family.state === 'drafted' ? events['family.announced'] : events['family.invited'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { invited: invited.length, organisations: fit.map((one) => one.name) },
    })
    return ok({ invited: invited.length })
  })
}

type AnswerRefusal = RefusalOf<
  typeof no,
  'FAMILY_NOT_FOUND' | 'FAMILY_STATE_WRONG' | 'FAMILY_NOT_INVITED' | 'FAMILY_ANSWERED'
>

/** An invited institution takes part, or does not. */
export function answerInvitation(
  app: App,
  actor: Actor,
  input: { familyId: string; accept: boolean; reason: string | null },
): Promise<Result<{ id: string }, AnswerRefusal>> {
  return transact<{ id: string }, AnswerRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const family = await findFamily(tx, input.familyId)
    const member = family && (await lockMember(tx, family.id, institution.id))
    if (!family || !member) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced')
    if (wrong) return refuse(wrong)
    if (member.state !== 'invited') return refuse(no.FAMILY_ANSWERED())
    const at = app.clock.now()
    const state = input.accept ? 'accepted' : 'declined'
    const of = { familyId: family.id, organisationId: institution.id }
    await setMemberAnswered(tx, of, { state, byName: actor.name, reason: input.reason, at })
    await fulfilDuty(tx, app, {
      kind: 'halls.answer-invitation',
      subject: `exam-family:${family.id}`,
      holder: { organisationId: institution.id, role: 'evaluation_manager' },
      actor,
    })
    await record(tx, {
      name: events['family.answered'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { organisation: institution.name, answer: state, reason: input.reason },
    })
    return ok({ id: family.id })
  })
}

type JoinRefusal = RefusalOf<
  typeof no,
  | 'ARRANGEMENT_NOT_FOUND'
  | 'ARRANGEMENT_NOT_PREPARING'
  | 'REGISTRATION_CLOSED'
  | 'FAMILY_NOT_FOUND'
  | 'FAMILY_STATE_WRONG'
  | 'FAMILY_NOT_INVITED'
  | 'FAMILY_JOINED'
  | 'FAMILY_DIFFERS'
>

/** An institution's own sitting becomes one of the joint examination: same occupation, level and times, its draw. */
export function joinFamily(
  app: App,
  actor: Actor,
  input: { sittingId: string; familyId: string },
): Promise<Result<{ id: string }, JoinRefusal>> {
  return transact<{ id: string }, JoinRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const one = await lockArrangement(tx, input.sittingId, institution.id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const family = await findFamily(tx, input.familyId)
    const member = family && (await lockMember(tx, family.id, institution.id))
    if (!family || !member) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'announced') ?? whyNotPreparing(one)
    if (wrong) return refuse(wrong)
    if (member.state !== 'accepted') return refuse(no.FAMILY_NOT_INVITED())
    if (one.familyId || (await lockDraw(tx, { sittingId: one.sittingId }))) return refuse(no.FAMILY_JOINED())
    const scope = { kind: 'organisation' as const, organisationId: institution.id }
    const sitting = defined(await findSittingForHall(tx, one.sittingId, scope), 'the sitting')
    const what = differenceOf(family, sitting)
    if (what) return refuse(no.FAMILY_DIFFERS({ what }))
    await setFamily(tx, one.sittingId, family.id)
    await record(tx, {
      name: events['family.joined'],
      at: app.clock.now(),
      actor,
      subjects: [`exam-family:${family.id}`, `sitting:${one.sittingId}`],
      data: { sitting: sitting.number },
    })
    return ok({ id: one.sittingId })
  })
}

type Sitting = NonNullable<Awaited<ReturnType<typeof findSittingForHall>>>

function differenceOf(
  family: NonNullable<Awaited<ReturnType<typeof findFamily>>>,
  sitting: Sitting,
): string | undefined {
  if (sitting.provinceCode !== family.provinceCode) return '省份'
  if (sitting.occupationId !== family.occupationId) return '职业'
  if (sitting.level !== family.level) return '等级'
  if ((sitting.direction ?? null) !== family.direction) return '方向'
  const times = {
    theory: [family.theoryStartsAt, family.theoryEndsAt],
    ability: [family.abilityStartsAt, family.abilityEndsAt],
  }
  const off = sitting.parts.find((part) => {
    const [startsAt, endsAt] = times[part.part] as [Date, Date]
    return +part.startsAt !== +startsAt || +part.endsAt !== +endsAt
  })
  return off ? (off.part === 'theory' ? '理论知识考试时间' : '专业能力考核时间') : undefined
}

type EndRefusal = FamilyRefusal

/** Ends a joint examination that is over, or calls off one that has not begun. */
export function endFamily(
  app: App,
  actor: Actor,
  input: { familyId: string; reason: string },
): Promise<Result<{ state: string }, EndRefusal>> {
  return transact<{ state: string }, EndRefusal>(app.db, async (tx) => {
    const family = await lockFamily(tx, input.familyId, provinceOf(actor))
    if (!family) return refuse(no.FAMILY_NOT_FOUND())
    const wrong = whyNotIn(family, 'drafted', 'announced', 'running')
    if (wrong) return refuse(wrong)
    const at = app.clock.now()
    const drawn = await lockDraw(tx, { familyId: family.id })
    if (family.state !== 'running' && drawn)
      return refuse(no.FAMILY_STATE_WRONG({ state: '已公布抽签承诺，请先作废' }))
    if (family.state === 'running' && family.abilityEndsAt > at)
      return refuse(no.FAMILY_STATE_WRONG({ state: '进行中，考试尚未结束' }))
    const state = family.state === 'running' ? 'closed' : 'cancelled'
    await setFamilyState(tx, family.id, state, at)
    await record(tx, {
      name: events['family.closed'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { state, reason: input.reason },
    })
    return ok({ state })
  })
}
