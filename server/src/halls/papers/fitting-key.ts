import { randomUUID } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { keyOf } from './author-paper.ts'
import { isObjective, JUDGEMENTS, type Key, type StoredItem } from './paper.ts'
import { no } from './refusals.ts'
import { openContent, openKeys, sealKey } from './sealed-content.ts'
import { insertKeyChange, type KeyChangeOf } from './store.ts'

/** As authors write it: letters of the authors' order, 正确 / 错误, blanks; or the item counts for everybody. */
export type NewKey = { letters: string[] } | { judged: string } | { blanks: string[][] } | { void: true }

export interface FittingKey {
  item: StoredItem
  before: Key
  after: Key
}

/** What a change of key would put in the place of what, held against the paper. */
export function fittingChange(
  app: App,
  paper: { id: string; itemsSealed: Buffer; keysSealed: Buffer },
  input: { number: number; key: NewKey },
): Result<FittingKey, RefusalOf<typeof no, 'ITEM_NOT_FOUND' | 'KEY_NOT_FITTING' | 'KEY_CHANGES_NOTHING'>> {
  const item = openContent(app.crypto, paper).items.find((one) => one.number === input.number)
  const before = item && openKeys(app.crypto, paper)[item.id]
  if (!item || !before || !isObjective(item.kind)) return refuse(no.ITEM_NOT_FOUND())
  const after = fittingKey(item, before, input.key)
  if ('problem' in after) return refuse(no.KEY_NOT_FITTING(after))
  if (canonicalize(after) === canonicalize(before)) return refuse(no.KEY_CHANGES_NOTHING())
  return ok({ item, before, after })
}

/** The new key as it is kept, or why it does not fit the item. */
function fittingKey(item: StoredItem, before: Key, key: NewKey): Key | { problem: string } {
  if ('void' in key) return { kind: 'void' }
  const options = item.options ?? []
  const named = (letter: string) => options[letter.charCodeAt(0) - 65]?.id ?? ''
  switch (item.kind) {
    case 'single':
    case 'multiple': {
      const letters = 'letters' in key ? key.letters : []
      if (letters.length === 0) return { problem: '请填写选项字母。' }
      if (letters.some((one) => named(one) === '')) return { problem: '有不存在的选项。' }
      if (new Set(letters).size < letters.length) return { problem: '有重复的字母。' }
      const partial = before.kind === 'multiple' ? before.partialTenths : undefined
      const made = {
        kind: item.kind,
        answer: { letters },
        ...(partial === undefined ? {} : { partialTenths: partial }),
      }
      return defined(keyOf(made, named), 'a key')
    }
    case 'judgement': {
      const judged = 'judged' in key ? key.judged : ''
      if (!(JUDGEMENTS as readonly string[]).includes(judged)) return { problem: '应为「正确」或「错误」。' }
      return defined(keyOf({ kind: 'judgement', answer: { judged } }, named), 'a key')
    }
    default: {
      const blanks = 'blanks' in key ? key.blanks : []
      if (
        blanks.length !== item.blanks ||
        blanks.some((one) => one.length === 0 || one.some((text) => !text.trim()))
      )
        return { problem: `应逐空填写 ${item.blanks} 个空的答案。` }
      const caseSensitive = before.kind === 'fill' && before.caseSensitive
      return { kind: 'fill', blanks, ...(caseSensitive ? { caseSensitive } : {}) }
    }
  }
}

/** Writes down what one person proposes, with both keys sealed; undefined when the item's last change is still open. */
export async function keepProposal(
  tx: Tx,
  app: App,
  actor: Actor,
  of: KeyChangeOf & { paperId: string; reason: string; fitting: FittingKey },
): Promise<{ id: string; at: Date } | undefined> {
  const { fitting, ...rest } = of
  const { item, before, after } = fitting
  const id = randomUUID()
  const at = app.clock.now()
  const kept = await insertKeyChange(tx, {
    ...rest,
    id,
    item: item.id,
    keySealed: sealKey(app.crypto, id, { before, after }),
    void: after.kind === 'void',
    proposedBy: defined(actor.accountId, 'an account'),
    proposedByName: actor.name,
    proposedAt: at,
  })
  return kept ? { id, at } : undefined
}
