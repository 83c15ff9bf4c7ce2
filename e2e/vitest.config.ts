import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Browser journeys: two at a time, each with a world of its own; `npm run e2e` finds or installs the browser. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['e2e/**/*.e2e.ts'],
    env: { TZ: 'Asia/Shanghai' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
