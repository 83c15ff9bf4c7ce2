import { z } from 'zod'
import { type Api, command, day, done, download, id, nothing, query } from '../platform/api.ts'
import { EVIDENCE_LIMITS } from '../platform/files.ts'
import { ok, refuse } from '../platform/result.ts'
import { realNameVerifier } from './accounts/real-name-verifier.ts'
import { CONSENTS, type ConsentPurpose, PURPOSES, type Purpose } from './consents/consent.ts'
import { giveConsent } from './consents/give-consent.ts'
import { withdrawConsent } from './consents/withdraw-consent.ts'
import { demoAccounts, demoCode } from './demo/demo-accounts.ts'
import { exportMyData } from './export-my-data.ts'
import { factChoices } from './facts/fact-choices.ts'
import { factShape, shownFact } from './facts/fact-shape.ts'
import { openPaper } from './facts/open-paper.ts'
import { statedKind } from './facts/person-fact.ts'
import { stateFact } from './facts/state-fact.ts'
import { withdrawFact } from './facts/withdraw-fact.ts'
import { may } from './permissions.ts'
import { documentType, maskedPhone, phone } from './person.ts'
import { no } from './refusals.ts'
import { registerRealName } from './register-real-name.ts'
import { consentHistory } from './store/consents.ts'
import { standingFacts } from './store/facts.ts'
import { findPerson } from './store/persons.ts'
import { listRegionRows, regionName } from './store/regions.ts'

const purpose = z.enum(PURPOSES)

export const portalApi = {
  'people.me': query({
    summary: '我的账号',
    permission: may['people.own'],
    input: nothing,
    example: {},
    output: z.object({
      name: z.string(),
      person: z
        .object({
          id: z.string(),
          name: z.string(),
          documentType,
          maskedIdNumber: z.string(),
          birthOn: z.string(),
          phoneMasked: z.string().nullable(),
          city: z.string().nullable(),
          verifiedBy: z.string().nullable(),
          verifiedAt: z.string().nullable(),
        })
        .nullable(),
    }),
    handle: async ({ app, actor }) => {
      const { personId } = actor
      const person = personId ? await findPerson(app.db, personId, { kind: 'person', personId }) : undefined
      if (!person) return ok({ name: actor.name, person: null })
      return ok({
        name: person.name,
        person: {
          ...person,
          phoneMasked: maskedPhone(person.phone),
          city: person.cityCode ? ((await regionName(app.db, person.cityCode)) ?? null) : null,
          verifiedAt: person.verifiedAt?.toISOString() ?? null,
        },
      })
    },
  }),
  'people.register-real-name': command({
    summary: '实名登记',
    clause: 'HB-5.4',
    permission: may['people.own'],
    input: z.strictObject({
      name: z.string().trim().min(1, '请填写姓名').max(60),
      documentType,
      idNumber: z.string().trim().min(1, '请填写证件号码').max(30),
      birthOn: day.optional(),
      sex: z.enum(['男', '女']).optional(),
      cityCode: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
      consents: z.array(purpose).max(10),
    }),
    example: {
      name: '张三',
      documentType: '居民身份证',
      idNumber: '11010519491231002X',
      consents: ['identity'],
    },
    output: done,
    limit: { max: 600, seconds: 60 },
    handle: ({ app, actor }, input) => registerRealName(app, actor, realNameVerifier(app.config), input),
  }),
  'people.list-regions': query({
    summary: '省市列表',
    permission: may['people.public'],
    input: nothing,
    example: {},
    output: z.object({
      provinces: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          cities: z.array(z.object({ code: z.string(), name: z.string() })),
        }),
      ),
      own: z.string(),
    }),
    handle: async ({ app }) => {
      const regions = await listRegionRows(app.db)
      const provinces = regions
        .filter((one) => one.provinceCode === null)
        .map(({ code, name }) => ({ code, name, cities: regions.filter((one) => one.provinceCode === code) }))
      return ok({ provinces, own: app.config.province === 'anhui' ? '340000' : '420000' })
    },
  }),
  'people.my-facts': query({
    summary: '我的资料',
    clause: 'HB-4.4',
    permission: may['people.own'],
    input: nothing,
    example: {},
    output: z.object({ facts: z.array(factShape) }),
    handle: async ({ app, actor }) => {
      if (!actor.personId) return refuse(no.PERSON_NOT_REGISTERED())
      const today = app.clock.today()
      const facts = await standingFacts(app.db, actor.personId)
      return ok({ facts: facts.map((fact) => shownFact(fact, today)) })
    },
  }),
  'people.fact-choices': query({
    summary: '资料填报选项',
    permission: may['people.public'],
    input: nothing,
    example: {},
    output: z.object({
      degrees: z.array(z.string()),
      schoolKinds: z.array(z.string()),
      titleLevels: z.array(z.string()),
      engineerLevels: z.array(z.string()),
      skillLevels: z.array(z.string()),
      employmentStatuses: z.array(z.string()),
      schoolClasses: z.array(z.string()),
      occupations: z.array(z.object({ id: z.string(), name: z.string(), engineer: z.boolean() })),
    }),
    handle: async ({ app }) => ok(factChoices(app)),
  }),
  'people.state-fact': command({
    summary: '填报个人资料',
    clause: 'HB-4.4',
    permission: may['people.own'],
    input: z.strictObject({ kind: statedKind, value: z.record(z.string(), z.unknown()) }),
    example: { kind: 'education', value: { degree: '大学本科', status: '毕业', graduatesOn: '2020-06-30' } },
    files: { max: 1, maxBytes: EVIDENCE_LIMITS.maxBytes, mediaTypes: EVIDENCE_LIMITS.accept },
    output: done,
    handle: ({ app, actor, files }, input) => stateFact(app, actor, { ...input, paper: files[0] }),
  }),
  'people.withdraw-fact': command({
    summary: '撤回个人资料',
    clause: 'HB-4.4',
    permission: may['people.own'],
    record: { kind: 'person-fact', from: 'factId' },
    input: z.strictObject({ factId: id }),
    example: { factId: '00000000-0000-4000-8000-000000000000' },
    output: done,
    handle: ({ app, actor }, input) => withdrawFact(app, actor, input),
  }),
  'people.my-paper': download({
    summary: '我的证明材料',
    clause: 'HB-4.4',
    permission: may['people.own'],
    record: { kind: 'person-fact', from: 'factId' },
    input: z.strictObject({ factId: id }),
    example: { factId: '00000000-0000-4000-8000-000000000000' },
    handle: ({ app, actor }, input) => openPaper(app, actor, input),
  }),
  'people.my-consents': query({
    summary: '我的授权',
    permission: may['people.own'],
    input: nothing,
    example: {},
    output: z.object({
      purposes: z.array(
        z.object({
          purpose,
          title: z.string(),
          text: z.string(),
          version: z.string(),
          needed: z.boolean(),
          givenAt: z.string().nullable(),
        }),
      ),
      history: z.array(
        z.object({
          title: z.string(),
          textVersion: z.string(),
          givenAt: z.string(),
          withdrawnAt: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const history = actor.personId ? await consentHistory(app.db, actor.personId) : []
      return ok({
        purposes: PURPOSES.map((one) => ({
          purpose: one,
          ...CONSENTS[one],
          givenAt:
            history.find((row) => row.purpose === one && row.withdrawnAt === null)?.givenAt.toISOString() ??
            null,
        })),
        history: history.map((row) => ({
          title: CONSENTS[row.purpose as Purpose]?.title ?? row.purpose,
          textVersion: row.textVersion,
          givenAt: row.givenAt.toISOString(),
          withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
        })),
      })
    },
  }),
  'people.consent-texts': query({
    summary: '个人信息处理说明',
    permission: may['people.public'],
    input: nothing,
    example: {},
    output: z.object({
      purposes: z.array(
        z.object({ purpose, title: z.string(), text: z.string(), version: z.string(), needed: z.boolean() }),
      ),
    }),
    handle: async () =>
      ok({
        purposes: PURPOSES.map((one) => ({ purpose: one, ...(CONSENTS[one] as ConsentPurpose) })).filter(
          (one) => !one.apart,
        ),
      }),
  }),
  'people.give-consent': command({
    summary: '同意个人信息处理',
    permission: may['people.own'],
    input: z.strictObject({ purpose }),
    example: { purpose: 'notice' },
    output: done,
    handle: ({ app, actor }, input) => giveConsent(app, actor, input),
  }),
  'people.withdraw-consent': command({
    summary: '撤回个人信息处理同意',
    permission: may['people.own'],
    input: z.strictObject({ purpose }),
    example: { purpose: 'notice' },
    output: done,
    handle: ({ app, actor }, input) => withdrawConsent(app, actor, input),
  }),
  'people.export-my-data': download({
    summary: '导出我的个人数据',
    permission: may['people.own'],
    input: nothing,
    example: {},
    handle: ({ app, actor }) => exportMyData(app, actor),
  }),
  'people.sign-in-options': query({
    summary: '登录方式',
    permission: may['people.public'],
    input: nothing,
    example: {},
    output: z.object({ demo: z.boolean(), singleSignOn: z.string().nullable(), isNode: z.boolean() }),
    handle: async ({ app }) =>
      ok({
        demo: app.config.demo,
        singleSignOn: app.config.oidc?.name ?? null,
        isNode: app.config.node !== undefined,
      }),
  }),
  'people.demo-code': query({
    summary: '演示：查看短信验证码',
    permission: may['people.public'],
    input: z.strictObject({ phone }),
    example: { phone: '13800000000' },
    output: z.object({ code: z.string().nullable() }),
    handle: ({ app }, input) => demoCode(app, input.phone),
  }),
  'people.demo-accounts': query({
    summary: '演示：工作人员账号',
    permission: may['people.public'],
    input: nothing,
    example: {},
    output: z.object({
      accounts: z.array(
        z.object({
          username: z.string(),
          password: z.string(),
          code: z.string(),
          name: z.string(),
          roleTitle: z.string(),
          organisation: z.string(),
        }),
      ),
    }),
    handle: ({ app }) => demoAccounts(app),
  }),
} satisfies Api
