import { z } from 'zod'
import { type Api, allowed, download, id, listInput, listOf, query, timelineEntry } from '../platform/api.ts'
import { timeline } from '../platform/audit.ts'
import { allowedIf, ok, refuse } from '../platform/result.ts'
import { decisionShape, decisionShown } from './decision-shown.ts'
import { whyNotProvable } from './hours/credit.ts'
import { creditRow, creditsSheet, hoursFilter, yearRow, yearsSheet } from './hours/hours-shapes.ts'
import { issueProofFor } from './hours/issue-proof-for.ts'
import { printProof } from './hours/print-proof.ts'
import { findCredit, listCredits, listYears } from './hours/store/reading.ts'
import { may } from './permissions.ts'
import { MOST_EXPORTED, recordExport } from './record-export.ts'
import { no } from './refusals.ts'
import { requiredHours } from './verdict.ts'
import { withinScope } from './within-scope.ts'

const example = '00000000-0000-4000-8000-000000000001'
const onCredit = { kind: 'education-hours', from: 'creditId' }
const creditId = z.strictObject({ creditId: id })
/** A person's own rows within the viewer's scope: the link from the yearly totals. */
const ofScope = hoursFilter.extend({ personId: id.optional() })
const yearFilter = hoursFilter.pick({ q: true, year: true })

export const hoursProcedures = {
  'benefits.list-hours': query({
    summary: '继续教育学时列表',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: listInput.extend(ofScope.shape),
    example: {},
    output: listOf(creditRow).extend({ hoursTenths: z.number() }),
    handle: async ({ app, actor }, input) => {
      const found = await listCredits(app.db, withinScope(actor), input)
      return ok({ ...found, page: input.page, size: input.size })
    },
  }),
  'benefits.export-hours': download({
    summary: '导出继续教育学时',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: ofScope,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listCredits(app.db, withinScope(actor), {
        ...input,
        page: 1,
        size: MOST_EXPORTED,
      })
      const sheet = { list: '继续教育学时', rows: rows.length, bytes: await creditsSheet(rows) }
      return ok(await recordExport(app, actor, sheet))
    },
  }),
  'benefits.list-yearly-hours': query({
    summary: '个人年度学时合计',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: listInput.extend(yearFilter.shape),
    example: {},
    output: listOf(yearRow),
    handle: async ({ app, actor }, input) => {
      const found = await listYears(app.db, withinScope(actor), input)
      return ok({ ...found, page: input.page, size: input.size })
    },
  }),
  'benefits.export-yearly-hours': download({
    summary: '导出个人年度学时合计',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: yearFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listYears(app.db, withinScope(actor), { ...input, page: 1, size: MOST_EXPORTED })
      const sheet = { list: '个人年度继续教育学时', rows: rows.length, bytes: await yearsSheet(rows) }
      return ok(await recordExport(app, actor, sheet))
    },
  }),
  'benefits.read-hours': query({
    summary: '学时登记详情',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    record: onCredit,
    input: creditId,
    example: { creditId: example },
    output: creditRow.extend({
      trainingCertificateId: z.string(),
      certificateIssuedOn: z.string(),
      /** What the viewer's scope holds of this person and year, with what a year asks for. */
      yearTenths: z.number(),
      required: z.object({ hours: z.number(), source: z.string(), status: z.string() }).nullable(),
      decision: decisionShape,
      actions: z.object({ print: allowed.optional() }),
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const reach = withinScope(actor)
      const one = await findCredit(app.db, reach, input.creditId)
      if (!one) return refuse(no.EDUCATION_HOURS_NOT_FOUND())
      const { personId, year } = one
      const { hoursTenths } = await listCredits(app.db, reach, { personId, year, page: 1, size: 1 })
      const mayPrint = may['education-hours.print'].roles.includes(actor.role)
      return ok({
        ...one,
        yearTenths: hoursTenths,
        required: requiredHours(app, `${year}-12-31`),
        decision: await decisionShown(app, one.decisionId),
        actions: mayPrint ? { print: allowedIf(whyNotProvable(one)) } : {},
        timeline: await timeline(app.db, `education-hours:${one.id}`),
      })
    },
  }),
  'benefits.hours-pdf': download({
    summary: '打印学时证明',
    clause: 'HB-5.1',
    permission: may['education-hours.print'],
    record: onCredit,
    input: creditId,
    example: { creditId: example },
    handle: async ({ app, actor }, input) => {
      const proof = await issueProofFor(app, actor, input)
      if (!proof.ok) return proof
      const printed = await printProof(app, actor, proof.value)
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
} satisfies Api
