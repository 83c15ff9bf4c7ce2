export interface ImportError {
  /** Row of the sheet as Excel counts it. */
  row: number
  column?: string | null | undefined
  message: string
}
/** As CSV with a byte-order mark, which Excel opens in the right encoding. */
export function errorListCsv(errors: readonly ImportError[]): string {
  const cell = (value: string) => `"${(/^[=+\-@]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
  const lines = errors.map((one) => [String(one.row), one.column ?? '整行', one.message].map(cell).join(','))
  return `\ufeff${['"行","列","问题"', ...lines].join('\r\n')}\r\n`
}
