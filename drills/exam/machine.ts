// What the drill breaks: a database on a disk of its own, and the server in front of it.
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '../../server/src/platform/embedded.ts'
import { migrate } from '../../server/src/platform/migrate.ts'
import type { ClockOrder } from './room-server.ts'

export interface Machine {
  address: string
  databaseUrl: string
  /** Whether the disk has an end that the drill can reach: that needs the right to mount. */
  smallDisk: boolean
  /** Time that has passed for everybody, beyond the real one. */
  passedMs: number
  killServer(): Promise<void>
  /** One of the database's processes dies; it recovers by itself, behind the same address. */
  killBackend(draw: () => number): void
  /** The whole database dies, and the server with it. */
  killAll(): Promise<void>
  fillDisk(): void
  emptyDisk(): void
  order(clock: ClockOrder): void
  /** Starts whatever is not there. */
  restore(): Promise<void>
  close(): Promise<void>
}

const DISK_MB = 700

/** `more` is asked at each start of the server: further arguments for it. */
export async function openMachine(options: { defect: boolean; more?: () => string[] }): Promise<Machine> {
  const base = mkdtempSync(join(tmpdir(), 'shujiang-drill-'))
  // The database runs under an account of its own and must get in.
  chmodSync(base, 0o755)
  const disk = join(base, 'disk')
  mkdirSync(disk)
  const smallDisk = mount(disk)
  const port = await freePort()
  const filler = join(disk, 'filler')
  let postgres: EmbeddedPostgres = await startPostgres({ folder: join(disk, 'postgres') })
  let server: ChildProcess | undefined
  await migrate(postgres.url('postgres'))

  let restoring = Promise.resolve()

  const start = async () => {
    const main = postmaster(postgres)
    if (main === undefined || !isAlive(main)) {
      await machine.killServer()
      await postgres.stop().catch(() => {})
      postgres = await startAgain(join(disk, 'postgres'))
      machine.databaseUrl = postgres.url('postgres')
    }
    if (server) return
    const told = machine.passedMs
    const child = await startServer({
      database: machine.databaseUrl,
      folder: base,
      port,
      passedMs: told,
      defect: options.defect,
      more: options.more?.() ?? [],
    })
    server = child
    // Time may have passed for everybody while it started.
    if (machine.passedMs > told) child.send({ passMs: machine.passedMs - told })
  }

  const machine: Machine = {
    address: `http://127.0.0.1:${port}`,
    databaseUrl: postgres.url('postgres'),
    smallDisk,
    passedMs: 0,
    async killServer() {
      await end(server)
      server = undefined
    },
    killBackend(draw) {
      const children = childrenOf(postmaster(postgres))
      const victim = children[Math.floor(draw() * children.length)]
      if (victim !== undefined) kill(victim)
    },
    async killAll() {
      const main = postmaster(postgres)
      if (main !== undefined) kill(main)
      await machine.killServer()
      await untilGone(main)
    },
    fillDisk() {
      fill(filler)
    },
    emptyDisk() {
      rmSync(filler, { force: true })
    },
    order(clock) {
      machine.passedMs += clock.passMs ?? 0
      if (server?.connected) server.send(clock)
    },
    restore() {
      // Two faults that end together start things once.
      restoring = restoring.then(start, start)
      return restoring
    },
    async close() {
      await machine.killServer()
      await postgres.stop()
      if (smallDisk) execFileSync('umount', ['-l', disk])
      rmSync(base, { recursive: true, force: true })
    },
  }
  await machine.restore()
  return machine
}

function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes until the disk says that it is full. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (let size = 1 << 20; size >= 1 << 10; size >>= 5) {
      const block = Buffer.alloc(size)
      try {
        for (;;) if (writeSync(file, block) < size) break
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

/** Another fault may fall into its recovery. */
async function startAgain(folder: string): Promise<EmbeddedPostgres> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await startPostgres({ folder })
    } catch (error) {
      if (tries === 8) throw error
      await sleep(200)
    }
  }
}

async function startServer(of: {
  database: string
  folder: string
  port: number
  passedMs: number
  defect: boolean
  more: string[]
}): Promise<ChildProcess> {
  for (let tries = 0; ; tries += 1) {
    const child = fork(join(import.meta.dirname, 'room-server.ts'), [
      `--database=${of.database}`,
      `--folder=${of.folder}`,
      `--port=${of.port}`,
      `--passed=${of.passedMs}`,
      ...(of.defect ? ['--defect'] : []),
      ...of.more,
    ])
    const ready = await new Promise<boolean>((resolve) => {
      child.once('message', () => resolve(true))
      child.once('exit', () => resolve(false))
    })
    if (ready) return child
    // The database may still be recovering.
    if (tries === 20) throw new Error('the server does not start any more')
    await sleep(300)
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function postmaster(postgres: EmbeddedPostgres): number | undefined {
  try {
    return Number(readFileSync(join(postgres.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function childrenOf(parent: number | undefined): number[] {
  if (parent === undefined) return []
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone already.
  }
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

async function untilGone(pid: number | undefined): Promise<void> {
  for (let tries = 0; pid !== undefined && tries < 200 && isAlive(pid); tries += 1) await sleep(20)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
