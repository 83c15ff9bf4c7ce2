// npm run chain: the main job, start to end, over the public HTTP API as its roles, on a throw-away database.
import { parseArgs } from 'node:util'
import { settleCast } from '../../db/seed/settle-cast.ts'
import { wayOverHttp } from '../way-over-http.ts'
import { openWorld } from '../world.ts'
import { walkHubei } from './hubei.ts'
import { chainLog, type Step } from './step.ts'

const { values } = parseArgs({
  options: { province: { type: 'string', default: 'hubei' }, json: { type: 'boolean', default: false } },
})
if (values.province !== 'hubei') {
  console.error(`--province ${values.province}: only hubei has its chain so far`)
  process.exit(2)
}

function say(step: Step): void {
  const refused = step.refused.map((one) => `      ✗ ${one.tried} → ${one.code} (${one.clause ?? 'order'})`)
  process.stderr.write(
    `✓ ${step.step} [${step.clause}] ${step.actor}: ${step.result}  ${step.ms} ms, ${step.queries} queries\n${refused.join('\n')}\n`,
  )
}

const world = await openWorld({ startOn: '2026-03-02', databaseUrl: process.env.DATABASE_URL })
const log = chainLog(say)
let ok = false
let broken: string | undefined
try {
  const cast = await settleCast(world.app)
  await walkHubei(world, cast, await wayOverHttp(world), log)
  ok = true
} catch (error) {
  broken = error instanceof Error ? error.message : String(error)
  process.stderr.write(`✗ ${broken}\n`)
} finally {
  await world.close()
}
if (values.json)
  console.log(
    JSON.stringify({ ok, province: values.province, steps: log.steps, ...(broken ? { broken } : {}) }),
  )
process.exitCode = ok ? 0 : 1
