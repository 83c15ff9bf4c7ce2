/**
 * Where to go after signing in: the `next` of the address, only ever a place of this surface. Use it as
 * `navigate(nextPlace(search.next))`.
 */
export function nextPlace(next: string | undefined): { to: string; search: never } {
  const isOwn = next?.startsWith('/') && !/^\/[/\\]/.test(next) && !next.startsWith('/sign-in')
  const [to, query] = (isOwn && next ? next : '/').split('?')
  return { to: to ?? '/', search: Object.fromEntries(new URLSearchParams(query ?? '')) as never }
}
