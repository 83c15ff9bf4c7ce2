// What is wrong with something from outside: every problem at once, each with its path, in Chinese.
import type { z } from 'zod'

export interface Problem {
  path: string
  at: string
  message: string
}

export function problemsOf(error: z.ZodError, path: string, prefix = ''): Problem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path, at: joinPath(prefix, issue.path), message: sayIssue(issue) }]
    return issue.keys.map((key) => ({
      path,
      at: joinPath(prefix, [...issue.path, key]),
      message: '不认识的键',
    }))
  })
}

function joinPath(prefix: string, path: PropertyKey[]): string {
  let text = prefix
  for (const part of path)
    text += typeof part === 'number' ? `[${part}]` : `${text ? '.' : ''}${String(part)}`
  return text
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否（true 或 false）',
  array: '列表',
  object: '键值对',
  record: '键值对',
}

function sayIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `应为以下之一：${issue.values.map(String).join('、')}`
    case 'invalid_type': {
      const expected = TYPES[issue.expected] ?? issue.expected
      const isMissing = issue.input === undefined && issue.message.includes('undefined')
      return isMissing ? `缺少此项（应为${expected}）` : `类型不对，应为${expected}`
    }
    case 'too_small':
      return issue.origin === 'string'
        ? '不能为空'
        : issue.origin === 'array'
          ? `至少要有${issue.minimum}项`
          : `不能小于${issue.minimum}`
    case 'too_big':
      return issue.origin === 'array' ? `至多${issue.maximum}项` : `不能大于${issue.maximum}`
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((one) => one.slice(0, 1).map(sayIssue)))].join('，或')
    default:
      return issue.message
  }
}
