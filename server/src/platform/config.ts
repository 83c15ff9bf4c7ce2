import { createPublicKey } from 'node:crypto'
import { z } from 'zod'

function isEd25519(spki: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

const flag = z.enum(['0', '1']).transform((value) => value === '1')

/** Everything the environment may set; validated at start, so a wrong value never shows up in mid-work. */
const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(7070),
    /** Address the public reaches: stands in QR codes and links. */
    PUBLIC_URL: z.url().optional(),
    DATABASE_URL: z.string().startsWith('postgres').optional(),
    DATA_DIR: z.string().default('.data'),
    /** Master key of field encryption. Losing it loses every encrypted field. */
    SHUJIANG_MASTER_KEY: z.string().min(32).default('demo-master-key-not-for-production-use'),
    /** Public keys that signed before, SPKI in base64, separated by commas: what they signed stays checkable. */
    FORMER_PUBLIC_KEYS: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      )
      .refine((keys) => keys.every(isEd25519), 'every key is an Ed25519 public key, SPKI in base64')
      .default([]),
    AUTH_SECRET: z.string().min(32).default('demo-auth-secret-not-for-production-use'),
    DEMO: flag.optional(),
    S3_ENDPOINT: z.url().optional(),
    S3_BUCKET: z.string().default('shujiang'),
    S3_REGION: z.string().default('us-east-1'),
    S3_ACCESS_KEY: z.string().optional(),
    S3_SECRET_KEY: z.string().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    PROVINCE: z.enum(['hubei', 'anhui']).default('hubei'),
    /** Gateway that sends phone codes: gets POST { phone, code }. Without one, codes go nowhere but the demo screen. */
    SMS_URL: z.url().optional(),
    SMS_TOKEN: z.string().optional(),
    /** The province's real-name service: gets POST { name, documentType, idNumber }, answers { passed, reason? }. */
    REAL_NAME_URL: z.url().optional(),
    REAL_NAME_TOKEN: z.string().optional(),
    /** A province's single sign-on for staff (OpenID Connect discovery address). */
    OIDC_DISCOVERY_URL: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default('统一身份认证'),
    /** 1 when that sign-on itself demands a second factor; otherwise the platform asks for its own. */
    OIDC_SECOND_FACTOR: flag.optional(),
    /** Sign-in attempts and codes a minute from one address; a school hall stands behind one address. */
    SIGN_IN_PER_MINUTE: z.coerce.number().int().min(1).default(120),
    /** `--role hall`: the province's address, and the secret it showed when this node was registered. */
    NODE_PROVINCE_URL: z.url().optional(),
    NODE_SECRET: z.string().min(87).optional(),
  })
  .superRefine((env, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (Boolean(env.NODE_PROVINCE_URL) !== Boolean(env.NODE_SECRET))
      refuse('NODE_SECRET', 'a hall node needs both NODE_PROVINCE_URL and NODE_SECRET')
    if (env.NODE_ENV !== 'production') return
    if (env.SHUJIANG_MASTER_KEY.startsWith('demo-'))
      refuse('SHUJIANG_MASTER_KEY', 'a real master key is required')
    if (env.AUTH_SECRET.startsWith('demo-')) refuse('AUTH_SECRET', 'a real secret is required')
    if (env.DEMO) refuse('DEMO', 'demo accounts are refused in production')
    if (!env.PUBLIC_URL) refuse('PUBLIC_URL', 'the public address is required')
  })

export interface Config {
  env: 'development' | 'test' | 'production'
  host: string
  port: number
  publicUrl: string
  databaseUrl: string | undefined
  dataDir: string
  masterKey: string
  formerPublicKeys: string[]
  authSecret: string
  /** Demo accounts, shown phone codes, the town: never in production. */
  demo: boolean
  s3: { endpoint: string; bucket: string; region: string; accessKey: string; secretKey: string } | undefined
  logLevel: string
  province: 'hubei' | 'anhui'
  sms: { url: string; token: string | undefined } | undefined
  realName: { url: string; token: string | undefined } | undefined
  oidc:
    | { discoveryUrl: string; clientId: string; clientSecret: string; name: string; secondFactor: boolean }
    | undefined
  signInPerMinute: number
  /** This process is a hall node of that province. */
  node: { provinceUrl: string; secret: string } | undefined
}

export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = schema.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration is not valid:\n${lines.join('\n')}`)
  }
  const env = parsed.data
  return {
    env: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    masterKey: env.SHUJIANG_MASTER_KEY,
    formerPublicKeys: env.FORMER_PUBLIC_KEYS,
    authSecret: env.AUTH_SECRET,
    demo: env.DEMO ?? env.NODE_ENV !== 'production',
    s3: env.S3_ENDPOINT
      ? {
          endpoint: env.S3_ENDPOINT,
          bucket: env.S3_BUCKET,
          region: env.S3_REGION,
          accessKey: env.S3_ACCESS_KEY ?? '',
          secretKey: env.S3_SECRET_KEY ?? '',
        }
      : undefined,
    logLevel: env.LOG_LEVEL,
    province: env.PROVINCE,
    sms: env.SMS_URL ? { url: env.SMS_URL, token: env.SMS_TOKEN } : undefined,
    realName: env.REAL_NAME_URL ? { url: env.REAL_NAME_URL, token: env.REAL_NAME_TOKEN } : undefined,
    oidc: env.OIDC_DISCOVERY_URL
      ? {
          discoveryUrl: env.OIDC_DISCOVERY_URL,
          clientId: env.OIDC_CLIENT_ID ?? '',
          clientSecret: env.OIDC_CLIENT_SECRET ?? '',
          name: env.OIDC_NAME,
          secondFactor: env.OIDC_SECOND_FACTOR ?? false,
        }
      : undefined,
    signInPerMinute: env.SIGN_IN_PER_MINUTE,
    node:
      env.NODE_PROVINCE_URL && env.NODE_SECRET
        ? { provinceUrl: env.NODE_PROVINCE_URL, secret: env.NODE_SECRET }
        : undefined,
  }
}
