import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { makeRoom, programs, type RunAs, runAs } from './embedded-place.ts'

/**
 * The built-in PostgreSQL: a real server from npm, on a loopback port, started and stopped with this process.
 * We drive its programs ourselves: it must run under root, in a folder its account cannot enter, after a kill -9,
 * and it must never outlive us.
 */
export interface EmbeddedPostgres {
  port: number
  /** Where its data is. */
  folder: string
  url(database: string): string
  stop(): Promise<void>
}

interface StartOptions {
  folder: string
  /** For tests only: nothing is synced to disk, and the folder is removed at the end. */
  throwAway?: boolean
  note?: (line: string) => void
}

const USER = 'shujiang'

export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const { throwAway = false, note = () => {} } = options
  const as = runAs(options.folder)
  const folder = makeRoom(options.folder, as, note)
  const native = programs(as, note)
  const data = join(folder, 'data')

  if (!existsSync(join(data, 'PG_VERSION'))) createCluster(native, folder, as)
  await endEarlierServer(data, note)
  const password = readFileSync(join(folder, 'password'), 'utf8').trim()

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
    const log = join(folder, 'postgres.log')
    rmSync(log, { force: true })
    const server = spawnServer(native, data, port, log, as, throwAway)
    const watchdog = watchOver(server, folder, as, throwAway)
    const failure = await untilReady(server, url('postgres'))
    if (failure === undefined) {
      return {
        port,
        folder,
        url,
        stop: async () => {
          await end(server, throwAway ? 'SIGQUIT' : 'SIGINT')
          watchdog?.kill('SIGKILL')
          if (throwAway) rmSync(folder, { recursive: true, force: true })
        },
      }
    }
    await end(server, 'SIGQUIT')
    watchdog?.kill('SIGKILL')
    const words = existsSync(log) ? readFileSync(log, 'utf8').trim() : ''
    const stillHeld = words.includes('is still in use')
    if (!(stillHeld || words.includes('could not bind')) || attempt === 20) {
      throw new Error(`PostgreSQL did not start (${failure}). Its log, ${log}, says:\n${words.slice(-2000)}`)
    }
    if (stillHeld) await sleep(300)
  }
}

function createCluster(native: string, folder: string, as: RunAs) {
  // Made under another name first: a run killed in the middle leaves nothing that looks like a database.
  const making = join(folder, 'data.making')
  rmSync(making, { recursive: true, force: true })
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 })
  if (as.uid !== undefined && as.gid !== undefined) chownSync(passwordFile, as.uid, as.gid)
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      ...[
        '-D',
        making,
        '-U',
        USER,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--no-sync',
        '--no-instructions',
      ],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ],
    { ...as, cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } },
  )
  if (made.stderr?.includes('could not look up effective user ID')) {
    throw new Error(
      `PostgreSQL wants its user to have a name, and user ${process.getuid?.()} has none on this machine ` +
        '(a container started with --user?). Give it a line in /etc/passwd, or set DATABASE_URL.',
    )
  }
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  renameSync(making, join(folder, 'data'))
}

/** A killed run may leave its server behind, or a `postmaster.pid` that names a process of somebody else by now. */
async function endEarlierServer(data: string, note: (line: string) => void) {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const [pidLine = '', ...rest] = readFileSync(lock, 'utf8').split('\n')
  const pid = Number(pidLine)
  if (pid > 0 && isServerOf(pid, data)) {
    note(`an earlier run left its database server behind (process ${pid}); stopping it first`)
    process.kill(pid, 'SIGINT')
    for (let tries = 0; tries < 300 && isServerOf(pid, data); tries += 1) await sleep(100)
    if (isServerOf(pid, data)) throw new Error(`The database in ${data} is still in use by process ${pid}.`)
    return
  }
  note('an earlier run ended without stopping its database; recovering')
  // The lock itself stays: PostgreSQL reads in it whether a process of that server still holds the shared memory.
  // Only the number may be somebody else's by now; a server ignores its parent's.
  writeFileSync(lock, [process.pid, ...rest].join('\n'))
}

function isServerOf(pid: number, data: string): boolean {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
    if (process.platform === 'win32') return false
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(data)
  } catch {
    return false
  }
}

function spawnServer(native: string, data: string, port: number, log: string, as: RunAs, throwAway: boolean) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    jit: 'off',
    log_timezone: 'Asia/Shanghai',
    timezone: 'Asia/Shanghai',
    ...(throwAway && {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
    }),
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const out = openSync(log, 'a', 0o600)
  try {
    // In a session of its own: Ctrl-C reaches us only, and we let running requests finish before we stop it.
    const server = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...words], {
      ...as,
      cwd: data,
      detached: true,
      stdio: ['ignore', out, out],
      env: { ...process.env, LC_ALL: 'C' },
    })
    server.unref()
    return server
  } finally {
    closeSync(out)
  }
}

/** A shell that waits for the end of a pipe we hold: when this process dies, however it dies, it stops the server. */
function watchOver(
  server: ChildProcess,
  folder: string,
  as: RunAs,
  throwAway: boolean,
): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined
  const script = throwAway
    ? 'read _; kill -QUIT "$1"; n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 50 ]; do sleep 0.1; n=$((n+1)); done; rm -rf "$2"'
    : 'read _; kill -INT "$1"'
  const watchdog = spawn('sh', ['-c', script, 'sh', String(server.pid), folder], {
    ...as,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  ;(watchdog.stdin as unknown as { unref(): void }).unref()
  return watchdog
}

/** Undefined when the server answers; else why it never will. */
async function untilReady(server: ChildProcess, url: string): Promise<string | undefined> {
  let failed: string | undefined
  server.once('error', (error) => {
    failed = error.message
  })
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(40)) {
    if (failed !== undefined) return failed
    if (server.exitCode !== null) return `exit code ${server.exitCode}`
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return undefined
    } catch {
      // not yet
    } finally {
      await client.end().catch(() => {})
    }
  }
  return 'no answer within a minute'
}

async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT') {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  server.ref()
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await Promise.race([gone, sleep(30_000, undefined, { ref: false }).then(() => server.kill('SIGQUIT'))])
  await gone
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
