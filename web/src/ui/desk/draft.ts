import { createContext } from 'react'

/** Whose drafts these are: on a shared computer nobody finds what another typed. The shell names the membership. */
export const DraftOwner = createContext('')

interface Draft<V> {
  at: string
  values: V
}
const keyOf = (key: string) => `shujiang.draft.${key}`

/** What a person typed and has not submitted, kept in this browser under the record's key. */
export function readDraft<V>(key: string): Draft<V> | null {
  try {
    const text = localStorage.getItem(keyOf(key))
    return text ? (JSON.parse(text) as Draft<V>) : null
  } catch {
    return null
  }
}

export function writeDraft<V>(key: string, values: V, now: Date): void {
  try {
    localStorage.setItem(keyOf(key), JSON.stringify({ at: now.toISOString(), values }))
  } catch {
    // A full or forbidden store loses the draft, never the form.
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(keyOf(key))
}
