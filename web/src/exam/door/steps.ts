import type { AdmissionView, GateView, Identified } from '../../../../server/src/halls/attempts/wire.ts'

/** What the candidate does next at the door. */
export type DoorStep = 'consent' | 'face' | 'waiting' | 'turned-away' | 'enter'

export function doorStep(at: AdmissionView): DoorStep {
  if (at.state === 'turned_away') return 'turned-away'
  if (at.state === 'admitted') return 'enter'
  if (at.consent === 'unasked') return 'consent'
  const face = at.gates.find((one) => one.gate === 'face')
  if (at.consent === 'given' && face?.state === 'waiting') return 'face'
  // Unsure, failed, unavailable or without face data: people decide, the candidate only waits.
  return 'waiting'
}

export const GATES: Record<GateView['gate'], string> = {
  face: '人脸核验',
  confirmation: '监考员确认',
  seat: '座位核对',
}

export const GATE_WORDS: Record<GateView['state'], [string, 'done' | 'run' | 'wait']> = {
  passed: ['已通过', 'done'],
  waiting: ['等待', 'run'],
  unsure: ['由监考员确认', 'wait'],
  failed: ['由监考员确认', 'wait'],
  unavailable: ['由监考员确认', 'wait'],
}

/** Ticket numbers and tails of an ID number as people type them: full-width digits, spaces, a small x. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
}

export function identityProblem(ticketNumber: string, idTail: string): string | null {
  if (ticketNumber.length < 4) return '请输入准考证号，见准考证右上方。'
  if (!/^\d{5}[\dX]$/.test(idTail)) return '请输入身份证件号码的后 6 位，末位可为 X。'
  return null
}

export interface KeptAdmission {
  admission: string
  identified: Identified
}
