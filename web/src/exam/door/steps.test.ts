import { describe, expect, it } from 'vitest'
import type { AdmissionView, GateView } from '../../../../server/src/halls/attempts/wire.ts'
import { doorStep, gateWords, identityProblem, mayLookAgain, plainNumber } from './steps.ts'

const at = (change: Partial<AdmissionView>, face: GateView['state'] = 'waiting'): AdmissionView => ({
  state: 'waiting',
  consent: 'unasked',
  reason: null,
  gates: [{ gate: 'face', state: face, words: '' }],
  ...change,
})

describe('the steps at the door', () => {
  it('asks for consent, then looks, then waits for a person', () => {
    expect(doorStep(at({}))).toBe('consent')
    expect(doorStep(at({ consent: 'given' }))).toBe('face')
    expect(doorStep(at({ consent: 'given' }, 'passed'))).toBe('waiting')
  })

  it('leads everybody whom the camera did not pass to a person, never to an end', () => {
    for (const face of ['unsure', 'failed', 'unavailable'] as const)
      expect(doorStep(at({ consent: 'given' }, face))).toBe('waiting')
    expect(doorStep(at({ consent: 'declined' }))).toBe('waiting')
  })

  it('offers another look where the first did not pass, and judges nobody', () => {
    expect(mayLookAgain(at({ consent: 'given' }, 'unsure'))).toBe(true)
    expect(mayLookAgain(at({ consent: 'given' }, 'passed'))).toBe(false)
    expect(mayLookAgain(at({ consent: 'declined' }, 'unsure'))).toBe(false)
    expect(gateWords({ gate: 'face', state: 'failed' }).word).toBe('由监考员确认')
    expect(gateWords({ gate: 'seat', state: 'failed' }).word).toBe('不是您的座位')
  })

  it('ends with entering or with the reason why not', () => {
    expect(doorStep(at({ state: 'admitted', consent: 'given' }, 'passed'))).toBe('enter')
    expect(doorStep(at({ state: 'turned_away' }))).toBe('turned-away')
  })

  it('reads numbers as people type them', () => {
    expect(plainNumber(' ０１２ 345ｘ ')).toBe('012345x')
    expect(identityProblem('2026', '12345')).toContain('后 6 位')
    expect(identityProblem('1', '12345X')).toContain('准考证号')
    expect(identityProblem('20261234', '12345X')).toBeNull()
  })
})
