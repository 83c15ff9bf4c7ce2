// Builds the web and finds or installs the browser; prints the browser's path, and nothing else, on standard output.
import { ensureChromium } from './debian.mjs'
import { ensureBuilt, fail } from './set-up.mjs'

console.log = console.error
const { path, advice } = ensureChromium()
if (!path) fail(advice)
if (!ensureBuilt()) fail('The web was not built (see above).')
process.stdout.write(path)
