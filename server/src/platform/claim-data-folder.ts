import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Running {
  pid: number
  address: string
}

/**
 * One program at a time on a data folder: the built-in database belongs to the process that started it. Throws with
 * the address of the one that runs; what a killed one left behind is taken over. Returns how to give it back.
 */
export function claimDataFolder(dataDir: string, address: string): () => void {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'running.json')
  const claim = JSON.stringify({ pid: process.pid, address } satisfies Running)
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(file, claim, { flag: 'wx' })
      break
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === 'EACCES') {
        throw new Error(
          `${dataDir} belongs to another user. Start as that user, or set DATA_DIR to a folder of your own.`,
        )
      }
      if (code !== 'EEXIST') throw error
      const other = read(file)
      if (other && isOurs(other.pid)) {
        throw new Error(
          `Shujiang is already running at ${other.address} (process ${other.pid}). Open it, or stop it first with: kill ${other.pid}`,
        )
      }
      if (attempt === 3) throw error
      rmSync(file, { force: true })
    }
  }
  return () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}

function read(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch {
    return undefined
  }
}

/** A number alone proves nothing: after a restart of the machine it belongs to somebody else. */
function isOurs(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return false
  }
  const program = /server[/\\]src[/\\]main[.]ts/
  try {
    if (process.platform === 'linux') return program.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    if (process.platform === 'win32') return true
    return program.test(spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout)
  } catch {
    return false
  }
}
