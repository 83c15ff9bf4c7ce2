import { describe, expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { parameter, type Setting } from './parameter.ts'

const hubei = { jurisdiction: 'hubei', on: '2026-03-01' } as const

describe('figures nobody has found', () => {
  test('are a null with their status, not a guess', () => {
    expect(
      parameter(policy, 'engineer.standard-hours', { ...hubei, occupation: 'ai', level: '初级' }),
    ).toMatchObject({ value: null, sourceStatus: 'missing' })
    expect(parameter(policy, 'engineer.candidates-per-invigilator', hubei)).toMatchObject({
      value: null,
      sourceStatus: '待核实',
    })
  })
  test('an unknown parameter or a row that is not there is undefined', () => {
    expect(parameter(policy, 'engineer.nothing', hubei)).toBeUndefined()
    expect(
      parameter(policy, 'engineer.standard-hours', { ...hubei, occupation: '插花花艺师', level: '初级' }),
    ).toBeUndefined()
    expect(parameter(policy, 'engineer.standard-hours', hubei)).toBeUndefined()
    expect(parameter(policy, 'hubei.yearly-target', { ...hubei, on: '2031-01-01' })).toBeUndefined()
  })
  test('a parameter of another province is not seen', () => {
    expect(
      parameter(policy, 'hubei.yearly-target', { jurisdiction: 'anhui', on: '2026-03-01' }),
    ).toBeUndefined()
  })
})

test('found figures carry clause, document number and source', () => {
  expect(parameter(policy, 'engineer.pass-mark', hubei)).toEqual({
    id: 'engineer.pass-mark',
    name: '各科目合格分数线',
    unit: '十分之一分',
    value: 600,
    clause: 'STD-1.9.2',
    documentNumber: '人社厅发〔2021〕10号',
    sourceStatus: 'found_ocr',
    source: 'S07',
    note: '百分制，60分（含）以上为合格',
    from: '2021-02-03',
  })
  expect(parameter(policy, 'hubei.yearly-target', hubei)).toMatchObject({
    value: 2000,
    clause: 'HB-1',
    sourceStatus: 'found',
  })
})

test('an occupation may be named by id, official name or either code', () => {
  for (const occupation of ['bigdata', '大数据工程技术人员', '2-02-10-11', '2-02-38-03']) {
    expect(parameter(policy, 'engineer.standard-hours', { ...hubei, occupation, level: '高级' })?.value).toBe(
      160,
    )
  }
})

describe('settings', () => {
  const setting: Setting = {
    id: 'engineer.standard-hours',
    key: 'ai/初级',
    value: 60,
    confirmedBy: '湖北省厅',
    from: '2026-01-01',
    to: '2026-06-30',
  }
  const ask = (on: string, settings: Setting[], level = '初级') =>
    parameter(policy, 'engineer.standard-hours', {
      jurisdiction: 'hubei',
      on,
      occupation: '人工智能工程技术人员',
      level,
      settings,
    })
  test('hold only in their own time and for their own key', () => {
    expect(ask('2025-12-31', [setting])?.value).toBeNull()
    expect(ask('2026-07-01', [setting])?.value).toBeNull()
    expect(ask('2026-03-01', [setting], '中级')?.value).toBeNull()
  })
  test('stand before the pack and name who confirmed them', () => {
    expect(ask('2026-01-01', [setting])).toMatchObject({
      value: 60,
      sourceStatus: 'confirmed',
      source: '湖北省厅确认',
    })
    expect(ask('2026-06-30', [setting])?.value).toBe(60)
  })
  test('the latest of several holds', () => {
    expect(ask('2026-03-01', [{ ...setting, value: 64, from: '2026-02-01' }, setting])?.value).toBe(64)
  })
})
