import { expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { deadline, remaining } from './deadline.ts'

test('an unknown clock is a bug', () => {
  expect(() => deadline(policy, 'hubei.nothing', '2026-03-01')).toThrow('unknown deadline')
})
test.each(['hubei.filing-receipt', 'hubei.national-audit'])(
  '%s has no clock in the text, so it has no due date',
  (id) => {
    expect(deadline(policy, id, '2026-03-01')).toBeUndefined()
  },
)

test.each([
  ['hubei.training-report', '2026-03-02', '2026-04-01', 'HB-4.3'],
  ['hubei.result-report', '2026-03-02', '2026-04-01', 'HB-4.4'],
  ['hubei.certificate-issue', '2026-03-02', '2026-04-01', 'HB-4.4'],
  // The 30th day falls on the National Day holiday and on a Sunday: it moves on.
  ['hubei.training-report', '2025-09-01', '2025-10-09', 'HB-4.3'],
  ['hubei.training-report', '2026-01-30', '2026-03-02', 'HB-4.3'],
  // The 30th day is a Saturday worked instead: it does not move.
  ['hubei.training-report', '2026-01-29', '2026-02-28', 'HB-4.3'],
])('%s started on %s is due on %s', (id, startedOn, dueOn, clause) => {
  const due = deadline(policy, id, startedOn)!
  expect([due.dueOn, due.clause, due.unit, due.provisional]).toEqual([dueOn, clause, '自然日', false])
})

test('the province has ten working days, and says that the start point is a reading', () => {
  const due = deadline(policy, 'hubei.province-confirmation', '2026-02-13')!
  expect([due.dueOn, due.unit, due.amount, due.startEventStatus]).toEqual([
    '2026-03-05',
    '工作日',
    10,
    'inferred',
  ])
  expect(due.note).toContain('通知没有写明起算点')
})

test('a due date in an unpublished year is provisional', () => {
  expect(deadline(policy, 'hubei.province-confirmation', '2026-12-28')).toMatchObject({ provisional: true })
  expect(deadline(policy, 'hubei.training-report', '2026-12-15')).toMatchObject({
    provisional: true,
    dueOn: '2027-01-14',
  })
})

test('a reading the province confirms replaces ours and is named', () => {
  const settings = [
    {
      id: 'deadline:hubei.training-report',
      key: '末日顺延',
      value: false,
      confirmedBy: '省厅',
      from: '2025-01-01',
    },
    {
      id: 'deadline:hubei.training-report',
      key: '当日计入',
      value: true,
      confirmedBy: '省厅',
      from: '2025-01-01',
    },
  ]
  const due = deadline(policy, 'hubei.training-report', '2025-09-02', settings)!
  expect(due.dueOn).toBe('2025-10-01')
  expect(due.countingSource.rollsForward).toEqual({ holds: false, status: 'confirmed', source: '省厅确认' })
  expect(
    deadline(policy, 'hubei.training-report', '2024-09-01', settings)!.countingSource.rollsForward.status,
  ).toBe('inferred')
})

test('what remains is counted in the unit of the clock', () => {
  const natural = deadline(policy, 'hubei.training-report', '2026-03-02')!
  expect(remaining(policy, natural, '2026-03-31')).toEqual({ days: 1, unit: '自然日', overdue: false })
  expect(remaining(policy, natural, '2026-04-01')).toEqual({ days: 0, unit: '自然日', overdue: false })
  expect(remaining(policy, natural, '2026-04-03')).toEqual({ days: -2, unit: '自然日', overdue: true })
  const working = deadline(policy, 'hubei.province-confirmation', '2026-02-13')!
  expect(remaining(policy, working, '2026-02-13')).toEqual({ days: 10, unit: '工作日', overdue: false })
  expect(remaining(policy, working, '2026-02-20')).toEqual({ days: 9, unit: '工作日', overdue: false })
  expect(remaining(policy, working, '2026-03-05')).toEqual({ days: 0, unit: '工作日', overdue: false })
  expect(remaining(policy, working, '2026-03-08')).toEqual({ days: -1, unit: '工作日', overdue: true })
})
test('a reading held as a figure is read with what the province has confirmed, for all its clocks at once', () => {
  const settings = [
    { id: 'hubei.rolls-forward', key: '', value: false, confirmedBy: '省厅', from: '2025-01-01' },
    { id: 'hubei.start-day-counts', key: '', value: true, confirmedBy: '省厅', from: '2025-09-01' },
  ]
  const before = deadline(policy, 'hubei.result-report', '2025-08-31', settings)!
  const after = deadline(policy, 'hubei.result-report', '2025-09-01', settings)!
  expect([before.dueOn, before.countingSource.startDayCounts.status]).toEqual(['2025-09-30', 'recalled'])
  expect([after.dueOn, after.countingSource.startDayCounts]).toEqual([
    '2025-09-30',
    { holds: true, status: 'confirmed', source: '省厅确认' },
  ])
})
test('a reading of one clock alone stands before the province’s general one', () => {
  const settings = [
    { id: 'hubei.rolls-forward', value: false, confirmedBy: '省厅', from: '2025-01-01' },
    {
      id: 'deadline:hubei.training-report',
      key: '末日顺延',
      value: true,
      confirmedBy: '省厅',
      from: '2025-01-01',
    },
  ]
  expect(deadline(policy, 'hubei.training-report', '2025-09-01', settings)!.dueOn).toBe('2025-10-09')
  expect(deadline(policy, 'hubei.result-report', '2025-09-01', settings)!.dueOn).toBe('2025-10-01')
})
