// What the candidate's room and the server say to each other, call by call. Types only: the room takes them by a
// type-only import and the server's verbs return them, so neither can drift from the other. Instants are ISO text
// with milliseconds. Every answer carries `now` beside what stands here.
import type { EventRule, RoomEvent } from '../arrangements/hall-rules.ts'
import type { AnswerValue, CloseReason } from './entry.ts'

export type { AnswerValue, RoomEvent }
export type Part = 'theory' | 'ability'
export type ItemKind = 'single' | 'multiple' | 'judgement' | 'fill' | 'short' | 'long' | 'file' | 'scenario'

export interface Now {
  now: string
}

// --- the machine and the door ---------------------------------------------------------------------------------

/** `GET station` */
export interface StationView {
  site: string
  hall: string
  seat: string
  /** The sitting that is on here, or the next one today. */
  sitting: { id: string; title: string; part: Part; opensAt: string; closesAt: string } | null
}

/** `POST bind-station` {code}: the secret stays with the machine. */
export interface StationBound {
  station: string
}

export type GateName = 'face' | 'confirmation' | 'seat'
export interface GateView {
  gate: GateName
  /** `unsure`, `failed` and `unavailable` of the face gate wait for the invigilator: never a dead end. */
  state: 'waiting' | 'passed' | 'unsure' | 'failed' | 'unavailable'
  /** For the candidate, in one sentence. */
  words: string
}

/** `GET admission`, and what `consent` and `face` answer besides their own. */
export interface AdmissionView {
  state: 'waiting' | 'admitted' | 'turned_away'
  gates: GateView[]
  /** Face data: not asked yet, yes, or the way by documents. */
  consent: 'unasked' | 'given' | 'declined'
  /** Why the candidate was turned away, as the invigilator wrote it. */
  reason: string | null
}

/** `POST identify` {ticketNumber, idTail} */
export interface Identified {
  /** Secret for `x-admission`. */
  admission: string
  candidate: { name: string; ticketNumber: string; maskedIdNumber: string }
  sitting: { id: string; title: string; part: Part; opensAt: string; closesAt: string; minutes: number }
  /** The drawn seat; `here` says whether this machine stands at it. */
  seat: { hall: string; label: string; here: boolean }
  /** The text asked to agree to, with its version. */
  consentText: { version: string; text: string }
  at: AdmissionView
}

/** `POST consent` {given: boolean} */
export interface Consented {
  at: AdmissionView
}

/** `POST face`, multipart, field `picture` (JPEG) */
export interface FaceLooked {
  outcome: 'queued' | 'passed' | 'unsure' | 'failed' | 'unavailable'
  /** What to do better, or what happens next. */
  words: string
  at: AdmissionView
}

// --- the attempt ----------------------------------------------------------------------------------------------

/** The figures of the rules snapshot that the room itself keeps. */
export interface RoomRules {
  graceSeconds: number
  earliestHandInMinutes: number
  captureSeconds: { from: number; to: number }
  captureRequired: boolean
  videoRequired: boolean
  fullScreenRequired: boolean
  events: Partial<Record<RoomEvent, EventRule>>
}

/** `POST enter` */
export interface Entered {
  attempt: string
  /** Secret for `x-lease`. */
  lease: string
  candidate: { name: string; ticketNumber: string }
  seat: { hall: string; label: string }
  sitting: { title: string; part: Part }
  times: { opensAt: string; closesAt: string; minutes: number; extraMinutes: number }
  rules: RoomRules
  /** AES-256-GCM: base64 of 12 bytes iv ‖ ciphertext ‖ 16 bytes tag, no additional data; plain text = UTF-8 JSON of `Paper`. */
  paper: { cipher: string; sha256: string }
  /** For the sealed export; how the key comes of it is said at `SealedExport`. */
  exportKey: string
  state: AttemptView
}

/** `POST start`: the paper's key, base64 of 32 bytes. The same again after a reload. */
export interface Started {
  key: string
  state: AttemptView
}

export interface AnswerView {
  item: string
  revision: number
  clientSeq: number
  value: AnswerValue
  at: string
}

export interface ClockView {
  /** Null before the start. */
  deadline: string | null
  /** Since when the hall or this attempt stands still. */
  pausedAt: string | null
  closed: { why: 'handed_in' | CloseReason; at: string } | null
}

/** `GET state` gives {state} */
export interface AttemptView extends ClockView {
  startedAt: string | null
  answers: AnswerView[]
  /** After the hand-in or the time-out: what was committed. */
  receipt: Receipt | null
}

export interface Save {
  item: string
  /** Counts up over the whole attempt in this browser; the same number is the same save. */
  clientSeq: number
  /** Revision this value was typed over; 0 where nothing stood. */
  baseRevision: number
  value: AnswerValue
  clientAt: string
}

export interface SaveResult {
  item: string
  clientSeq: number
  /**
   * saved: committed under `revision`. same: this very save was committed before. conflict: the server has a newer
   * one, `revision` and `value`. late: after the deadline, kept as evidence only. refused: no such item, wrong shape, a file
   * this attempt did not receive for the item.
   */
  status: 'saved' | 'same' | 'conflict' | 'late' | 'refused'
  revision: number
  value?: AnswerValue
  at?: string
}

/** `POST save` {saves: Save[]}, at most 100 */
export interface Saved extends ClockView {
  results: SaveResult[]
}

export interface Signals {
  visible: boolean
  fullScreen: boolean
  camera: 'on' | 'off' | 'none'
  secondScreen: boolean | null
  /** 0–100, null where the browser does not say. */
  battery: number | null
}

export interface EventReport {
  /** Unique in this browser, so that a report sent twice counts once. */
  id: string
  what: RoomEvent
  clientAt: string
  data: Record<string, unknown>
}

/** `POST pulse`, every 5 s */
export interface Pulse {
  clientAt: string
  unsaved: number
  answered: number
  /** The item the candidate looks at. */
  position: string | null
  roundTripMs: number | null
  signals: Signals
  events: EventReport[]
}

export interface PulseAnswer extends ClockView {
  /** The invigilator's words to this candidate or the hall, newest last; shown until closed. */
  messages: { id: string; at: string; text: string }[]
  /** Why the time changed, newest last. */
  extensions: { seconds: number; reason: string; at: string }[]
  captureNow: boolean
}

/** `POST hand-in` {answers: {item: revision}}; where they differ the refusal HAND_IN_DIFFERS has `facts.differing: string[]` */
export interface Receipt {
  attemptId: string
  number: string
  why: 'handed_in' | CloseReason
  seq: number
  hash: string
  at: string
  answered: number
  items: number
}

/** `POST file`, multipart, field `file`, input {item}; the same bytes for the same item again are the same file. */
export interface FileReceived {
  fileId: string
  sha256: string
}

/** `POST capture`, multipart, field `picture` (JPEG), input {clientAt, reason: 'random' | 'event' | 'asked'} */
export interface CaptureReceived {
  sha256: string
}

/** `POST video`, multipart, field `segment` (WebM), input {run, segment, clientFrom, clientTo} */
export interface SegmentReceived {
  run: string
  segment: number
}

// --- the paper, once decrypted --------------------------------------------------------------------------------

export interface Paper {
  title: string
  part: Part
  form: string
  minutes: number
  totalTenths: number
  groups: { id: string; title: string; note?: string; materials?: Material[] }[]
  items: PaperItem[]
}

/** Text beside the question, or a picture as a data: address (a sealed paper brings everything with it). */
export type Material = { title: string; text: string } | { title: string; image: string }

export interface PaperItem {
  id: string
  /** Id of its group. */
  group: string
  /** `scenario` is a heading with materials and takes no answer itself; its sub-items follow in the same group. */
  kind: ItemKind
  stem: string
  scoreTenths: number
  options?: { id: string; text: string }[]
  blanks?: number
  materials?: Material[]
  maxChars?: number
  /** File kinds: extensions with the dot. */
  accept?: string[]
}

// --- sealed export --------------------------------------------------------------------------------------------

/**
 * The file of the last resort, as JSON; inside `body` stands `SealedAnswers` as UTF-8 JSON. Key of 32 bytes =
 * HKDF-SHA-256 (material: `exportKey` as UTF-8 text, salt: `attempt`, info: `format`). Saves are taken like any others,
 * in their order: what the server has is `same`, what it has newer is a conflict, what comes after the deadline is late.
 */
export interface SealedExport {
  format: 'shujiang-sealed-export/1'
  attempt: string
  /** SHA-256 of the lease secret, hex: names the lease, opens nothing. */
  lease: string
  madeAt: string
  /** base64 of iv ‖ AES-256-GCM ciphertext ‖ tag; additional data = `${format}\n${attempt}\n${lease}\n${madeAt}` */
  body: string
}

export interface SealedAnswers {
  candidate: { name: string; ticketNumber: string }
  seat: string
  /** Everything the server had not acknowledged, in the order it was typed. */
  saves: Save[]
  /** Everything that stood on screen, for the eyes of the one who imports. */
  answers: { item: string; revision: number; value: AnswerValue }[]
}
