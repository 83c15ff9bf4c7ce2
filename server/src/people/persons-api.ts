import { z } from 'zod'
import {
  type Api,
  command,
  day,
  done,
  download,
  id,
  listInput,
  listOf,
  query,
  timelineEntry,
} from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { factShape, shownFact } from './facts/fact-shape.ts'
import { openPaper } from './facts/open-paper.ts'
import { revokeVerification } from './facts/revoke-verification.ts'
import { verifyFact } from './facts/verify-fact.ts'
import { may } from './permissions.ts'
import { checkDocument, DOCUMENT_TYPES, documentType, maskedPhone } from './person.ts'
import { readIdNumber } from './read-id-number.ts'
import { readPersonCard } from './read-person-card.ts'
import { idNumberIndex } from './register-person.ts'
import { scopeOf } from './scope.ts'
import { listPersonRows } from './store/persons.ts'

const EXAMPLE_ID = '00000000-0000-4000-8000-000000000000'
const purpose = z.string().trim().min(2, '请写明查看用途').max(100)

const personRow = z.object({
  id: z.string(),
  name: z.string(),
  maskedIdNumber: z.string(),
  phoneMasked: z.string().nullable(),
  cityName: z.string().nullable(),
  facts: z.number(),
  unverified: z.number(),
})

export const personsApi = {
  'people.list-persons': query({
    summary: '人员',
    permission: may['people.read-persons'],
    input: listInput,
    example: {},
    output: listOf(personRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listPersonRows(app.db, scopeOf(actor), input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  // A command, so that the number travels in the body: addresses stand in the logs of proxies and browsers.
  'people.find-by-number': command({
    summary: '按证件号码或手机号查找人员',
    permission: may['people.read-persons'],
    input: z.strictObject({ number: z.string().trim().min(6).max(30) }),
    example: { number: '13800000000' },
    output: z.object({ rows: z.array(personRow) }),
    handle: async ({ app, actor }, { number }) => {
      const indexes = DOCUMENT_TYPES.flatMap((type) => {
        const check = checkDocument(type, number, app.clock.today())
        return check.ok ? [idNumberIndex(app, type, check.reading.number)] : []
      })
      const { rows } = await listPersonRows(app.db, scopeOf(actor), {
        number: { phone: number, indexes },
        page: 1,
        size: 20,
      })
      return ok({ rows })
    },
  }),
  'people.read-person': command({
    summary: '查看人员资料',
    permission: may['people.read-persons'],
    record: { kind: 'person', from: 'personId' },
    input: z.strictObject({ personId: id, purpose }),
    example: { personId: EXAMPLE_ID, purpose: '资格确认' },
    output: z.object({
      id: z.string(),
      name: z.string(),
      documentType,
      maskedIdNumber: z.string(),
      sex: z.string().nullable(),
      birthOn: z.string(),
      phoneMasked: z.string().nullable(),
      verifiedBy: z.string().nullable(),
      verifiedAt: z.string().nullable(),
      facts: z.array(factShape),
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const card = await readPersonCard(app, actor, input)
      if (!card.ok) return card
      const { person, facts, timeline } = card.value
      const today = app.clock.today()
      return ok({
        ...person,
        phoneMasked: maskedPhone(person.phone),
        verifiedAt: person.verifiedAt?.toISOString() ?? null,
        facts: facts.map((fact) => shownFact(fact, today)),
        timeline,
      })
    },
  }),
  'people.read-id-number': command({
    summary: '查看完整证件号码',
    permission: may['people.read-id-number'],
    record: { kind: 'person', from: 'personId' },
    input: z.strictObject({ personId: id, purpose }),
    example: { personId: EXAMPLE_ID, purpose: '核对准考证' },
    output: z.object({ idNumber: z.string() }),
    handle: ({ app, actor }, input) => readIdNumber(app, actor, input.personId, input.purpose),
  }),
  'people.open-paper': download({
    summary: '查看证明材料',
    clause: 'HB-4.4',
    permission: may['people.read-persons'],
    record: { kind: 'person-fact', from: 'factId' },
    input: z.strictObject({ factId: id }),
    example: { factId: EXAMPLE_ID },
    handle: ({ app, actor }, input) => openPaper(app, actor, input),
  }),
  'people.verify-fact': command({
    summary: '核验个人资料',
    clause: 'HB-4.4',
    permission: may['people.verify-facts'],
    record: { kind: 'person-fact', from: 'factId' },
    input: z.strictObject({ factId: id, expiresOn: day.optional() }),
    example: { factId: EXAMPLE_ID },
    output: done,
    handle: ({ app, actor }, input) => verifyFact(app, actor, input),
  }),
  'people.revoke-verification': command({
    summary: '撤销资料核验',
    clause: 'HB-4.4',
    permission: may['people.verify-facts'],
    record: { kind: 'person-fact', from: 'factId' },
    input: z.strictObject({ factId: id, reason: z.string().trim().min(2, '请写明原因').max(200) }),
    example: { factId: EXAMPLE_ID, reason: '材料与学信网不一致' },
    output: done,
    handle: ({ app, actor }, input) => revokeVerification(app, actor, input),
  }),
} satisfies Api
