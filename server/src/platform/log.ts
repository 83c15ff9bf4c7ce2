import pino, { type Logger } from 'pino'

export type Log = Logger

/**
 * Structured logs on standard error. No personal data goes in: identifiers of records only; the redaction list
 * is the net under that rule, not the rule.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      redact: {
        paths: ['*.idNumber', '*.phone', '*.password', '*.name', '*.token', 'req.headers', 'headers'],
        remove: true,
      },
    },
    pino.destination(2),
  )
}
