// npm start [-- --role web|worker|all]: install if needed, build if needed, run. Again: starts in seconds.
import { ensureBuilt, ensureInstalled, fail, runNode } from './set-up.mjs'

ensureInstalled()
const words = process.argv.slice(2)
if (!words.includes('worker') && !ensureBuilt()) fail('The web was not built (see above).')

// The program stops by itself on Ctrl-C, which reaches it too; we only wait for it. A signal sent to us alone is passed on.
process.on('SIGINT', () => {})
let child
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child?.kill('SIGTERM'))
process.exitCode = await runNode(['server/src/main.ts', ...words], {
  // The channel tells the program when we are gone, however we went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  onSpawn: (it) => {
    child = it
  },
})
