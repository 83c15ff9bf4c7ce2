import { type ParameterValue, parameter, type Setting } from '../../../../policy/src/index.ts'
import type { App } from '../../platform/app.ts'
import type { Day } from '../../platform/clock.ts'
import { jurisdictionOf } from '../verdict.ts'

/**
 * Two figures no published text gives: how long a passed part counts towards a retake, and how long misconduct bars.
 * Until a province has set them (来源状态: 待核实) nothing is retained and nobody is barred.
 */
export interface RetakeFigures {
  retentionMonths: number | null
  barMonths: number | null
  shown: { name: string; value: string; verified: boolean; source: string; clause: string }[]
}

export function retakeFigures(
  app: App,
  ask: { provinceCode: string; occupationId: string; level: string; on: Day; settings: readonly Setting[] },
): RetakeFigures {
  const read = (id: string) =>
    parameter(app.policy, id, {
      jurisdiction: jurisdictionOf(ask.provinceCode),
      on: ask.on,
      occupation: ask.occupationId,
      level: ask.level,
      settings: ask.settings,
    })
  const retention = read('engineer.score-retention-months')
  const bar = read('engineer.misconduct-bar-months')
  return {
    retentionMonths: months(retention),
    barMonths: months(bar),
    shown: [
      show('单科成绩保留', retention, '未保留，补考须两科重考'),
      show('违纪后不得参加考核的期限', bar, '未设限'),
    ],
  }
}

function months(figure: ParameterValue | undefined): number | null {
  return typeof figure?.value === 'number' ? figure.value : null
}

function show(name: string, figure: ParameterValue | undefined, without: string) {
  const value = months(figure)
  return {
    name,
    value: value === null ? without : `${value} 个月`,
    verified: value !== null && ['found', 'found_ocr', 'confirmed'].includes(figure?.sourceStatus ?? ''),
    source: figure?.source ?? '未找到',
    clause: figure?.clause ?? 'HB-4.4',
  }
}
