type Plain = string | number | boolean

/** `{q: '云', level: ['初级', '中级'], page: undefined}` → `?q=云&level=初级&level=中级`, encoded. Empty values are left out. */
export function queryString(input: Record<string, unknown> | undefined): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(input ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null || one === '') continue
      if (typeof one === 'object') throw new Error(`query input ${name} is not a plain value`)
      pairs.append(name, String(one as Plain))
    }
  }
  const text = pairs.toString()
  return text ? `?${text}` : ''
}
