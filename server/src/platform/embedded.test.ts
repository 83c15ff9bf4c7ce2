import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPostgres } from './embedded.ts'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'shujiang-embedded-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query(query)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

describe('startPostgres', () => {
  it('refuses a connection without the password it made up', async () => {
    const server = await startPostgres({ folder: join(base, 'postgres'), throwAway: true })
    const url = new URL(server.url('postgres'))
    url.password = 'guess'
    await expect(ask(url.href, 'select 1')).rejects.toThrow('password authentication failed')
    await server.stop()
  })

  it('does not run as root, listens on this machine only, and removes what was for throwing away', async () => {
    const server = await startPostgres({ folder: join(base, 'postgres'), throwAway: true })
    expect(statSync(join(server.folder, 'data')).uid).not.toBe(0)
    expect(await ask(server.url('postgres'), 'show listen_addresses')).toBe('127.0.0.1')
    await server.stop()
    expect(existsSync(server.folder)).toBe(false)
  })

  it('keeps its data from run to run, syncs them, and recovers from a kill and from a lock that is not true', async () => {
    const folder = join(base, 'postgres')
    const first = await startPostgres({ folder })
    expect(await ask(first.url('postgres'), 'show fsync')).toBe('on')
    await ask(first.url('postgres'), 'create table kept as select 42 as answer')
    const lock = join(folder, 'data', 'postmaster.pid')
    const text = readFileSync(lock, 'utf8')
    await first.stop()
    expect(existsSync(lock)).toBe(false)

    // As if the machine had been cut: the lock stays and its number is another process by now.
    writeFileSync(lock, text.replace(/^\d+/, String(process.pid)))
    const notes: string[] = []
    const second = await startPostgres({ folder, note: (line) => notes.push(line) })
    expect(notes.join()).toContain('recovering')
    expect(await ask(second.url('postgres'), 'select answer from kept')).toBe(42)

    // A run that was killed leaves its server behind; the next one stops it and goes on.
    const third = await startPostgres({ folder, note: (line) => notes.push(line) })
    expect(notes.join()).toContain('left its database server behind')
    expect(await ask(third.url('postgres'), 'select answer from kept')).toBe(42)
    await Promise.all([second.stop(), third.stop()])
  })

  it('does not outlive the process that started it, however that one ends', async () => {
    const program = `
      import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
      const server = await startPostgres({ folder: ${JSON.stringify(join(base, 'postgres'))}, throwAway: true })
      console.log(JSON.stringify({ url: server.url('postgres'), folder: server.folder }))
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text) => resolve(String(text))),
    )
    const { url, folder } = JSON.parse(line) as { url: string; folder: string }
    expect(await ask(url, 'select 1')).toBe(1)
    child.kill('SIGKILL')
    await expect
      .poll(
        () =>
          ask(url, 'select 1').then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('gone')
    await expect.poll(() => existsSync(join(folder, 'data')), { timeout: 10_000 }).toBe(false)
  })
})
