/**
 * Where a row comes from and how far it may be trusted. `found` and `found_ocr` were read in a published page,
 * `issued` was entered by the authority that keeps the catalogue, `confirmed` by a province's two people; the rest
 * is shown as 待核实 and authorises nobody.
 */
export const SOURCE_STATUSES = [
  'found',
  'found_ocr',
  'issued',
  'confirmed',
  'demo',
  'inferred',
  'recalled',
  'missing',
] as const
export type SourceStatus = (typeof SOURCE_STATUSES)[number]

export const SOURCE_STATUS_NAMES: Record<SourceStatus, string> = {
  found: '已查证',
  found_ocr: '已查证（扫描件）',
  issued: '主管部门录入',
  confirmed: '省级确认',
  demo: '演示数据',
  inferred: '推断，待核实',
  recalled: '待核实',
  missing: '待核实',
}

const TRUSTED: ReadonlySet<string> = new Set(['found', 'found_ocr', 'issued', 'confirmed', 'demo'])

/** Whether a figure or row may be relied on; otherwise the screen says 待核实. */
export function isVerified(status: string): boolean {
  return TRUSTED.has(status)
}
