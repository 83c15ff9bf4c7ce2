// npm run e2e [-- filter …]: the browser journeys of e2e/*.e2e.ts on a built web and a throw-away database.
import { join } from 'node:path'
import { ensureChromium } from './debian.mjs'
import { bin, ensureBuilt, ensureInstalled, fail, ROOT, runNode } from './set-up.mjs'

ensureInstalled()
const { path, advice } = ensureChromium()
if (!path) fail(advice)
if (!ensureBuilt()) fail('The web was not built (see above).')
process.on('SIGINT', () => {})
process.exitCode = await runNode(
  [bin('vitest'), 'run', '--config', join(ROOT, 'e2e', 'vitest.config.ts'), ...process.argv.slice(2)],
  { env: { ...process.env, CHROMIUM_PATH: path } },
)
