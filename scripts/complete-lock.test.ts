import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completeLock, missingFromLock } from './complete-lock.mjs'

const lock = {
  packages: {
    '': {},
    'node_modules/tool': {
      dev: true,
      optionalDependencies: { '@tool/linux-x64-musl': '1.2.3', '@tool/windows-arm64': '^1.2.3' },
    },
    'node_modules/tool/node_modules/@tool/windows-arm64': { version: '1.2.3' },
  },
}

describe('the lock file', () => {
  it('holds the variants of every platform; npm ci refuses it otherwise (mend: node scripts/complete-lock.mjs)', () => {
    const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')
    expect(missingFromLock(JSON.parse(text))).toEqual([])
  })

  it('is completed with what npm needs to skip a variant', () => {
    expect(missingFromLock(lock)).toEqual(['@tool/linux-x64-musl'])
    expect(completeLock(lock).packages['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '1.2.3',
      dev: true,
      cpu: ['x64'],
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    })
    expect(missingFromLock(completeLock(lock))).toEqual([])
  })
})
