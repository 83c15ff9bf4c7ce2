import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { sealAudit, verifyAudit } from '../server/src/platform/audit.ts'
import { openDatabase } from '../server/src/platform/db.ts'
import { startPostgres } from '../server/src/platform/embedded.ts'
import { generator } from './generator.ts'

interface DrillReport {
  ok: boolean
  seed: number
  rounds: number
  /** Acts that were acknowledged and are not there, or whose job never ran. */
  lost: number
  late: number
  /** Numbers given out twice, and acts recorded twice. */
  twice: number
  chainBreaks: number
  faults: Record<string, number>
}

type Fault = 'program' | 'database' | 'both'
const FAULTS: readonly Fault[] = ['program', 'database', 'both']

/**
 * A program acts (number, audit event and job in one transaction, acknowledged when committed) and is killed with
 * its database at moments drawn from the seed; each round starts on what the last one left. At the end everything
 * acknowledged must be there, once.
 */
export async function killDrill({ seed, rounds }: { seed: number; rounds: number }): Promise<DrillReport> {
  const base = mkdtempSync(join(tmpdir(), 'shujiang-drill-'))
  const folder = join(base, 'postgres')
  const draw = generator(seed)
  const acknowledged = new Set<string>()
  const faults: Record<string, number> = {}
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const fault = FAULTS[Math.floor(draw() * FAULTS.length)] ?? 'both'
      const before = acknowledged.size
      const actor = await startActor(folder, acknowledged)
      await sleep(400 + draw() * 1500)
      const postmaster = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
      if (fault !== 'program') process.kill(postmaster, 'SIGKILL')
      if (fault === 'database') await sleep(300)
      await end(actor)
      faults[fault] = (faults[fault] ?? 0) + 1
      console.error(`round ${round}: ${fault} killed after ${acknowledged.size - before} acts`)
    }
    return { seed, rounds, faults, late: 0, ...(await takeStock(folder, acknowledged)) }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

function startActor(folder: string, acknowledged: Set<string>): Promise<ChildProcess> {
  const actor = spawn(process.execPath, [join(import.meta.dirname, 'actor.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    actor.once('exit', (code) => reject(new Error(`the actor ended by itself (${code})`)))
    createInterface({ input: actor.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line === 'acting') resolve(actor)
      else if (line.startsWith('done ')) acknowledged.add(line.slice(5))
    })
  })
}

async function end(actor: ChildProcess) {
  if (actor.exitCode !== null || actor.signalCode !== null) return
  const gone = new Promise((resolve) => actor.once('close', resolve))
  actor.kill('SIGKILL')
  await gone
}

async function takeStock(folder: string, acknowledged: Set<string>) {
  const actor = await startActor(folder, new Set())
  // The last run acts on, too; what counts was acknowledged before. Its jobs run the ones that were left.
  await sleep(1000)
  await end(actor)
  const postgres = await startPostgres({ folder })
  const { db, close } = openDatabase(postgres.url('postgres'))
  const { rows } = await sql<{ act: string; times: number }>`
    select data->>'act' as act, count(*) as times from platform.audit_events group by 1`.execute(db)
  const recorded = new Map(rows.map((row) => [row.act, row.times]))
  const waiting = await acts(
    sql<{ act: string }>`select payload->>'act' as act from graphile_worker._private_jobs`.execute(db),
  )
  const ran = await acts(sql<{ act: string }>`select act from drill.ran`.execute(db))
  const { rows: doubled } = await sql<{ times: number }>`
    select count(*) - count(distinct data->>'number') as times from platform.audit_events`.execute(db)
  while ((await db.transaction().execute((tx) => sealAudit(tx))) > 0);
  const verdict = await verifyAudit(db)
  await close()
  await postgres.stop()

  const lost = [...acknowledged].filter(
    (act) => !recorded.has(act) || !(ran.has(act) || waiting.has(act)),
  ).length
  const twice = [...recorded.values()].filter((times) => times > 1).length + (doubled[0]?.times ?? 0)
  const chainBreaks = verdict.brokenAt === null ? 0 : 1
  console.error(
    `${acknowledged.size} acts acknowledged, ${recorded.size} recorded, ${ran.size} jobs ran, ${waiting.size} wait`,
  )
  return { ok: lost + twice + chainBreaks === 0 && acknowledged.size > 0, lost, twice, chainBreaks }
}

async function acts(found: Promise<{ rows: { act: string }[] }>): Promise<Set<string>> {
  return new Set((await found).rows.map((row) => row.act))
}
