import { z } from 'zod'
import { type Api, command, download, id, level, nothing, query } from '../platform/api.ts'
import { record } from '../platform/audit.ts'
import { ok, refuse } from '../platform/result.ts'
import { events } from './audit-events.ts'
import { CERTIFICATE_STATES, whoAnswers } from './level-certificate.ts'
import { levelPdf, trainingPdf } from './papers/certificate-pdf.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { findOwnCertificate } from './store/certificates.ts'
import { certificatesOfPerson } from './store/verifications.ts'
import { publicAnswerShape, TITLES } from './verification/public-answer.ts'
import { verifyCertificate } from './verification/verify-certificate.ts'

const kind = z.enum(['training', 'level'])

export const portalApi = {
  'certificates.verify': command({
    summary: '查验证书',
    clause: 'HB-4.4',
    permission: may['certificates.verify'],
    input: z.union([
      z.strictObject({
        number: z.string().trim().min(4).max(40),
        name: z.string().trim().min(1).max(60),
      }),
      z.strictObject({ code: z.string().regex(/^[\w-]{16,64}$/) }),
    ]),
    example: { number: 'SZ4220262000001', name: '王芳' },
    // The hard limit by address is the verb's own, over all processes; this one only spares it.
    limit: { max: 60, seconds: 60 },
    output: publicAnswerShape,
    handle: ({ app, actor, ip }, input) => verifyCertificate(app, { actor, ip }, input),
  }),
  'certificates.mine': query({
    summary: '我的证书',
    permission: may['certificates.own'],
    input: nothing,
    example: {},
    output: z.object({
      certificates: z.array(
        z.object({
          kind,
          id: z.string(),
          title: z.string(),
          number: z.string(),
          code: z.string(),
          holderName: z.string(),
          maskedIdNumber: z.string(),
          occupationName: z.string(),
          direction: z.string().nullable(),
          level,
          hours: z.number().nullable(),
          organisationName: z.string(),
          answers: z.string(),
          issuedOn: z.string(),
          state: z.enum(Object.keys(CERTIFICATE_STATES) as [keyof typeof CERTIFICATE_STATES]),
          changedOn: z.string().nullable(),
          successorNumber: z.string().nullable(),
          supersedesNumber: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const certificates = actor.personId ? await certificatesOfPerson(app.db, actor.personId) : []
      return ok({
        certificates: certificates.map((one) => ({
          ...one,
          title: TITLES[one.kind],
          hours: one.hours?.total ?? null,
          answers: whoAnswers(one.kind, one.organisationName),
        })),
      })
    },
  }),
  'certificates.my-pdf': download({
    summary: '下载本人证书',
    permission: may['certificates.own'],
    record: { kind: 'level-certificate', from: 'id' },
    input: z.strictObject({ kind, id }),
    example: { kind: 'level', id: '00000000-0000-4000-8000-000000000001' },
    handle: async ({ app, actor }, input) => {
      const own = actor.personId ? await certificatesOfPerson(app.db, actor.personId) : []
      const one = own.find((certificate) => certificate.id === input.id && certificate.kind === input.kind)
      if (!one) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
      const bytes = await (one.kind === 'level' ? levelPdf(app, [one]) : trainingPdf(app, [one]))
      await record(app.db, {
        name: events['level-certificate.printed'],
        at: app.clock.now(),
        actor,
        subjects: [`${one.kind}-certificate:${one.id}`],
        data: { count: 1 },
      })
      return ok({
        fileName: `${TITLES[one.kind]}-${one.number}.pdf`,
        mediaType: 'application/pdf',
        bytes,
        inline: true,
      })
    },
  }),
  'certificates.my-proof': download({
    summary: '下载本人证书的签名数据',
    permission: may['certificates.own'],
    record: { kind: 'level-certificate', from: 'id' },
    input: z.strictObject({ id }),
    example: { id: '00000000-0000-4000-8000-000000000001' },
    handle: async ({ app, actor }, input) => {
      const one = actor.personId ? await findOwnCertificate(app.db, actor.personId, input.id) : undefined
      if (!one) return refuse(no.LEVEL_CERTIFICATE_NOT_FOUND())
      const key = app.crypto.publicKeys().find((candidate) => candidate.keyId === one.keyId)
      const proof = {
        format: 'shujiang.signed-certificate/1',
        statement: one.statement,
        signature: {
          algorithm: 'Ed25519',
          keyId: one.keyId,
          value: one.signature,
          publicKeySpki: key?.spki ?? null,
        },
        checkAt: `${app.config.publicUrl}/v/${one.code}`,
      }
      const bytes = Buffer.from(`${JSON.stringify(proof, null, 1)}\n`)
      return ok({ fileName: `${one.number}.json`, mediaType: 'application/json', bytes })
    },
  }),
  'certificates.public-keys': query({
    summary: '证书签名公钥',
    permission: may['certificates.verify'],
    input: nothing,
    example: {},
    output: z.object({
      keys: z.array(z.object({ keyId: z.string(), algorithm: z.string(), spki: z.string() })),
    }),
    handle: async ({ app }) => ok({ keys: app.crypto.publicKeys() }),
  }),
} satisfies Api
