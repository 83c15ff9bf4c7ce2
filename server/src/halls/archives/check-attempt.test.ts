import { describe, expect, it } from 'vitest'
import { type Bodies, canonicalText, type Draft, hashOf, ROOT, type Row } from '../attempts/entry.ts'
import { checkAttempt } from './check-attempt.ts'

const at = (minutes: number) => new Date(Date.parse('2026-03-12T01:00:00.000Z') + minutes * 60_000)
const window = { opensAt: at(0), closesAt: at(240), minutes: 60, extraMinutes: 0, graceSeconds: 60 }
const FILE_ID = '00000000-0000-4000-8000-00000000000f'
const received: Bodies['file'] = {
  ...{ item: 'q02', fileId: FILE_ID, name: '作品.pdf', sha256: 'a'.repeat(64), bytes: 9 },
}
const naming = (change: Partial<Bodies['file']> = {}): Draft => {
  const { item, fileId, name, sha256 } = { ...received, ...change }
  const numbers = { clientSeq: 1, baseRevision: 0, revision: 1, clientAt: at(2).toISOString() }
  return { kind: 'answer', body: { item, value: { fileId, name, sha256 }, ...numbers } }
}
const start: Draft = { kind: 'start', body: {} }
const file: Draft = { kind: 'file', body: received }

/** Rows as the journal writes them, a minute apart unless told. */
function chain(drafts: Draft[], minutes = (n: number) => n): Row[] {
  let previous: Uint8Array = ROOT
  return drafts.map(({ kind, body }, n) => {
    const ids = { sittingId: 'sitting', attemptId: 'attempt', seq: n + 1 }
    const unhashed = { ...ids, kind, at: at(minutes(n)), body: canonicalText(body) }
    const row = { ...unhashed, hash: hashOf(previous, unhashed) }
    previous = row.hash
    return row
  })
}
const breaches = (rows: Row[]) => checkAttempt(window, rows, null).breaches

describe('files in a journal', () => {
  it('break the law where an answer names one that never came, came for another item, or was another', () => {
    expect(breaches(chain([start, naming()]))).toEqual([{ seq: 2, law: 'file' }])
    expect(breaches(chain([start, file, naming({ item: 'q03' })]))).toEqual([{ seq: 3, law: 'file' }])
    expect(breaches(chain([start, file, naming({ sha256: 'b'.repeat(64) })]))).toEqual([
      { seq: 3, law: 'file' },
    ])
  })

  it('break the law where one came before the start, during a pause or after the time', () => {
    expect(breaches(chain([file]))).toEqual([{ seq: 1, law: 'before-start' }])
    const pause: Draft = { kind: 'pause', body: { act: 'act' } }
    expect(breaches(chain([start, pause, file]))).toEqual([{ seq: 3, law: 'while-paused' }])
    expect(breaches(chain([start, file], (n) => n * 62))).toEqual([{ seq: 2, law: 'late' }])
  })

  it('are in order where the answer names what came', () => {
    expect(breaches(chain([start, file, naming()]))).toEqual([])
  })
})
