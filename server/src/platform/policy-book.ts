import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { amendPolicy, type Jurisdiction, type Policy, type Receipt } from '../../../policy/src/index.ts'
import type { App } from './app.ts'
import type { Db, Tx } from './db.ts'

export interface PolicyText {
  edition: number
  path: string
  jurisdiction: Jurisdiction
  text: string
}

/** The packs of this release with the texts that provinces have confirmed laid over them. */
export interface PolicyBook {
  /** As of the last look: at most a second old where `refresh` is called before each piece of work. */
  current(): Policy
  /** Looks whether another process has confirmed a text since; `now` looks whatever the time since the last look. */
  refresh(options?: { now?: boolean }): Promise<void>
  /** The policy as a transaction sees it, and its edition. */
  asOf(tx: Tx): Promise<{ policy: Policy; edition: number }>
  /** The policy with exactly the texts a receipt names; undefined when the packs of this release are not the receipt's. */
  ofReceipt(receipt: Pick<Receipt, 'packs'>): Promise<Policy | undefined>
}

const LOOK_EVERY_MS = 1000

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** `packs` is asked when the policy is first needed. */
export function openPolicyBook(db: Db, packs: () => Policy): PolicyBook {
  let known: { edition: number; policy: Policy } | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const composed = async (tx: Tx): Promise<{ policy: Policy; edition: number }> => {
    const edition = await newestEdition(tx)
    if (known?.edition === edition) return known
    if (edition === 0) return { policy: packs(), edition }
    return { policy: layOver(packs(), await policyTexts(tx)), edition }
  }
  const look = async () => {
    lookedAt = performance.now()
    known = await composed(db)
  }
  return {
    current: () => {
      known ??= { edition: 0, policy: packs() }
      return known.policy
    },
    refresh: async ({ now = false } = {}) => {
      if (!now && performance.now() - lookedAt < LOOK_EVERY_MS) return
      // A look that began before the caller's act may have missed it.
      if (now) await looking
      looking ??= look().finally(() => {
        looking = undefined
      })
      await looking
    },
    asOf: composed,
    ofReceipt: async ({ packs: named }) => {
      const base = packs()
      const shas = new Map(base.files.map((file) => [file.path, file.sha]))
      const texts = (await policyTexts(db)).filter(({ path, text }) =>
        named.some((one) => one.path === path && one.sha === sha256Of(text)),
      )
      const isWhole = named.every(
        ({ path, sha }) => shas.get(path) === sha || texts.some((text) => text.path === path),
      )
      return isWhole ? layOver(base, texts) : undefined
    },
  }
}

/** Before a piece of work. Where the look fails the work goes on with the texts known: its own queries tell of the database. */
export async function lookForTexts(app: Pick<App, 'policyBook' | 'log'>): Promise<void> {
  try {
    await app.policyBook.refresh()
  } catch (error) {
    app.log.error({ err: error }, 'no look at the confirmed rule texts')
  }
}

function layOver(base: Policy, texts: readonly PolicyText[]): Policy {
  return texts.reduce((policy, { path, text, jurisdiction, edition }) => {
    const amended = amendPolicy(policy, jurisdiction, { path, text }, { sha256: sha256Of })
    if (amended.ok) return amended.policy
    const why = amended.problems.map((one) => `${one.at}: ${one.message}`).join('\n')
    throw new Error(`the confirmed text ${edition} (${path}) does not fit the packs of this release:\n${why}`)
  }, base)
}

async function newestEdition(tx: Tx): Promise<number> {
  const { rows } = await sql<{ edition: number | null }>`
    select max(edition) as edition from platform.policy_texts`.execute(tx)
  return rows[0]?.edition ?? 0
}

async function policyTexts(tx: Tx): Promise<PolicyText[]> {
  const { rows } = await sql<PolicyText>`
    select edition, path, jurisdiction, text from platform.policy_texts order by edition`.execute(tx)
  return rows
}

const EDITION_LOCK = 7_201_011

/** Puts confirmations in one order: hold it before `asOf` and until `publishPolicyText` has committed. */
export async function lockPolicyTexts(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${EDITION_LOCK})`.execute(tx)
}

export async function publishPolicyText(
  tx: Tx,
  published: Omit<PolicyText, 'edition'> & { fromOn: string; at: Date },
): Promise<number> {
  const { rows } = await sql<{ edition: number }>`
    insert into platform.policy_texts (path, jurisdiction, text, sha256, from_on, created_at)
    values (${published.path}, ${published.jurisdiction}, ${published.text}, ${sha256Of(published.text)},
      ${published.fromOn}, ${published.at})
    returning edition`.execute(tx)
  return (rows[0] as { edition: number }).edition
}

/** Every confirmed text against its hash, and whether all of them fit the packs of this release. */
export async function verifyPolicyTexts(
  tx: Tx,
  packs: Policy,
): Promise<{ texts: number; changed: string[]; misfit: string | null }> {
  const { rows } = await sql<PolicyText & { sha256: string }>`
    select edition, path, jurisdiction, text, sha256 from platform.policy_texts order by edition`.execute(tx)
  const changed = rows.filter((row) => sha256Of(row.text) !== row.sha256).map((row) => row.path)
  try {
    layOver(packs, rows)
    return { texts: rows.length, changed, misfit: null }
  } catch (error) {
    return { texts: rows.length, changed, misfit: (error as Error).message }
  }
}
