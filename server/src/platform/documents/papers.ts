/** What each paper shows. Values only: nothing here is ever read as markup. */

/** What the two uniform certificates share. */
interface CertificatePaper {
  number: string
  holderName: string
  maskedIdNumber: string
  occupation: string
  direction: string | null
  level: string
  issuer: string
  issuedOn: string
  /** Who answers for it, in one sentence (HB-6.3: 谁培训(评价)、谁发证、谁负责). */
  answers: string
  /** Text of the QR: the address of the public check. */
  qrText: string
  /** Where the number can be checked by hand. */
  checkAt: string
  /** For instance that it replaces another certificate. */
  remark?: string
  /** JPEG or PNG; without one the sheet has no empty frame. */
  photo?: Uint8Array
}
export interface TrainingCertificatePaper extends CertificatePaper {
  hours: number
  /** 「线上 40、线下 40」: how the hours came about. */
  hoursByKind?: string
  fromOn?: string
  toOn?: string
}
export type LevelCertificatePaper = CertificatePaper

export interface HoursProofPaper {
  number: string
  holderName: string
  maskedIdNumber: string
  year: number
  total: number
  rows: {
    occupation: string
    level: string
    institution: string
    certificateNumber: string
    issuedOn: string
    hours: number
  }[]
  basis: string
  note?: string
  issuer: string
  issuedOn: string
  qrText?: string
}

export interface TitleRecognitionPaper {
  number: string
  holderName: string
  maskedIdNumber: string
  occupation: string
  level: string
  certificateNumber: string
  certificateIssuedOn: string
  evaluationInstitution: string
  /** Recognised directly, or only a reference for the senior review (HB-5.2). */
  direct: boolean
  titleLevel: string
  specialty: string
  recognisedOn: string
  state: string
  basis: string
  note?: string
  issuer: string
  qrText?: string
}

export interface ReceiptPaper {
  /** Instead of 「备案回执」 or 「报送回执」, for a return: 「补正通知书」. */
  title?: string
  number: string
  to: string
  body: string
  /** One or two (name, value) pairs a line. */
  rows: [string, string][][]
  note?: string
  basis: string
  issuer: string
  issuedOn: string
  qrText?: string
}

export interface RosterPaper {
  title: string
  number?: string
  facts: [string, string][]
  /** `width` is a share, 1 when absent. */
  columns: { title: string; width?: number; align?: 'left' | 'center' | 'right' }[]
  rows: string[][]
  note?: string
  /** Lines to sign on: 「制表人」「负责人」. */
  signatures?: string[]
  /** A4 across instead of upright. */
  across?: boolean
}

export interface ResultReportPaper {
  number: string
  round: number
  institution: string
  sitting: string
  occupation: string
  level: string
  direction: string | null
  endedOn: string
  venue: string
  counts: { sat: number; passed: number; failed: number; absent: number; misconduct: number }
  rows: {
    name: string
    maskedIdNumber: string
    ticketNumber: string
    theory: string
    ability: string
    state: string
  }[]
  decisions: { on: string; office: string; act: string; reason: string }[]
  basis: string
}

export interface AdmissionTicketPaper {
  ticketNumber: string
  holderName: string
  maskedIdNumber: string
  examination: string
  occupation: string
  level: string
  institution: string
  site: string
  hall: string
  address: string
  seat: string
  /** 「2026-12-05 09:00 — 11:00」 by part. */
  times: { part: string; span: string; note?: string }[]
  /** What the candidate is to know, a sentence each. */
  rules: string[]
  /** Under the rules: which figures are not verified. */
  note?: string
  drawCode: string
  drawAt: string
  /** Where answering can be tried beforehand. */
  rehearsalAt: string
  qrText: string
  photo?: Uint8Array
}

export interface SeatMapPaper {
  title: string
  facts: [string, string][]
  rows: number
  columns: number
  /** Seats of the grid; a place without one is a gap. */
  seats: {
    row: number
    column: number
    label: string
    name: string
    under: string
    kind: 'taken' | 'free' | 'spare' | 'broken'
  }[]
  note?: string
}

export interface Papers {
  'training-certificate': TrainingCertificatePaper
  'level-certificate': LevelCertificatePaper
  'hours-proof': HoursProofPaper
  'title-recognition': TitleRecognitionPaper
  'filing-receipt': ReceiptPaper
  'report-receipt': ReceiptPaper
  roster: RosterPaper
  'result-report': ResultReportPaper
  'admission-ticket': AdmissionTicketPaper
  'seat-map': SeatMapPaper
}
export type Template = keyof Papers

type ManyAFile = 'training-certificate' | 'level-certificate' | 'admission-ticket' | 'seat-map'

/** Certificates, tickets and seat maps go many to a file, a page each; a form is one paper. */
export interface Sheet<T extends Template> {
  papers: T extends ManyAFile ? Papers[T][] : [Papers[T]]
  /** Prints 「演示样张」 across the sheet. */
  demo: boolean
  /** Who printed it and when: stands at the foot of forms and lists. */
  printed?: { by: string; at: string }
}
