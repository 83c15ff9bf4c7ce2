// Service worker of the examination room: the page and its files, and nothing else. Newest first where there is a
// line; what was kept where there is none. Calls of the room (/api) never pass through here.
const KEPT = 'shujiang-exam-1'
const PATIENCE_MS = 4000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { keep } = event.data ?? {}
  if (!Array.isArray(keep)) return
  event.waitUntil(caches.open(KEPT).then((cache) => Promise.allSettled(keep.map((path) => cache.add(path)))))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && /^\/exam(\/|$)/.test(url.pathname)) event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

async function page(request) {
  const cache = await caches.open(KEPT)
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (fresh.ok) await cache.put('/exam', fresh.clone())
    return fresh
  } catch (error) {
    const kept = await cache.match('/exam')
    if (kept) return kept
    throw error
  }
}

async function asset(request) {
  const cache = await caches.open(KEPT)
  const kept = await cache.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone())
  return fresh
}
