import { z } from 'zod'
import {
  type Api,
  allowed,
  command,
  download,
  id,
  listInput,
  listOf,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { classInput } from '../classes/class.ts'
import { findClass } from '../classes/store.ts'
import { EXCEL, EXPORT_ROWS, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { no as noOfPapers } from '../refusals-of-papers.ts'
import {
  CERTIFICATE_STATES,
  type CertificateState,
  certificateHours,
  correctedFields,
} from './certificate.ts'
import { certificatePdf } from './certificate-pdf.ts'
import { decideChange, proposeChange } from './change-certificate.ts'
import { issueCertificates } from './issue-certificates.ts'
import { readCertificate } from './read-certificate.ts'
import { certificatesOfClass, findRegisteredCertificate, listCertificates } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const state = z.enum(Object.keys(CERTIFICATE_STATES) as [CertificateState, ...CertificateState[]])
const reason = z.string().trim().min(2, '请写明理由').max(500)
const certificateRecord = { kind: 'training-certificate', from: 'certificateId' }
const classRecord = { kind: 'class', from: 'classId' }
const certificateInput = z.strictObject({ certificateId: id })
const PDF = 'application/pdf'

const certificateFilter = listInput.extend({ classId: id.optional(), state: state.optional() })
const certificateRow = z.object({
  id: z.string(),
  number: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  organisationName: z.string(),
  classId: z.string(),
  classNumber: z.string(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  hours: certificateHours,
  issuedOn: z.string(),
  state,
  successorNumber: z.string().nullable(),
})

export const certificateProcedures = {
  'training.issue-certificates': command({
    summary: '颁发培训合格证书',
    clause: 'HB-4.3',
    permission: may['training.complete-classes'],
    record: classRecord,
    input: classInput,
    example: { classId: someId },
    output: z.object({ issued: z.number() }),
    handle: ({ app, actor }, input) => issueCertificates(app, actor, input),
  }),
  'training.list-certificates': query({
    summary: '培训合格证书列表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    input: certificateFilter,
    example: {},
    output: listOf(certificateRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listCertificates(app.db, actor, input)
      const names = await namesFor(app.db, [])
      return ok({
        rows: rows.map((row) => ({ ...row, occupation: names.occupation(row.occupationId) })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.export-certificates': download({
    summary: '导出培训合格证书列表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    input: certificateFilter.omit({ page: true, size: true }),
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listCertificates(app.db, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const names = await namesFor(app.db, [])
      const bytes = await writeSheet({
        title: '培训合格证书列表',
        columns: [
          { key: 'number', title: '证书编号', width: 22 },
          { key: 'holderName', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'organisationName', title: '颁发机构', width: 26 },
          { key: 'classNumber', title: '班级编号', width: 18 },
          { key: 'occupation', title: '职业', width: 22 },
          { key: 'direction', title: '方向', width: 18 },
          { key: 'level', title: '等级', width: 8 },
          { key: 'total', title: '学时', kind: 'number' },
          { key: 'issuedOn', title: '颁发日期', width: 12 },
          { key: 'state', title: '状态', width: 10 },
        ],
        rows: rows.map((row) => ({
          ...row,
          occupation: names.occupation(row.occupationId),
          total: row.hours.total,
          state: CERTIFICATE_STATES[row.state],
        })),
      })
      return ok({ fileName: '培训合格证书列表.xlsx', mediaType: EXCEL, bytes })
    },
  }),
  'training.read-certificate': query({
    summary: '培训合格证书详情',
    clause: 'HB-6.3',
    permission: may['training.read-classes'],
    record: certificateRecord,
    input: certificateInput,
    example: { certificateId: someId },
    output: certificateRow.extend({
      startsOn: z.string(),
      endsOn: z.string(),
      reason: z.string().nullable(),
      changedOn: z.string().nullable(),
      supersedesId: z.string().nullable(),
      supersedesNumber: z.string().nullable(),
      successorId: z.string().nullable(),
      changes: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['correction', 'withdrawal']),
          reason: z.string(),
          corrected: correctedFields.nullable(),
          proposedByName: z.string(),
          proposedAt: z.string(),
          decision: z.enum(['approved', 'rejected']).nullable(),
          decidedByName: z.string().nullable(),
          decidedAt: z.string().nullable(),
          decisionReason: z.string().nullable(),
        }),
      ),
      actions: z.record(z.string(), allowed),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readCertificate(app, actor, input),
  }),
  'training.certificate-pdf': download({
    summary: '打印培训合格证书',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: certificateRecord,
    input: certificateInput,
    example: { certificateId: someId },
    handle: async ({ app, actor }, input) => {
      const one = await findRegisteredCertificate(app.db, actor, input.certificateId)
      if (!one) return refuse(noOfPapers.TRAINING_CERTIFICATE_NOT_FOUND())
      const names = await namesFor(app.db, [])
      return ok({
        fileName: `培训合格证书${one.number}.pdf`,
        mediaType: PDF,
        inline: true,
        bytes: await certificatePdf(app, [one], names.occupation),
      })
    },
  }),
  'training.certificates-pdf': download({
    summary: '打印全班培训合格证书',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: classRecord,
    input: classInput,
    example: { classId: someId },
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const certificates = await certificatesOfClass(app.db, one.id)
      if (certificates.length === 0) return refuse(noOfPapers.TRAINING_CERTIFICATE_NOT_FOUND())
      const names = await namesFor(app.db, [])
      return ok({
        fileName: `${one.name}培训合格证书.pdf`,
        mediaType: PDF,
        inline: true,
        bytes: await certificatePdf(app, certificates, names.occupation),
      })
    },
  }),
  'training.propose-certificate-change': command({
    summary: '提出培训证书更正或撤销',
    clause: 'HB-6.3',
    permission: may['training.propose-certificate-change'],
    record: certificateRecord,
    input: z.discriminatedUnion('kind', [
      certificateInput.extend({ kind: z.literal('correction'), corrected: correctedFields, reason }),
      certificateInput.extend({ kind: z.literal('withdrawal'), reason }),
    ]),
    example: { certificateId: someId, kind: 'withdrawal', reason: '考勤不实' },
    output: z.object({ id: z.string() }),
    handle: ({ app, actor }, input) => proposeChange(app, actor, input),
  }),
  'training.decide-certificate-change': command({
    summary: '复核培训证书更正或撤销',
    clause: 'HB-6.3',
    permission: may['training.decide-certificate-change'],
    record: { kind: 'training-certificate-change', from: 'changeId' },
    input: z.discriminatedUnion('decision', [
      z.strictObject({ changeId: id, decision: z.literal('approved') }),
      z.strictObject({ changeId: id, decision: z.literal('rejected'), reason }),
    ]),
    example: { changeId: someId, decision: 'approved' },
    output: z.object({ successorId: z.string().nullable() }),
    handle: ({ app, actor }, input) => decideChange(app, actor, input),
  }),
} satisfies Api
