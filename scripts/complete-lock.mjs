// After `npm i <package>`: node scripts/complete-lock.mjs
// npm leaves out of the lock file what it could not or need not fetch for this machine, and then refuses `npm ci`
// everywhere. This adds every platform's variant by name and version; npm skips those that do not fit.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
]
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** Names of the optional packages that the lock names as a dependency and does not hold. */
export function missingFromLock(lock) {
  return variants(lock).map(({ name }) => name)
}

function variants({ packages }) {
  const isThere = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
      if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
      if (!at) return false
    }
  }
  return Object.entries(packages).flatMap(([from, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isThere(from, name))
      .map(([name, version]) => ({ name, version: version.replace(/^[\^~]/, ''), dev: entry.dev })),
  )
}

function entryOf({ name, version, dev }) {
  const words = name.split('/').at(-1).split('-')
  const system = words.find((word) => SYSTEMS.includes(word))
  const processor = words.find((word) => PROCESSORS.includes(word))
  const library = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : ''
  return {
    version,
    ...(dev && { dev }),
    ...(processor && { cpu: [processor] }),
    ...(library && { libc: [library] }),
    optional: true,
    ...(system && { os: [system === 'windows' ? 'win32' : system] }),
  }
}

export function completeLock(lock) {
  const packages = { ...lock.packages }
  for (const variant of variants(lock)) packages[`node_modules/${variant.name}`] = entryOf(variant)
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lock, packages: Object.fromEntries(sorted) }
}

if (process.argv[1] === import.meta.filename) {
  const file = join(import.meta.dirname, '..', 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  for (const name of missingFromLock(lock)) console.log(`added ${name}`)
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`)
}
