/**
 * Keeps the room's own files on this machine, so that a page that is loaded anew while the line is down opens all
 * the same. Where the browser cannot, nothing is lost but this.
 */
export function keepPageForOutages(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker
    .register('/exam-keeper.js', { scope: '/exam' })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => {
      const loaded = performance
        .getEntriesByType('resource')
        .map((one) => new URL(one.name))
        .filter((one) => one.origin === location.origin && one.pathname.startsWith('/assets/'))
        .map((one) => one.pathname)
      active?.postMessage({ keep: ['/exam', ...new Set(loaded)] })
    })
    .catch(() => undefined)
}
