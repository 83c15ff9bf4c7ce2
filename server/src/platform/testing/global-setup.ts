import { openTestServer } from './server.ts'

/** Vitest calls this once, before any worker starts; what it returns runs at the end. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await openTestServer()
  process.env.SHUJIANG_TEST_SERVER = server.url
  process.env.SHUJIANG_TEST_TEMPLATE = server.template
  return server.close
}
