import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import {
  aHallOf,
  type HallFixture,
  type HallOptions,
  type Seated,
} from '../server/src/halls/attempts/fixtures.ts'
import { openLease } from '../server/src/halls/attempts/open-lease.ts'
import type { Entered, PaperItem } from '../server/src/halls/attempts/wire.ts'
import { buildServer } from '../server/src/http/server.ts'
import { openDatabase } from '../server/src/platform/db.ts'
import type { World } from './world.ts'

/** A server of the room that can be taken away and brought back at the same address, on the world's database. */
export interface RoomServer {
  address: string
  stop(): Promise<void>
  start(): Promise<void>
}

export async function aRoomServer(world: World): Promise<RoomServer> {
  let server: FastifyInstance | undefined
  let database: ReturnType<typeof openDatabase> | undefined
  let port = 0
  const start = async () => {
    database = openDatabase(world.databaseUrl, { max: 10 })
    const own = { ...world.app, policy: world.app.policy, db: database.db }
    server = await buildServer(own, { mount: () => {}, signIn: async () => undefined })
    await server.listen({ host: '127.0.0.1', port })
    const address = server.server.address()
    if (address && typeof address === 'object') port = address.port
  }
  await start()
  return {
    get address() {
      return `http://127.0.0.1:${port}`
    },
    start,
    async stop() {
      await server?.close()
      await database?.close()
      server = undefined
      database = undefined
    },
  }
}

/** Lets the world's clock run like a clock on the wall; returns how to stop it. */
export function letTimeRun(world: World): () => void {
  const timer = setInterval(() => world.app.clock.advance(0.1), 100)
  return () => clearInterval(timer)
}

const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="400" height="200" fill="#fff" stroke="#000"/><path d="M20 180 120 90 220 120 380 30" fill="none" stroke="#1F4E8C" stroke-width="4"/></svg>')}`

/** Every kind of item, with a scenario and its materials. */
export const ITEMS: PaperItem[] = [
  {
    id: 'q1',
    group: 'g1',
    kind: 'single',
    stem: '数据采集终端与上位机之间最常用的工业总线协议是哪一种？',
    scoreTenths: 100,
    options: [
      { id: 'a', text: 'Modbus' },
      { id: 'b', text: '超文本传输协议' },
      { id: 'c', text: '简单邮件传输协议' },
      { id: 'd', text: '文件传输协议' },
    ],
  },
  {
    id: 'q2',
    group: 'g1',
    kind: 'multiple',
    stem: '下列哪些属于设备联网前应当完成的安全检查？',
    scoreTenths: 100,
    options: [
      { id: 'a', text: '修改默认口令' },
      { id: 'b', text: '关闭不用的端口' },
      { id: 'c', text: '拆除外壳' },
      { id: 'd', text: '核对固件版本' },
    ],
  },
  {
    id: 'q3',
    group: 'g1',
    kind: 'judgement',
    stem: '传感器量程越大，测量精度一定越高。',
    scoreTenths: 50,
    options: [
      { id: 'true', text: '正确' },
      { id: 'false', text: '错误' },
    ],
  },
  {
    id: 'q4',
    group: 'g1',
    kind: 'fill',
    stem: '开放式系统互联模型共有（第 1 空）层，自下而上第三层是（第 2 空）层。',
    scoreTenths: 100,
    blanks: 2,
  },
  { id: 'q5', group: 'g1', kind: 'short', stem: '简述边缘计算的一个优点。', scoreTenths: 100, maxChars: 500 },
  {
    id: 's1',
    group: 'g1',
    kind: 'scenario',
    stem: '某车间一周能耗变化见图，请据此回答后面各题。',
    scoreTenths: 0,
    materials: [
      { title: '图：一周能耗', image: PICTURE },
      { title: '说明', text: '周三更换了电机。\n周五停产半天。' },
    ],
  },
  { id: 'q6', group: 'g1', kind: 'long', stem: '分析能耗上升的可能原因。', scoreTenths: 300, maxChars: 3000 },
  {
    id: 'q7',
    group: 'g1',
    kind: 'file',
    stem: '提交您的分析表。',
    scoreTenths: 250,
    accept: ['.pdf', '.zip'],
  },
]

export async function aHallWithEveryKind(world: World, options: HallOptions = {}): Promise<HallFixture> {
  return aHallOf(world.app, {
    candidates: 2,
    items: ITEMS,
    stage: 'ready',
    ...options,
    rules: {
      fullScreenRequired: false,
      captureRequired: true,
      captureSeconds: { from: 5, to: 8 },
      events: { copy: 'warn', paste: 'block', blur: 'record', hidden: 'record', context_menu: 'block' },
      ...options.rules,
    },
  })
}

/** What `enter` answers, for journeys whose subject is not the door. */
export async function enterAs(
  world: World,
  hall: HallFixture,
  candidate: Seated,
  seatId = candidate.seatId,
): Promise<Entered> {
  const lease = await openLease(world.app, {
    sittingId: hall.sittingId,
    candidateId: candidate.candidateId,
    part: hall.part,
    seatId,
    agent: 'journey',
    admission: randomUUID(),
  })
  if (!lease.ok) throw new Error(lease.refusal.message)
  return {
    ...lease.value,
    candidate: { name: candidate.name, ticketNumber: candidate.ticketNumber },
    seat: { hall: '第1考场', label: '01' },
    sitting: { title: '试验机考', part: hall.part },
  }
}

/** Puts an attempt where the room keeps it, as if this browser had just come through the door. */
export async function sitDown(page: Page, address: string, entered: Entered): Promise<Page> {
  await page.goto(`${address}/exam/rehearsal`)
  await page.evaluate(`(${KEEP_ATTEMPT})(${JSON.stringify(entered)})`)
  await page.goto(`${address}/exam`)
  return page
}

/** In the page's own words: the database as the room lays it out. */
const KEEP_ATTEMPT = `(entered) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('shujiang-exam', 1)
  opening.onupgradeneeded = () => {
    for (const store of ['room', 'answers', 'files', 'captures', 'segments', 'events'])
      opening.result.createObjectStore(store)
  }
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const write = opening.result.transaction('room', 'readwrite')
    write.objectStore('room').put({ entered }, 'attempt')
    write.oncomplete = () => {
      opening.result.close()
      resolve()
    }
  }
})`
const KEPT_ATTEMPT = `new Promise((resolve) => {
  const opening = indexedDB.open('shujiang-exam', 1)
  opening.onsuccess = () => {
    const read = opening.result.transaction('room').objectStore('room').get('attempt')
    read.onsuccess = () => resolve(read.result.entered)
  }
})`

/** What this machine has on its disk: how many records of typed answers and files, and whether it can open the paper. */
export function heldIn(page: Page): Promise<{ answers: number; files: number; key: boolean }> {
  return page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('shujiang-exam', 1)
    opening.onsuccess = () => {
      const read = opening.result.transaction(['answers', 'files', 'room'])
      const answers = read.objectStore('answers').count()
      const files = read.objectStore('files').count()
      const room = read.objectStore('room').get('attempt')
      read.oncomplete = () => {
        opening.result.close()
        resolve({ answers: answers.result, files: files.result, key: Boolean(room.result?.key) })
      }
    }
  })`)
}

/** Puts there what somebody left behind who never pressed 结束并离开. */
export function leaveBehind(page: Page, attempt: string, endMs: number): Promise<unknown> {
  return page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('shujiang-exam', 1)
    opening.onsuccess = () => {
      const write = opening.result.transaction(['answers', 'room'], 'readwrite')
      write.objectStore('answers').put({ nextSeq: 2, items: {} }, '${attempt}')
      write.objectStore('room').put(${endMs}, 'end/${attempt}')
      write.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })`)
}

/** The headers with which the page itself would call. */
export async function secretsIn(page: Page): Promise<Record<string, string>> {
  const { attempt, lease } = (await page.evaluate(KEPT_ATTEMPT)) as Entered
  return { 'x-attempt': attempt, 'x-lease': lease }
}
