import pino, { type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/**
 * What of an error may be written down. PostgreSQL puts the whole row that failed into `detail` and `where`: name,
 * phone and all; code, table and constraint tell a developer as much.
 */
export function sayError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, table, constraint, cause } = error as Error & Record<string, unknown>
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...Object.fromEntries(
      Object.entries({ code, table, constraint }).filter(([, given]) => typeof given === 'string'),
    ),
    ...(cause instanceof Error ? { cause: sayError(cause) } : {}),
  }
}

/**
 * Structured logs on standard error. No personal data goes in: identifiers of records only; the redaction list
 * is the net under that rule, not the rule.
 */
export function createLog(level: string, to: DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      serializers: { err: sayError, error: sayError },
      redact: {
        paths: ['*.idNumber', '*.phone', '*.password', '*.name', '*.token', 'req.headers', 'headers'],
        remove: true,
      },
    },
    to,
  )
}
