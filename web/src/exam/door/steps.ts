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

/** A face that did not pass is a person's to judge; a seat that is not one's own is a fact. */
export function gateWords({ gate, state }: Pick<GateView, 'gate' | 'state'>): {
  word: string
  shape: 'done' | 'run' | 'wait'
} {
  if (state === 'passed') return { word: '已通过', shape: 'done' }
  if (state === 'waiting') return { word: '等待', shape: 'run' }
  if (gate === 'seat') return { word: '不是您的座位', shape: 'wait' }
  return { word: '由监考员确认', shape: 'wait' }
}

/** Another picture may do where the first did not. */
export function mayLookAgain(at: AdmissionView): boolean {
  const face = at.gates.find((one) => one.gate === 'face')
  return (
    at.consent === 'given' &&
    (face?.state === 'unsure' || face?.state === 'failed' || face?.state === 'unavailable')
  )
}

/** Numbers as people type them: full-width digits, spaces in between. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '')
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
