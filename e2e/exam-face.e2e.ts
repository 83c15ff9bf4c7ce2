import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../server/src/exams/fixtures.ts'
import type { Sample } from '../server/src/halls/faces/fixtures.ts'
import { confirmCandidate } from '../server/src/halls/gates/confirm-candidate.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../server/src/halls/gates/fixtures.ts'
import { registerCandidatePhoto } from '../server/src/halls/gates/register-candidate-photo.ts'
import { issueBindCodes } from '../server/src/halls/sites/bind-station.ts'
import { openBrowser, openContext } from './browser.ts'
import { cameraFile, photoFile } from './camera.ts'
import { aRoomServer, ITEMS, letTimeRun, type RoomServer } from './exam-room.ts'
import { expectHeading } from './journey.ts'
import { openWorld, type World } from './world.ts'

const SLOW = 60_000

let world: World
let server: RoomServer
let door: DoorFixture
let folder: string
let stopClock: () => void
const browsers: Browser[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shujiang-film-'))
  world = await openWorld({ startOn: '2026-03-02' })
  stopClock = letTimeRun(world)
  server = await aRoomServer(world)
  door = await aDoor(world.app, { candidates: 2, items: ITEMS, rules: { captureRequired: true } })
  const picture = readFileSync(photoFile(join(folder, 'photo.jpg'), 'man'))
  for (const { ticketNumber } of door.people) {
    const { sittingId } = door
    value(
      await registerCandidatePhoto(world.app, door.chief, {
        sittingId,
        ticketNumber,
        consented: true,
        picture,
      }),
    )
  }
}, 120_000)
afterAll(async () => {
  for (const browser of browsers) await browser.close()
  stopClock?.()
  await server?.stop()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Sits somebody before the machine of a candidate and lets the camera look. */
async function lookAt(person: AtDoor, who: Sample): Promise<Page> {
  const browser = await openBrowser({ film: cameraFile(join(folder, `${who}.y4m`), [who]) })
  browsers.push(browser)
  const context = await openContext(browser, server, 'desk')
  context.setDefaultTimeout(SLOW)
  await context.grantPermissions(['camera'])
  const page = await context.newPage()
  const { hallId, seatId } = person
  const { codes } = value(
    await issueBindCodes(world.app, door.world.evaluation.actor, { hallId, seatIds: [seatId] }),
  )
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await page.goto(`${server.address}/exam`)
  await page.getByLabel('绑定码').fill(codes[0]?.code ?? '')
  await press('绑定')
  await page.getByLabel('准考证号').fill(person.ticketNumber)
  await page.getByLabel('身份证件号码后 6 位').fill(person.idTail.toLowerCase())
  await press('下一步')
  // The photo was registered with its own consent: nobody is asked twice.
  await expectHeading(page, '人脸核验')
  await press('拍照核验')
  return page
}

const faceGate = async (person: AtDoor) => {
  const rows = await world.app.db
    .selectFrom('halls.gateChecks')
    .select(['outcome', 'score'])
    .where('candidateId', '=', person.candidateId)
    .where('gate', '=', 'face')
    .execute()
  return rows.at(-1)
}

async function confirm(person: AtDoor) {
  const { id } = await world.app.db
    .selectFrom('halls.admissions')
    .select('id')
    .where('candidateId', '=', person.candidateId)
    .executeTakeFirstOrThrow()
  return confirmCandidate(world.app, door.invigilator, { admissionId: id, clientAt: world.app.clock.now() })
}

describe('a face before a real camera and a real model', () => {
  it('of the registered person passes; one invigilator confirms and the paper opens', async () => {
    const person = door.people[0] as AtDoor
    const page = await lookAt(person, 'man')
    await expectHeading(page, '等待监考员确认')
    await expect.poll(async () => (await faceGate(person))?.outcome, { timeout: SLOW }).toBe('passed')
    value(await confirm(person))
    await page.getByRole('button', { name: '开始答题', exact: true }).click()
    await page.getByRole('heading', { name: /第 1 题/ }).waitFor()
  })

  it('of somebody else does not pass, and one invigilator alone cannot let them in', async () => {
    const person = door.people[1] as AtDoor
    await lookAt(person, 'woman')
    await expect.poll(async () => (await faceGate(person))?.outcome, { timeout: SLOW }).not.toBeUndefined()
    expect((await faceGate(person))?.outcome).not.toBe('passed')
    const confirmed = await confirm(person)
    expect(confirmed.ok).toBe(false)
  })
})
