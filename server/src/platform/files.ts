import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from './app.ts'
import { assert } from './assert.ts'
import type { Tx } from './db.ts'
import { type MediaType, mediaTypeName, sniffMediaType } from './media-type.ts'
import { defineRefusals, type Refusal } from './result.ts'

const no = defineRefusals({
  FILE_EMPTY: {
    clause: null,
    say: ({ name }: { name: string }) => `文件「${name}」没有内容，请检查后重新上传。`,
  },
  FILE_TOO_LARGE: {
    clause: null,
    say: ({ name, limit }: { name: string; limit: string }) =>
      `文件「${name}」超过 ${limit}，未保存。请压缩或拆分后重新上传。`,
  },
  FILE_TYPE_REFUSED: {
    clause: null,
    say: ({ name, accepted }: { name: string; accepted: string }) =>
      `文件「${name}」的内容不是可接收的类型，未保存。请上传：${accepted}。`,
  },
})

export interface FileLimits {
  accept: readonly MediaType[]
  maxBytes: number
}

/** Scans and photos people upload as proof. */
export const EVIDENCE_LIMITS: FileLimits = {
  accept: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 10 * 1024 * 1024,
}

/** Why an upload cannot be taken, by what it is and not by what it is called; undefined when it can. */
export function refuseFile(
  file: { name: string; bytes: Uint8Array },
  limits: FileLimits,
): Refusal | undefined {
  const name = cleanName(file.name)
  if (file.bytes.byteLength === 0) return no.FILE_EMPTY({ name })
  if (file.bytes.byteLength > limits.maxBytes)
    return no.FILE_TOO_LARGE({ name, limit: sizeText(limits.maxBytes) })
  const mediaType = sniffMediaType(file.bytes)
  if (!mediaType || !limits.accept.includes(mediaType)) {
    return no.FILE_TYPE_REFUSED({ name, accepted: limits.accept.map(mediaTypeName).join('、') })
  }
  return undefined
}

export interface FileToSave {
  name: string
  bytes: Uint8Array
  /** What it is kept for, lower case: `evidence`, `certificate`, `exchange`. The first part of its key. */
  purpose: string
  ownerPersonId?: string | null
  ownerOrganisationId?: string | null
}

/**
 * Keeps a file; returns its id. The bytes are stored before the row is committed, so a row always has its bytes.
 * The other way round there may be orphans: when the act is refused or the process dies, its object stays behind
 * under a key nobody knows. It takes space and does no harm; `docs/operating.md` says how to list them.
 */
export async function saveFile(app: App, tx: Tx, file: FileToSave): Promise<string> {
  assert(/^[a-z][a-z-]*$/.test(file.purpose), `a file's purpose is a lower-case word, not ${file.purpose}`)
  const mediaType = sniffMediaType(file.bytes)
  assert(mediaType, 'the surface has refused files of unknown type')
  const id = randomUUID()
  const key = `${file.purpose}/${app.clock.today().slice(0, 7).replace('-', '/')}/${id}`
  await app.storage.put(key, file.bytes, mediaType)
  await sql`
    insert into platform.files
      (id, key, name, media_type, bytes, sha256, purpose, owner_person_id, owner_organisation_id, created_at)
    values (${id}, ${key}, ${cleanName(file.name)}, ${mediaType}, ${file.bytes.byteLength},
      ${app.crypto.sha256(file.bytes)}, ${file.purpose}, ${file.ownerPersonId ?? null},
      ${file.ownerOrganisationId ?? null}, ${app.clock.now()})`.execute(tx)
  return id
}

export interface StoredFile {
  id: string
  name: string
  mediaType: MediaType
  size: number
  sha256: string
  purpose: string
  ownerPersonId: string | null
  ownerOrganisationId: string | null
  createdAt: Date
}

/** What is known of a file, without its bytes; undefined when there is none. Who may see it is the caller's to check. */
export async function findFile(tx: Tx, id: string): Promise<StoredFile | undefined> {
  const { rows } = await sql<StoredFile>`
    select id, name, media_type, bytes as size, sha256, purpose, owner_person_id, owner_organisation_id, created_at
    from platform.files where id = ${id}`.execute(tx)
  return rows[0]
}

/** A file with its bytes, held against the hash taken when it came; undefined when there is none. */
export async function readFile(
  app: App,
  id: string,
  tx: Tx = app.db,
): Promise<(StoredFile & { bytes: Uint8Array }) | undefined> {
  const { rows } = await sql<{ key: string }>`select key from platform.files where id = ${id}`.execute(tx)
  const key = rows[0]?.key
  const file = await findFile(tx, id)
  if (!file || key === undefined) return undefined
  const bytes = await app.storage.get(key)
  if (!bytes)
    throw new Error(`file ${id} has no object: the object store lost it, or was restored to an earlier day`)
  if (app.crypto.sha256(bytes) !== file.sha256)
    throw new Error(`file ${id} is not what was saved: its hash differs`)
  return { ...file, bytes }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} KB`
}

/** A name to show and to save under: no path, no control or direction characters, not endless. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  return last.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').slice(-150) || '未命名'
}
