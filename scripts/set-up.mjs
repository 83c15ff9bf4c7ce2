// What every command does first, on whatever Node ≥ 20 the machine has and with nothing installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(ROOT, ...parts)
const windows = process.platform === 'win32'

/** The Node that package.json pins: the same version on every machine. */
export const PINNED_NODE = at('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
const INSTALLED = at('node_modules', '.installed-for')
const BUILT = at('web', 'dist', '.built-from')

export function fail(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

/** Installs when something is missing or the lock file has changed; says so. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20)
    fail(`Node ${process.versions.node} is too old: install Node 20 or newer (https://nodejs.org).`)
  const lock = hashOf([at('package-lock.json')])
  if (!existsSync(PINNED_NODE) || !isInstalledFor(lock)) {
    // A first install is npm ci; later npm install brings up to date what the lock file changed, in seconds.
    const first = !existsSync(PINNED_NODE)
    console.log(
      first ? 'installing packages (npm ci), a minute or two …' : 'bringing the packages up to date …',
    )
    const done = (first && npm('ci')) || npm('install', '--no-save')
    if (!done) fail('The packages were not installed (see above). Is the package registry reachable?')
    writeFileSync(INSTALLED, lock)
  }
  if (!works(PINNED_NODE)) {
    fail(
      'The pinned Node did not install: are install scripts switched off (npm config get ignore-scripts)? ' +
        'Switch them on, remove node_modules and run the command again.',
    )
  }
}

function npm(...words) {
  const path = process.env.npm_execpath
  const all = [...words, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [program, ...rest] = path ? [process.execPath, path, ...all] : [windows ? 'npm.cmd' : 'npm', ...all]
  // With NODE_ENV=production npm would leave out the tools that build the web.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV'))
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2], env, shell: !path && windows }
  return spawnSync(program, rest, options).status === 0
}

function isInstalledFor(lock) {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return true
  // Somebody ran npm themselves: npm writes this file last.
  const npmsOwn = at('node_modules', '.package-lock.json')
  return existsSync(npmsOwn) && statSync(npmsOwn).mtimeMs >= statSync(at('package-lock.json')).mtimeMs
}

function works(node) {
  return spawnSync(node, ['--version']).status === 0
}

/** Builds the web when it has never been built or its sources have changed. Returns false when the build failed. */
export function ensureBuilt({ quiet = false, anew = false } = {}) {
  const web = at('web')
  const sources = [...filesUnder(web, ['dist', 'node_modules']), at('package-lock.json')]
  const hash = hashOf(sources)
  if (!anew && existsSync(BUILT) && readFileSync(BUILT, 'utf8') === hash) return true
  if (!quiet) console.log('building the web …')
  const built = spawnSync(
    PINNED_NODE,
    [bin('vite'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
    },
  )
  if (built.status !== 0) return false
  mkdirSync(dirname(BUILT), { recursive: true })
  writeFileSync(BUILT, hash)
  return true
}

/** The JavaScript file behind a command of node_modules/.bin, to run it on the pinned Node. */
export function bin(name) {
  const packages = { tsc: 'typescript', depcruise: 'dependency-cruiser', biome: '@biomejs/biome' }
  const folder = at('node_modules', packages[name] ?? name)
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bins === 'string' ? bins : bins[name])
}

/** Runs the pinned Node until it ends; resolves with its exit code. */
export function runNode(words, { env = process.env, stdio = 'inherit', onSpawn = () => {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(PINNED_NODE, words, { cwd: ROOT, env, stdio })
    onSpawn(child)
    child.once('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

function filesUnder(folder, without) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !without.includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesUnder(path, []) : [path]
    })
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
