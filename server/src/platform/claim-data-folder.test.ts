import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimDataFolder } from './claim-data-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'shujiang-claim-'))
const file = join(folder, 'running.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('claimDataFolder', () => {
  it('names the address of the program that runs', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', '--', 'server/src/main.ts'])
    await new Promise((resolve) => other.once('spawn', resolve))
    writeFileSync(file, JSON.stringify({ pid: other.pid, address: 'http://127.0.0.1:7070' }))
    expect(() => claimDataFolder(folder, 'http://127.0.0.1:7071')).toThrow(
      'already running at http://127.0.0.1:7070',
    )
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    claimDataFolder(folder, 'http://127.0.0.1:7071')()
  })

  it('takes over from a killed one, though its number is somebody else now, and gives back its own only', () => {
    writeFileSync(file, JSON.stringify({ pid: process.ppid, address: 'x' }))
    const giveBack = claimDataFolder(folder, 'here')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ pid: process.pid, address: 'here' })
    writeFileSync(file, JSON.stringify({ pid: 1, address: 'another' }))
    giveBack()
    expect(readFileSync(file, 'utf8')).toContain('another')
  })

  it('takes over what a crash left half written', () => {
    writeFileSync(file, '{"pid":')
    claimDataFolder(folder, 'here')()
  })
})
