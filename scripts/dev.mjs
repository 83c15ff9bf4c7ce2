// npm run dev: the server restarts when its sources change; the web at http://127.0.0.1:7071 updates in place.
import { bin, ensureBuilt, ensureInstalled, runNode } from './set-up.mjs'

ensureInstalled()
ensureBuilt()
const children = []
const onSpawn = (child) => children.push(child)
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  for (const child of children) child.kill('SIGTERM')
})
const server = runNode(
  ['--watch', '--watch-kill-signal=SIGTERM', '--watch-preserve-output', 'server/src/main.ts'],
  { onSpawn },
)
const web = runNode([bin('vite'), '--config', 'web/vite.config.ts', '--host', '127.0.0.1'], { onSpawn })
console.log('web with live changes: http://127.0.0.1:7071')
process.exitCode = await Promise.race([server, web])
for (const child of children) child.kill('SIGTERM')
