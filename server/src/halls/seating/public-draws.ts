import { sql } from 'kysely'
import { findOrganisations } from '../../people/index.ts'
import type { Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { readFile } from '../../platform/files.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { shownDraw } from '../arrangements/read-arrangement.ts'
import { no } from '../arrangements/refusals.ts'
import { findFamily } from '../arrangements/store/families.ts'
import { containing } from '../scope.ts'
import type { DrawProof } from './proof.ts'
import { drawsOf } from './store.ts'

interface PublicSitting {
  sittingId: string
  number: string
  title: string
  organisationId: string
  startsAt: Date
  familyId: string | null
  registrationClosedAt: Date | null
  inputsSha256: string | null
  proofFileId: string | null
  proofSha256: string | null
  drawnAt: Date | null
  committed: boolean
}

const publicSitting = sql`
  select c.sitting_id, c.number, c.title, c.organisation_id, c.starts_at, a.family_id, a.registration_closed_at,
    a.draw_inputs_sha256 as inputs_sha256, a.draw_proof_file_id as proof_file_id, a.draw_proof_sha256 as proof_sha256,
    a.drawn_at, exists (select from halls.draws d where d.voided_at is null
      and (d.sitting_id = a.sitting_id or d.family_id = a.family_id)) as committed
  from halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id`

/** On show as soon as there is a commitment, void or not. */
const onShow = sql<boolean>`exists (select from halls.draws d where d.sitting_id = a.sitting_id or d.family_id = a.family_id)`

async function findPublicSitting(tx: Tx, number: string): Promise<PublicSitting | undefined> {
  const { rows } =
    await sql<PublicSitting>`${publicSitting} where c.number = ${number} and ${onShow}`.execute(tx)
  return rows[0]
}

export async function listPublicDraws(
  app: App,
  input: { q?: string | undefined; page: number; size: number },
) {
  const like = containing(input.q)
  const where = sql`${onShow} and (c.number like ${like} or c.title like ${like})`
  const { rows } =
    await sql<PublicSitting>`${publicSitting} where ${where} order by c.starts_at desc, c.number desc
    limit ${input.size} offset ${(input.page - 1) * input.size}`.execute(app.db)
  const { rows: total } = await sql<{ n: number }>`
    select count(*)::int as n from halls.arrangements a join exams.sitting_cards c on c.sitting_id = a.sitting_id
    where ${where}`.execute(app.db)
  const names = await namesOf(app, rows)
  const shown = rows.map((row) => ({
    number: row.number,
    title: row.title,
    organisation: names.get(row.organisationId) ?? '',
    startsAt: row.startsAt,
    stage: stageOf(row),
    drawnAt: row.drawnAt,
  }))
  return { rows: shown, total: total[0]?.n ?? 0, page: input.page, size: input.size }
}

async function namesOf(app: App, rows: { organisationId: string }[]): Promise<Map<string, string>> {
  const found = await findOrganisations(app.db, { ids: [...new Set(rows.map((row) => row.organisationId))] })
  return new Map(found.map((one) => [one.id, one.name]))
}

function stageOf(row: PublicSitting): 'voided' | 'committed' | 'closed' | 'drawn' {
  if (row.drawnAt) return 'drawn'
  if (!row.committed) return 'voided'
  return row.registrationClosedAt ? 'closed' : 'committed'
}

/** Everything anybody needs to believe a draw, or to find it wrong. */
export async function readPublicDraw(app: App, input: { number: string }) {
  const sitting = await findPublicSitting(app.db, input.number)
  if (!sitting) return refuse(no.DRAW_NOT_FOUND())
  const names = await namesOf(app, [sitting])
  const family = sitting.familyId ? await findFamily(app.db, sitting.familyId) : undefined
  const draws = [
    ...(sitting.familyId ? await drawsOf(app.db, { familyId: sitting.familyId }) : []),
    ...(await drawsOf(app.db, { sittingId: sitting.sittingId })),
  ]
  const proof = await proofOf(app, sitting)
  return ok({
    number: sitting.number,
    title: sitting.title,
    organisation: names.get(sitting.organisationId) ?? '',
    startsAt: sitting.startsAt,
    family: family ? { number: family.number, title: family.title } : null,
    stage: stageOf(sitting),
    registrationClosedAt: sitting.registrationClosedAt,
    inputsSha256: sitting.inputsSha256,
    drawnAt: sitting.drawnAt,
    proofSha256: sitting.proofSha256,
    algorithm: proof?.algorithm ?? null,
    report: proof?.report ?? null,
    // Who committed and who entered the value are officials' names: the workbench shows them, the public page does not.
    draws: draws.map((draw) => {
      const { committedByName: _, publicByName: __, ...shown } = shownDraw(draw)
      return shown
    }),
  })
}

async function proofOf(app: App, sitting: PublicSitting): Promise<DrawProof | undefined> {
  if (!sitting.proofFileId) return undefined
  const file = defined(await readFile(app, sitting.proofFileId), 'the proof')
  return JSON.parse(new TextDecoder().decode(file.bytes)) as DrawProof
}

/** The proof itself, for `npm run seats -- verify`. */
export async function downloadProof(
  app: App,
  input: { number: string },
): Promise<Result<Download, RefusalOf<typeof no, 'DRAW_NOT_FOUND' | 'SEATS_NOT_DRAWN'>>> {
  const sitting = await findPublicSitting(app.db, input.number)
  if (!sitting) return refuse(no.DRAW_NOT_FOUND())
  if (!sitting.proofFileId) return refuse(no.SEATS_NOT_DRAWN())
  const file = defined(await readFile(app, sitting.proofFileId), 'the proof')
  return ok({ fileName: file.name, mediaType: 'application/json', bytes: file.bytes })
}
