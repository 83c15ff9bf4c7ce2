import { z } from 'zod'
import { type Api, download, id, nothing, query } from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-papers.ts'
import { certificateHours } from './certificate.ts'
import { certificatePdf } from './certificate-pdf.ts'
import { certificatesOfPerson } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'

export const ownCertificateProcedures = {
  'training.my-certificates': query({
    summary: '我的培训证书',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    input: nothing,
    example: {},
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          holderName: z.string(),
          organisationName: z.string(),
          occupation: z.string(),
          direction: z.string().nullable(),
          level: z.string(),
          hours: certificateHours,
          issuedOn: z.string(),
          state: z.enum(['issued', 'corrected', 'withdrawn']),
          reason: z.string().nullable(),
          successorNumber: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const rows = actor.personId ? await certificatesOfPerson(app.db, actor.personId) : []
      const names = await namesFor(app.db, [])
      return ok({ rows: rows.map((row) => ({ ...row, occupation: names.occupation(row.occupationId) })) })
    },
  }),
  'training.my-certificate-pdf': download({
    summary: '下载本人培训合格证书',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    record: { kind: 'training-certificate', from: 'certificateId' },
    input: z.strictObject({ certificateId: id }),
    example: { certificateId: someId },
    handle: async ({ app, actor }, input) => {
      const rows = actor.personId ? await certificatesOfPerson(app.db, actor.personId) : []
      const one = rows.find((row) => row.id === input.certificateId)
      if (!one) return refuse(no.TRAINING_CERTIFICATE_NOT_FOUND())
      const names = await namesFor(app.db, [])
      return ok({
        fileName: `培训合格证书${one.number}.pdf`,
        mediaType: 'application/pdf',
        inline: true,
        bytes: await certificatePdf(app, [one], names.occupation),
      })
    },
  }),
} satisfies Api
