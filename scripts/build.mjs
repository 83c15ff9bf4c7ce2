// npm run build: the web, anew, whatever was there.
import { ensureBuilt, ensureInstalled } from './set-up.mjs'

ensureInstalled()
process.exitCode = ensureBuilt({ anew: true }) ? 0 : 1
