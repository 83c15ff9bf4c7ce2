import { journalOf } from '../../../server/src/halls/attempts/journal.ts'
import { handlers } from '../../../server/src/handlers.ts'
import { openAccounts } from '../../../server/src/people/index.ts'
import type { Actor } from '../../../server/src/platform/api.ts'
import type { App } from '../../../server/src/platform/app.ts'
import { addDays, type Day, instantAt, settableClock } from '../../../server/src/platform/clock.ts'
import { runJobsNow } from '../../../server/src/platform/jobs-runner.ts'
import { type Caller, inProcess, inRoom } from '../caller.ts'
import { type CastLearner, learner } from '../cast.ts'
import { type Cast, castActor, settleCast } from '../settle-cast.ts'
import { must, type Way } from '../way/way.ts'

/** The town's story begins this many days before today and ends now. */
const BEGINS = -300
/** The last acts lie a moment before now: nothing of the town happens in the future. */
const MARGIN_MS = 60_000

export interface TownLearner {
  n: number
  person: CastLearner
  personId: string
  caller: Caller
}

/** Where the stories of the town are played: its people, its past clock and its calendar. */
export interface Town {
  way: Way
  cast: Cast
  /** Day 0 of every story. */
  today: Day
  /** The moment at which the story ends. */
  now: Date
  /** The civil day so many days from today. */
  day(days: number): Day
  /** Puts an act on the calendar; `days` from today, never positive. Jobs that follow from it run at once. */
  on(days: number, time: string, act: () => Promise<unknown>): void
  /** The `n`th learner of the cast; signs up with phone and real name at the first asking. */
  learner(n: number): Promise<TownLearner>
  /** Somebody without an account. */
  public: Caller
  /** What a machine in a hall sends. */
  room: ReturnType<typeof inRoom>
  /** What the platform does by itself every morning. */
  morning(): Promise<void>
  /** What it does every minute while a computer examination is on. */
  collectPapers(): Promise<void>
  /** Acts everything on the calendar in order of time. */
  play(): Promise<void>
}

export async function openTown(app: App): Promise<Town> {
  const today = app.clock.today()
  const day = (days: number) => addDays(today, days)
  const clock = settableClock(instantAt(day(BEGINS), '08:30'))
  const past: App = {
    ...app,
    clock,
    // A copy would keep the texts of the town's first day.
    get policy() {
      return app.policyBook.current()
    },
  }
  const cast = await settleCast(past)
  const settle = async () => {
    await runJobsNow(past, handlers)
  }
  const staff = new Map<string, Caller>()
  const way: Way = {
    clock,
    staff: (key, role = 0) => {
      const name = `${key} ${role}`
      const known = staff.get(name) ?? inProcess(past, 'workbench', castActor(cast, key, role))
      staff.set(name, known)
      return known
    },
    settle,
    must,
  }

  const signUp = signUpDesk(past)
  const learners = new Map<number, Promise<TownLearner>>()
  const scenes: { at: Date; act: () => Promise<unknown> }[] = []
  return {
    way,
    cast,
    today,
    now: app.clock.now(),
    day,
    public: inProcess(past, 'portal', {
      accountId: null,
      personId: null,
      name: '公众',
      role: 'public',
      organisation: null,
    }),
    on: (days, time, act) => {
      if (days > 0) throw new Error('the town has no acts in the future')
      scenes.push({ at: instantAt(day(days), time), act })
    },
    learner: (n) => {
      const known = learners.get(n) ?? signUp(n)
      learners.set(n, known)
      return known
    },
    room: inRoom(past),
    collectPapers: async () => {
      await handlers['halls.close-timed-out']?.(past, {})
    },
    morning: async () => {
      await handlers['duties.escalate']?.(past, {})
    },
    play: async () => {
      const midnight = instantAt(today, '00:00').getTime()
      for (const { at, act } of scenes.sort((a, b) => a.at.getTime() - b.at.getTime())) {
        const latest = Math.max(midnight, app.clock.now().getTime() - MARGIN_MS)
        const moment = Math.min(at.getTime(), latest)
        if (moment > clock.now().getTime()) clock.set(new Date(moment))
        try {
          await act()
        } catch (error) {
          throw new Error(`demo town, ${clock.today()} (planned ${at.toISOString()})`, { cause: error })
        }
        await settle()
      }
      // The journal of the past has its clock; the program opens one of its own.
      await journalOf(past).close()
    },
  }
}

/** Signs learners up through the account library, as their phones would: so each can really sign in. */
function signUpDesk(past: App): (n: number) => Promise<TownLearner> {
  const codes = new Map<string, string>()
  const { auth } = openAccounts(past, {
    sms: {
      sendCode: async (phone, code) => {
        codes.set(phone, code)
        return true
      },
    },
  })
  const post = async (path: string, body: Record<string, unknown>): Promise<{ user: { id: string } }> => {
    const origin = past.config.publicUrl
    const answer = await auth.handler(
      new Request(`${origin}/api/auth${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(body),
      }),
    )
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { user: { id: string } }
  }
  return async (n) => {
    const person = learner(n)
    const phoneNumber = person.phone
    await post('/phone-number/send-otp', { phoneNumber })
    const { user } = await post('/phone-number/verify', { phoneNumber, code: codes.get(phoneNumber) })
    const actor: Actor = {
      accountId: user.id,
      personId: null,
      name: person.name,
      role: 'learner',
      organisation: null,
    }
    const { name, idNumber, cityCode } = person
    const { id } = await must(
      inProcess(past, 'portal', actor).act('people.register-real-name', {
        name,
        documentType: '居民身份证',
        idNumber,
        cityCode,
        consents: ['identity'],
      }),
    )
    return { n, person, personId: id, caller: inProcess(past, 'portal', { ...actor, personId: id }) }
  }
}
