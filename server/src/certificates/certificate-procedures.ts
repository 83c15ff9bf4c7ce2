import { z } from 'zod'
import {
  type Api,
  allowed,
  command,
  day,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../platform/api.ts'
import { record, timeline } from '../platform/audit.ts'
import { XLSX } from '../platform/media-type.ts'
import { ok, refuse } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { events } from './audit-events.ts'
import { decideChange } from './changes/decide-change.ts'
import { proposeChange } from './changes/propose-change.ts'
import { readCertificate } from './changes/read-certificate.ts'
import { exportForSite, SITES } from './exchange/site-export.ts'
import { verifyRegister } from './issuing/register.ts'
import {
  CERTIFICATE_STATES,
  type CertificateState,
  CHANGE_KINDS,
  type ChangeKind,
} from './level-certificate.ts'
import { levelPdf } from './papers/certificate-pdf.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { listChanges } from './store/changes.ts'
import { listCertificates } from './store/lists.ts'
import { levelCertificatesToPrint } from './store/verifications.ts'
import { publicAnswerShape } from './verification/public-answer.ts'

const state = z.enum(Object.keys(CERTIFICATE_STATES) as [CertificateState, ...CertificateState[]])
const kind = z.enum(Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]])
const onCertificate = { kind: 'level-certificate', from: 'certificateId' }
const certificateId = z.strictObject({ certificateId: id })
const words = z.string().trim().min(2).max(500)
const example = '00000000-0000-4000-8000-000000000001'

const filter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  state: state.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  fromOn: day.optional(),
  toOn: day.optional(),
  reportId: id.optional(),
})

const certificateRow = z.object({
  id: z.string(),
  number: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  organisationName: z.string(),
  cityName: z.string().nullable(),
  issuedOn: z.string(),
  state,
  changedOn: z.string().nullable(),
  changeOpen: z.boolean(),
})
const change = z.object({
  id: z.string(),
  kind,
  reason: z.string(),
  clause: z.string(),
  corrected: z
    .object({ holderName: z.string().optional(), direction: z.string().nullable().optional() })
    .nullable(),
  proposedByName: z.string(),
  proposedAt: z.string(),
  decision: z.enum(['approved', 'rejected']).nullable(),
  decidedByName: z.string().nullable(),
  decisionReason: z.string().nullable(),
})

const MOST_PRINTED = 2000

export const certificateProcedures = {
  'certificates.list': query({
    summary: '证书列表',
    clause: 'HB-4.4',
    permission: may['level-certificates.read'],
    input: listInput.extend(filter.shape),
    example: {},
    output: listOf(certificateRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listCertificates(app.db, actor, input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'certificates.export': download({
    summary: '导出证书列表',
    clause: 'HB-4.4',
    permission: may['level-certificates.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listCertificates(app.db, actor, { ...input, page: 1, size: 50_000 })
      await record(app.db, {
        name: events['level-certificate.list-exported'],
        at: app.clock.now(),
        actor,
        subjects: [`organisation:${actor.organisation?.id ?? 'none'}`],
        data: { rows: rows.length },
      })
      const bytes = await writeSheet({
        title: '专业技术等级证书',
        columns: [
          { key: 'number', title: '证书编号' },
          { key: 'holderName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'occupationName', title: '职业' },
          { key: 'direction', title: '方向' },
          { key: 'level', title: '等级' },
          { key: 'organisationName', title: '评价机构' },
          { key: 'cityName', title: '市州' },
          { key: 'issuedOn', title: '发证日期' },
          { key: 'stateName', title: '状态' },
        ],
        rows: rows.map((row) => ({ ...row, stateName: CERTIFICATE_STATES[row.state] })),
      })
      return ok({ fileName: '专业技术等级证书.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'certificates.read': query({
    summary: '证书详情',
    clause: 'HB-6.3',
    permission: may['level-certificates.read'],
    record: onCertificate,
    input: certificateId,
    example: { certificateId: example },
    output: certificateRow.omit({ cityName: true, changeOpen: true }).extend({
      answers: z.string(),
      reason: z.string().nullable(),
      clause: z.string().nullable(),
      reportId: z.string(),
      supersedesId: z.string().nullable(),
      supersedesNumber: z.string().nullable(),
      successorId: z.string().nullable(),
      successorNumber: z.string().nullable(),
      signature: z.object({ keyId: z.string(), algorithm: z.string(), holds: z.boolean() }),
      register: z.array(
        z.object({ position: z.number(), kind: z.string(), enteredOn: z.string(), hash: z.string() }),
      ),
      checks: z.number(),
      /** What anybody reads now, and would read after a change. */
      publicNow: publicAnswerShape,
      publicAfter: z.object({
        correction: publicAnswerShape,
        withdrawal: publicAnswerShape,
        reinstatement: publicAnswerShape,
      }),
      changes: z.array(change),
      actions: z.object({
        correction: allowed.optional(),
        withdrawal: allowed.optional(),
        reinstatement: allowed.optional(),
        decide: allowed.optional(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const found = await readCertificate(app, actor, input.certificateId)
      if (!found) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
      return ok({
        ...found,
        changes: found.changes.map((one) => ({ ...one, proposedAt: one.proposedAt.toISOString() })),
        timeline: await timeline(app.db, `level-certificate:${input.certificateId}`),
      })
    },
  }),
  'certificates.pdf': download({
    summary: '打印证书',
    clause: 'HB-4.4',
    permission: may['level-certificates.read'],
    record: onCertificate,
    input: certificateId,
    example: { certificateId: example },
    handle: async ({ app, actor }, input) => {
      const printed = await levelCertificatesToPrint(app.db, actor, {
        certificateId: input.certificateId,
        limit: 1,
      })
      const [one] = printed
      if (!one) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
      const bytes = await levelPdf(app, printed)
      await record(app.db, {
        name: events['level-certificate.printed'],
        at: app.clock.now(),
        actor,
        subjects: [`level-certificate:${one.id}`],
        data: { count: 1 },
      })
      return ok({ fileName: `${one.number}.pdf`, mediaType: 'application/pdf', bytes, inline: true })
    },
  }),
  'certificates.report-certificates-pdf': download({
    summary: '批量打印一份报送的证书',
    clause: 'HB-4.4',
    permission: may['level-certificates.read'],
    record: { kind: 'result-report', from: 'reportId' },
    input: z.strictObject({ reportId: id }),
    example: { reportId: example },
    handle: async ({ app, actor }, input) => {
      const printed = await levelCertificatesToPrint(app.db, actor, {
        reportId: input.reportId,
        limit: MOST_PRINTED,
      })
      if (printed.length === 0) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
      const bytes = await levelPdf(app, printed)
      await record(app.db, {
        name: events['level-certificate.printed'],
        at: app.clock.now(),
        actor,
        subjects: [`result-report:${input.reportId}`],
        data: { count: printed.length },
      })
      return ok({ fileName: '专业技术等级证书.pdf', mediaType: 'application/pdf', bytes, inline: true })
    },
  }),
  'certificates.propose-change': command({
    summary: '提出证书更正、撤销或恢复',
    clause: 'HB-6.3',
    permission: may['level-certificates.change'],
    record: onCertificate,
    input: certificateId.extend({
      kind,
      reason: words,
      clause: z
        .string()
        .regex(/^[A-Z]{2}-\d+([.]\d+)?$/)
        .default('HB-6.3'),
      corrected: z
        .strictObject({
          holderName: z.string().trim().min(1).max(60).optional(),
          direction: z.string().trim().min(1).max(60).nullable().optional(),
        })
        .optional(),
    }),
    example: { certificateId: example, kind: 'withdrawal', reason: '查实代考' },
    output: done,
    handle: ({ app, actor }, input) => proposeChange(app, actor, input),
  }),
  'certificates.decide-change': command({
    summary: '复核证书更正、撤销或恢复',
    clause: 'HB-6.3',
    permission: may['level-certificates.change'],
    record: { kind: 'certificate-change', from: 'changeId' },
    input: z.strictObject({
      changeId: id,
      decision: z.enum(['approved', 'rejected']),
      reason: words.optional(),
    }),
    example: { changeId: example, decision: 'approved' },
    output: z.object({ certificateId: z.string(), successorId: z.string().nullable() }),
    handle: ({ app, actor }, input) => decideChange(app, actor, input),
  }),
  'certificates.list-changes': query({
    summary: '证书变更列表',
    clause: 'HB-6.3',
    permission: may['level-certificates.read'],
    input: listInput.pick({ page: true, size: true }).extend({ open: z.enum(['1']).optional() }),
    example: {},
    output: listOf(
      change.extend({
        certificateId: z.string(),
        certificateNumber: z.string(),
        holderName: z.string(),
        organisationName: z.string(),
      }),
    ),
    handle: async ({ app, actor }, { open, page, size }) => {
      const { rows, total } = await listChanges(app.db, actor, { open: open === '1', page, size })
      return ok({
        rows: rows.map((row) => ({ ...row, proposedAt: row.proposedAt.toISOString() })),
        total,
        page,
        size,
      })
    },
  }),
  'certificates.export-site': download({
    summary: '导出查询网站数据',
    clause: 'HB-4.4',
    permission: may['level-certificates.export'],
    input: z.strictObject({
      site: z.enum(Object.keys(SITES) as [keyof typeof SITES]),
      format: z.enum(['xlsx', 'json']),
      fromOn: day.optional(),
      toOn: day.optional(),
    }),
    example: { site: 'osta', format: 'xlsx' },
    handle: ({ app, actor }, input) => exportForSite(app, actor, input),
  }),
  'certificates.verify-register': query({
    summary: '核验证书登记簿',
    clause: 'HB-6.3',
    permission: may['certificate-register.verify'],
    input: nothing,
    example: {},
    // `brokenAt`: first entry whose link, words or signature do not fit; null when the whole register holds.
    output: z.object({ entries: z.number(), brokenAt: z.number().nullable(), head: z.string() }),
    handle: async ({ app }) => ok(await verifyRegister(app)),
  }),
} satisfies Api
