import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

/** A path parameter of the current page: `/classes/$id` → `useParam('id')`. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return params[name] ?? ''
}

/** The address's query, every value as text. */
export function useAddressSearch(): Record<string, string> {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(search)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => [name, String(value)]),
  )
}

export interface ListSearch {
  /** What is sent to the server. */
  input: Record<string, unknown>
  /** Search text and filters as they stand in the address. */
  values: Record<string, string>
  page: number
  size: number
  set(name: string, value: string | undefined): void
  setPage(page: number, size?: number): void
  reset(): void
}

export function useListSearch(defaultSize = 20): ListSearch {
  const search = useAddressSearch()
  const navigate = useNavigate()
  const { page: pageText, size: sizeText, ...values } = search
  const page = Number(pageText) || 1
  const size = Number(sizeText) || defaultSize
  const go = (next: Record<string, string | number | undefined>) =>
    void navigate({ to: '.', search: next as never, replace: true, resetScroll: false })
  return {
    input: { ...values, page, size },
    values,
    page,
    size,
    // A changed filter starts at the first page again.
    set: (name, value) => go({ ...search, page: undefined, [name]: value || undefined }),
    setPage: (next, nextSize) => go({ ...search, page: next, size: nextSize ?? sizeText }),
    reset: () => go({ size: sizeText }),
  }
}
