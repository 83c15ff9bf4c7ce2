import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'policy/**/*.test.ts',
      'server/**/*.test.ts',
      'web/**/*.test.ts',
      'db/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    globalSetup: ['server/src/platform/testing/global-setup.ts'],
    env: { TZ: 'Asia/Shanghai' },
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
