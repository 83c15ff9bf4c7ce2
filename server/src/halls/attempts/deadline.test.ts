import { describe, expect, it } from 'vitest'
import { deadlineOf, inTime, type Window } from './deadline.ts'
import { apply, type Entry, freshState, ROOT } from './entry.ts'

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 2, 2, 1, minutes, seconds))
const window: Window = { opensAt: at(0), closesAt: at(120), minutes: 60, extraMinutes: 0, graceSeconds: 30 }

function stateAfter(...entries: [Entry['kind'], Date, object?][]) {
  const state = freshState()
  for (const [index, [kind, when, body]] of entries.entries()) {
    apply(state, { seq: index + 1, kind, at: when, body: body ?? {} } as Entry, ROOT)
  }
  return state
}
const deadline = (state = freshState(), now = at(5), of: Partial<Window> = {}) =>
  deadlineOf({ ...window, ...of }, state, now)

describe('the deadline', () => {
  const extend = { seconds: 300, reason: '断电', act: 'a' }
  it.each([
    ['is the end of the window before the start', deadline(), at(120)],
    ['is the working time after the start', deadline(stateAfter(['start', at(10)])), at(70)],
    ['is the end of the window for who starts late', deadline(stateAfter(['start', at(90)])), at(120)],
    [
      'has the time approved beforehand on both',
      deadline(stateAfter(['start', at(90)]), at(91), { extraMinutes: 15 }),
      at(135),
    ],
    ['has what was added', deadline(stateAfter(['start', at(10)], ['extend', at(20), extend])), at(75)],
    [
      'has the span of a pause',
      deadline(stateAfter(['start', at(10)], ['pause', at(20)], ['resume', at(27)])),
      at(77),
    ],
    [
      'moves on while it stands still',
      deadline(stateAfter(['start', at(10)], ['pause', at(20)]), at(33)),
      at(83),
    ],
    [
      'counts a pause begun twice once',
      deadline(stateAfter(['start', at(10)], ['pause', at(20)], ['pause', at(25)], ['resume', at(27)])),
      at(77),
    ],
    [
      'gives no working time for a pause before the start',
      deadline(stateAfter(['pause', at(1)], ['resume', at(9)], ['start', at(10)])),
      at(70),
    ],
    [
      'gives the window the pause before the start',
      deadline(stateAfter(['pause', at(1)], ['resume', at(9)], ['start', at(90)])),
      at(128),
    ],
    [
      'loses nothing to a clock set back',
      deadline(stateAfter(['start', at(10)], ['pause', at(20)], ['resume', at(15)])),
      at(70),
    ],
  ])('%s', (_, is, should) => expect(is).toEqual(should))

  it('takes an answer to the last moment of the grace, and not after', () => {
    const state = stateAfter(['start', at(10)])
    expect(inTime(window, state, at(70, 30))).toBe(true)
    expect(inTime(window, state, new Date(at(70, 30).getTime() + 1))).toBe(false)
  })
})
