import { z } from 'zod'
import { type Api, allowed, download, id, listInput, listOf, query, timelineEntry } from '../platform/api.ts'
import { timeline } from '../platform/audit.ts'
import { allowedIf, ok, refuse } from '../platform/result.ts'
import { decisionShape, decisionShown } from './decision-shown.ts'
import { may } from './permissions.ts'
import { MOST_EXPORTED, recordExport } from './record-export.ts'
import { no } from './refusals.ts'
import { printTitle } from './titles/print-title.ts'
import { whyNotPrintable } from './titles/recognition.ts'
import { findRecognition, listRecognitions } from './titles/store/reading.ts'
import { titleFilter, titleRow, titlesSheet } from './titles/title-shapes.ts'
import { withinScope } from './within-scope.ts'

const example = '00000000-0000-4000-8000-000000000001'
const onRecognition = { kind: 'title-recognition', from: 'recognitionId' }
const recognitionId = z.strictObject({ recognitionId: id })

export const titleProcedures = {
  'benefits.list-titles': query({
    summary: '职称认定列表',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    input: listInput.extend(titleFilter.shape),
    example: {},
    output: listOf(titleRow),
    handle: async ({ app, actor }, input) => {
      const found = await listRecognitions(app.db, withinScope(actor), input)
      return ok({ ...found, page: input.page, size: input.size })
    },
  }),
  'benefits.export-titles': download({
    summary: '导出职称认定',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    input: titleFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const whole = { ...input, page: 1, size: MOST_EXPORTED }
      const { rows } = await listRecognitions(app.db, withinScope(actor), whole)
      const sheet = { list: '职称认定', rows: rows.length, bytes: await titlesSheet(rows) }
      return ok(await recordExport(app, actor, sheet))
    },
  }),
  'benefits.read-title': query({
    summary: '职称认定详情',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    record: onRecognition,
    input: recognitionId,
    example: { recognitionId: example },
    output: titleRow.extend({
      levelCertificateId: z.string(),
      certificateIssuedOn: z.string(),
      decision: decisionShape,
      actions: z.object({ print: allowed.optional() }),
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const one = await findRecognition(app.db, withinScope(actor), input.recognitionId)
      if (!one) return refuse(no.TITLE_RECOGNITION_NOT_FOUND())
      const mayPrint = may['titles.print'].roles.includes(actor.role)
      return ok({
        ...one,
        decision: await decisionShown(app, one.decisionId),
        actions: mayPrint ? { print: allowedIf(whyNotPrintable(one)) } : {},
        timeline: await timeline(app.db, `title-recognition:${one.id}`),
      })
    },
  }),
  'benefits.title-pdf': download({
    summary: '打印职称认定表',
    clause: 'HB-5.2',
    permission: may['titles.print'],
    record: onRecognition,
    input: recognitionId,
    example: { recognitionId: example },
    handle: async ({ app, actor }, input) => {
      const printed = await printTitle(app, { actor, reach: withinScope(actor) }, input)
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
} satisfies Api
