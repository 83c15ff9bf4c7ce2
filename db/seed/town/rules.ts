import { addDays } from '../../../server/src/platform/clock.ts'
import { type Way, WUHAN } from '../way/way.ts'
import type { Town } from './stage.ts'

const DEMO = '演示修订，非正式文件'

interface Written {
  kind: 'version' | 'filling' | 'parameter'
  rule: string
  part?: string
  fromOn: string
  reason: string
  // biome-ignore lint/suspicious/noExplicitAny: a script changes the words by field name, as the form does
  change?: (body: any) => object
}

/** Drafts a revision and writes it down; what is not changed stays as the words in force have it. */
async function write(way: Way, written: Written): Promise<string> {
  const officer = way.staff(WUHAN.province)
  const { kind, rule, part = '' } = written
  const { id } = await way.must(officer.act('rules.draft-revision', { kind, rule, part }))
  const { content, saves } = await way.must(officer.read('rules.revision', { id }))
  const body = written.change?.(structuredClone(content.body)) ?? content.body
  const { fromOn, reason } = written
  await way.must(
    officer.act('rules.save-revision', { id, saves, content: { ...content, fromOn, reason, body } }),
  )
  return id
}

/** The province's rules: one text that will hold, one that waits for the second person, and how others ended. */
export function reviseRules(town: Town): void {
  const { way } = town
  const first = () => way.staff(WUHAN.province)
  const second = () => way.staff(WUHAN.provinceSecond)
  const ids = { audience: '', completion: '' }
  const inDays = (days: number) => addDays(town.today, days)

  town.on(-24, '09:30', async () => {
    ids.audience = await write(way, {
      kind: 'version',
      rule: 'hubei.audience',
      fromOn: inDays(60),
      reason: `${DEMO}：毕业学年学生增加技工院校`,
      change: (body) => {
        const students = body.情形[0].路径.find((path: { 路径: string }) => path.路径 === '毕业学年学生')
        students.名称 = '普通高校、技工院校毕业学年学生'
        students.条件.毕业学年学生.学校.push('技工院校')
        return body
      },
    })
    await way.must(first().act('rules.propose-revision', { id: ids.audience }))
  })
  town.on(-22, '15:10', () => way.must(second().act('rules.confirm-revision', { id: ids.audience })))

  town.on(-9, '10:00', async () => {
    ids.completion = await write(way, {
      kind: 'version',
      rule: 'hubei.completion',
      fromOn: inDays(90),
      reason: `${DEMO}：调整结业条件的表述`,
    })
    await way.must(first().act('rules.propose-revision', { id: ids.completion }))
  })
  town.on(-8, '11:20', () =>
    way.must(
      second().act('rules.return-revision', {
        id: ids.completion,
        reason: '文字与文件不一致。请附依据文件，并说明与现行文字的差别。',
      }),
    ),
  )

  town.on(-5, '14:00', async () => {
    const id = await write(way, {
      kind: 'version',
      rule: 'hubei.title-recognition',
      fromOn: inDays(45),
      reason: `${DEMO}：误选规则`,
    })
    await way.must(first().act('rules.withdraw-revision', { id, reason: '起草有误。应修订学时认定规则。' }))
  })
  town.on(-4, '09:50', () =>
    write(way, {
      kind: 'version',
      rule: 'hubei.education-hours',
      fromOn: inDays(45),
      reason: `${DEMO}：起草中`,
    }),
  )
  town.on(-3, '16:00', async () => {
    const id = await write(way, {
      kind: 'filling',
      rule: 'engineer.declaration',
      part: '培训凭证',
      fromOn: inDays(120),
      reason: `${DEMO}：申报须凭当年取得的培训合格证书`,
      change: () => ({ 条件: { 培训合格证书: { 职业: '本职业', 等级: '本等级', 当年: true } } }),
    })
    await way.must(first().act('rules.propose-revision', { id }))
  })
}
