import { randomUUID } from 'node:crypto'
import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { FAMILY_STATES, type Family } from '../arrangements/family.ts'
import { lockFamily } from '../arrangements/store/families.ts'
import { events } from './audit-events.ts'
import { checkPaper } from './author-paper.ts'
import { type PaperImport, type PaperInput, readPaper, reportOf } from './import-paper.ts'
import { begunSitting, insertJointPaper, unsealMembers } from './joint-store.ts'
import { FULL_TENTHS } from './paper.ts'
import { no } from './refusals.ts'
import { sealContent, sealKeys } from './sealed-content.ts'

export type JointPaperInput = Omit<PaperInput, 'sittingId'> & { familyId: string }

export type ImportJointPaperRefusal =
  | RefusalOf<
      typeof no,
      'JOINT_FAMILY_NOT_FOUND' | 'JOINT_FAMILY_NOT_OPEN' | 'JOINT_PAPERS_IN_USE' | 'PAPER_FILE_MISSING'
    >
  | Refusal

/** Forms of a shuffled paper; sittings drawn over more compose the further ones from the same seed. */
const FORMS = 4

/**
 * The one paper of a joint examination, a part at a time (AH-10, 统一命题). A later one takes the place of an earlier
 * until anybody has begun anywhere; sittings that were sealed from the earlier one have to be sealed again.
 */
export async function importJointPaper(
  app: App,
  actor: Actor,
  input: JointPaperInput,
  file: Pick<UploadedFile, 'bytes' | 'name'> | undefined,
): Promise<Result<PaperImport, ImportJointPaperRefusal>> {
  const authored = file && (await readPaper(file.bytes))
  const checked = authored && checkPaper(authored, app.crypto.randomCode(32))
  return transact<PaperImport, ImportJointPaperRefusal>(app.db, async (tx) => {
    const province = defined(actor.organisation, 'a department').provinceCode
    const family = await lockFamily(tx, input.familyId, province)
    if (!family) return refuse(no.JOINT_FAMILY_NOT_FOUND())
    if (!file || !authored || !checked) return refuse(no.PAPER_FILE_MISSING())
    const refusal = await whyNotImportable(tx, family)
    if (refusal) return refuse(refusal)
    const report = reportOf(authored, checked, input, windowOf(family, input.part))
    if (report.errors.length > 0 || !input.keep) return ok(report)

    const id = randomUUID()
    const at = app.clock.now()
    const { content, keys, answerable, marked } = checked
    const itemsSha256 = app.crypto.sha256(JSON.stringify(content))
    const replaces = await insertJointPaper(tx, {
      id,
      familyId: family.id,
      part: input.part,
      title: input.title,
      minutes: input.minutes,
      totalTenths: FULL_TENTHS,
      forms: input.shuffled ? FORMS : 1,
      items: answerable,
      markedItems: marked,
      scoring: { multiple: input.multiple },
      shownToCandidates: input.shownToCandidates,
      itemsSealed: sealContent(app.crypto, id, content),
      keysSealed: sealKeys(app.crypto, id, keys),
      itemsSha256,
      sourceFileName: file.name.slice(-150),
      importedBy: defined(actor.accountId, 'an account'),
      importedByName: actor.name,
      importedAt: at,
    })
    const unsealed = await unsealMembers(tx, family.id, at)
    await record(tx, {
      name: events['joint-paper.imported'],
      at,
      actor,
      subjects: [`exam-family:${family.id}`],
      data: { part: input.part, title: input.title, items: answerable, itemsSha256, replaces, unsealed },
    })
    return ok({ ...report, saved: report.good, paperId: id })
  })
}

export async function whyNotImportable(tx: Tx, family: Family): Promise<Refusal | undefined> {
  const state = whyNotOpenFamily(family)
  if (state) return state
  const sitting = await begunSitting(tx, family.id)
  return sitting ? no.JOINT_PAPERS_IN_USE({ sitting }) : undefined
}

export function whyNotOpenFamily(family: Pick<Family, 'state'>): Refusal | undefined {
  return family.state === 'announced' || family.state === 'running'
    ? undefined
    : no.JOINT_FAMILY_NOT_OPEN({ state: FAMILY_STATES[family.state] })
}

function windowOf(family: Family, part: JointPaperInput['part']): { startsAt: Date; endsAt: Date } {
  return part === 'theory'
    ? { startsAt: family.theoryStartsAt, endsAt: family.theoryEndsAt }
    : { startsAt: family.abilityStartsAt, endsAt: family.abilityEndsAt }
}
