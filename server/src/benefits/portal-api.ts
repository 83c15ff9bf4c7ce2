import { z } from 'zod'
import {
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
} from '../platform/api.ts'
import { allowedIf, ok, refuse } from '../platform/result.ts'
import { creditRow, creditsSheet, hoursFilter } from './hours/hours-shapes.ts'
import { issueProof } from './hours/issue-proof.ts'
import { printProof } from './hours/print-proof.ts'
import { findOwnProof } from './hours/store/proofs.ts'
import { listCredits, listYears } from './hours/store/reading.ts'
import { may } from './permissions.ts'
import './person-data.ts'
import { MOST_EXPORTED, recordExport } from './record-export.ts'
import { no } from './refusals.ts'
import { printTitle } from './titles/print-title.ts'
import { whyNotPrintable } from './titles/recognition.ts'
import { listRecognitions } from './titles/store/reading.ts'
import { titleFilter, titleRow, titlesSheet } from './titles/title-shapes.ts'
import { requiredHours } from './verdict.ts'
import { paperAnswerShape, verifyPaper } from './verify-paper.ts'
import { ownedBy } from './within-scope.ts'

const example = '00000000-0000-4000-8000-000000000001'
const proved = z.object({ year: z.number(), hoursTenths: z.number(), credits: z.number() })
const MOST_YEARS = 100

export const portalApi = {
  'benefits.mine': query({
    summary: '我的学时与职称',
    permission: may['benefits.own'],
    input: nothing,
    example: {},
    output: z.object({
      year: z.number(),
      /** Hours a year asks for, as the regulation has it; null where no figure is known. */
      required: z.object({ hours: z.number(), source: z.string(), status: z.string() }).nullable(),
      /** What stands, newest year first. */
      years: z.array(proved),
      titles: z.array(titleRow),
    }),
    handle: async ({ app, actor }) => {
      const page = { page: 1, size: MOST_YEARS }
      const years = await listYears(app.db, ownedBy(actor), page)
      const titles = await listRecognitions(app.db, ownedBy(actor), { ...page, state: 'standing' })
      const on = app.clock.today()
      return ok({
        year: Number(on.slice(0, 4)),
        required: requiredHours(app, on),
        years: years.rows,
        titles: titles.rows,
      })
    },
  }),
  'benefits.my-hours': query({
    summary: '我的学时明细',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    input: listInput.extend(hoursFilter.shape),
    example: {},
    output: listOf(creditRow).extend({ hoursTenths: z.number() }),
    handle: async ({ app, actor }, input) => {
      const found = await listCredits(app.db, ownedBy(actor), input)
      return ok({ ...found, page: input.page, size: input.size })
    },
  }),
  'benefits.export-my-hours': download({
    summary: '导出我的学时',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    input: hoursFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listCredits(app.db, ownedBy(actor), { ...input, page: 1, size: MOST_EXPORTED })
      const sheet = { list: '我的继续教育学时', rows: rows.length, bytes: await creditsSheet(rows) }
      return ok(await recordExport(app, actor, sheet))
    },
  }),
  'benefits.issue-proof': command({
    summary: '开具学时证明',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    input: z.strictObject({ year: z.number().int().min(2023).max(2100) }),
    example: { year: 2026 },
    output: done.extend({ number: z.string() }),
    handle: ({ app, actor }, input) => issueProof(app, actor, input),
  }),
  'benefits.proof-pdf': download({
    summary: '下载学时证明',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    record: { kind: 'hours-proof', from: 'proofId' },
    input: z.strictObject({ proofId: id }),
    example: { proofId: example },
    handle: async ({ app, actor }, input) => {
      const proof = await findOwnProof(app.db, actor.personId, input.proofId)
      if (!proof) return refuse(no.HOURS_PROOF_NOT_FOUND())
      const printed = await printProof(app, actor, proof)
      if (!printed.ok) return printed
      const { number, pdf } = printed.value
      return ok({
        fileName: `学时证明-${number}.pdf`,
        mediaType: 'application/pdf',
        bytes: pdf,
        inline: true,
      })
    },
  }),
  'benefits.my-titles': query({
    summary: '我的职称认定',
    clause: 'HB-5.2',
    permission: may['benefits.own'],
    input: listInput.extend(titleFilter.shape),
    example: {},
    output: listOf(titleRow.extend({ actions: z.object({ print: allowed }) })),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listRecognitions(app.db, ownedBy(actor), input)
      return ok({
        rows: rows.map((row) => ({ ...row, actions: { print: allowedIf(whyNotPrintable(row)) } })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'benefits.export-my-titles': download({
    summary: '导出我的职称认定',
    clause: 'HB-5.2',
    permission: may['benefits.own'],
    input: titleFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const whole = { ...input, page: 1, size: MOST_EXPORTED }
      const { rows } = await listRecognitions(app.db, ownedBy(actor), whole)
      const sheet = { list: '我的职称认定', rows: rows.length, bytes: await titlesSheet(rows) }
      return ok(await recordExport(app, actor, sheet))
    },
  }),
  'benefits.my-title-pdf': download({
    summary: '下载本人职称认定表',
    clause: 'HB-5.2',
    permission: may['benefits.own'],
    record: { kind: 'title-recognition', from: 'recognitionId' },
    input: z.strictObject({ recognitionId: id }),
    example: { recognitionId: example },
    handle: async ({ app, actor }, input) => {
      const printed = await printTitle(app, { actor, reach: ownedBy(actor) }, input)
      if (!printed.ok) return printed
      const { number, title, pdf } = printed.value
      return ok({
        fileName: `${title}-${number}.pdf`,
        mediaType: 'application/pdf',
        bytes: pdf,
        inline: true,
      })
    },
  }),
  'benefits.verify': command({
    summary: '查验学时证明或职称认定表',
    permission: may['benefits.verify'],
    input: z.strictObject({ code: z.string().regex(/^[\w-]{16,64}$/) }),
    example: { code: 'AAAAAAAAAAAAAAAAAAAAAA' },
    limit: { max: 30, seconds: 60 },
    output: paperAnswerShape,
    handle: async ({ app, actor }, input) => ok(await verifyPaper(app, actor, input.code)),
  }),
} satisfies Api
