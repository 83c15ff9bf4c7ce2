// node scripts/run.mjs [--web] [--browser] FILE …: runs one of our programs on the pinned Node, from a fresh clone too.
// What the set-up says goes to standard error: a program's standard output may be one JSON object.
import { ensureChineseFonts, ensureChromium } from './debian.mjs'
import { ensureBuilt, ensureInstalled, fail, runNode } from './set-up.mjs'

console.log = console.error
const words = process.argv.slice(2)
const wants = (flag) => words[0] === flag && words.shift() !== undefined
const web = wants('--web')
const browser = wants('--browser')

ensureInstalled()
const env = { ...process.env }
if (browser) {
  const { path, advice } = ensureChromium()
  if (!path) fail(advice)
  env.CHROMIUM_PATH = path
  ensureChineseFonts()
}
if (web && !ensureBuilt()) fail('The web was not built (see above).')
process.on('SIGINT', () => {})
process.exitCode = await runNode(words, { env })
