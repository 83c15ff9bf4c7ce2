import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Storage } from './storage.ts'

/** Objects as files. An object is whole or absent: written aside, synced, renamed, and the folder synced. */
export function folderStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    if (
      !/^[a-z0-9][a-z0-9./_-]*$/i.test(key) ||
      key.split('/').some((part) => part === '' || part.startsWith('.'))
    ) {
      throw new Error(`not an object key: ${key}`)
    }
    return join(folder, ...key.split('/'))
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const aside = join(folder, '.aside')
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await mkdir(aside, { recursive: true, mode: 0o700 })
      const writing = join(aside, randomUUID())
      try {
        const file = await open(writing, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(writing, path)
      } catch (error) {
        await rm(writing, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
    },
    async get(key) {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') return undefined
        throw error
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await access(folder + sep, constants.W_OK)
    },
  }
}

async function syncFolder(path: string) {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
