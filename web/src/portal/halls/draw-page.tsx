import { useState } from 'react'
import { type ApiProblem, type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import {
  Answer,
  Button,
  ButtonRow,
  ClauseTap,
  Facts,
  Instant,
  Loaded,
  Page,
  Problem,
  Section,
  StateOf,
  useParam,
} from '../../ui/plain/index.ts'
import { saveFile, useApiQuery } from '../api.ts'
import { DRAW_WORDS } from './words.ts'

type Draw = OutputOf<PortalApi, 'halls.read-draw'>

/** The public proof of a draw: what was fixed when, what came of it, and how anybody checks it. */
export function DrawPage() {
  const query = useApiQuery('halls.read-draw', { number: useParam('number') })
  return (
    <Loaded query={query}>
      {(one) => (
        <Page
          title={one.title}
          lead={`考位抽签公示　${one.number}`}
          back={{ to: '/draws', label: '抽签公示' }}
        >
          <p>
            <StateOf state={one.stage} of={DRAW_WORDS} />　{one.organisation}　开考{' '}
            <Instant at={one.startsAt} />
            {one.family ? `　统考：${one.family.title}` : ''}
          </p>
          <Report one={one} />
          <Order one={one} />
          <Check one={one} />
          <Voided one={one} />
          <ClauseTap id="AH-11" />
        </Page>
      )}
    </Loaded>
  )
}

const hash = { wordBreak: 'break-all', fontFamily: 'monospace' } as const

function Order({ one }: { one: Draw }) {
  const draw = one.draws.find((each) => !each.voidedAt)
  if (!draw) return null
  return (
    <Section title="先后顺序">
      <p>
        种子的摘要最先公布；名单随后锁定；公开值在这之后才由别人公布。四步的时间不能颠倒，所以没有人能挑选座位。
      </p>
      <Facts
        rows={[
          ['一　公布承诺', <Instant key="a" at={draw.committedAt} />],
          [
            '承诺值',
            <span key="b" style={hash}>
              {draw.commitment}
            </span>,
          ],
          ['公开值来源', draw.publicSource],
          ['预计公布', <Instant key="c" at={draw.publicExpectedAt} />],
          [
            '二　锁定名单',
            one.registrationClosedAt ? <Instant key="d" at={one.registrationClosedAt} /> : '尚未',
          ],
          one.inputsSha256
            ? [
                '名单摘要',
                <span key="e" style={hash}>
                  {one.inputsSha256}
                </span>,
              ]
            : undefined,
          ['三　公开值', draw.publicValue ?? '尚未公布'],
          draw.publicKnownAt ? ['公布时间', <Instant key="f" at={draw.publicKnownAt} />] : undefined,
          ['四　抽签', one.drawnAt ? <Instant key="g" at={one.drawnAt} /> : '尚未'],
          one.proofSha256
            ? [
                '证明摘要',
                <span key="h" style={hash}>
                  {one.proofSha256}
                </span>,
              ]
            : undefined,
        ]}
      />
    </Section>
  )
}

function neighboursOf({ sameForm, sameGroup, sameGroupUnavoidable }: NonNullable<Draw['report']>): string {
  const forms = sameForm === 0 ? '相邻的考生不同卷' : `有 ${sameForm} 对相邻的考生同卷`
  if (sameGroup === 0) return `${forms}，也不同单位`
  const least = sameGroupUnavoidable > 0 ? `，其中至少 ${sameGroupUnavoidable} 对无法避免` : ''
  return `${forms}；有 ${sameGroup} 对相邻的考生同单位或同培训机构${least}`
}

function Report({ one }: { one: Draw }) {
  const { report } = one
  if (!report) return null
  return (
    <>
      <Answer>
        {report.candidates} 名考生全部排座，{neighboursOf(report)}。
      </Answer>
      <Section title="排座结果">
        <Facts
          rows={[
            ['考生', `${report.candidates} 人`],
            ['考场与考位', `${report.halls} 个考场，${report.seats} 个可用考位`],
            ['相邻的考生', `${report.neighbours} 对（前后左右）`],
            ['相邻同卷', `${report.sameForm} 对`],
            ['斜角同卷', `${report.diagonalSameForm} 对`],
            [
              '相邻同单位或同培训机构',
              report.sameGroupUnavoidable > 0
                ? `${report.sameGroup} 对，其中至少 ${report.sameGroupUnavoidable} 对无法避免`
                : `${report.sameGroup} 对（调整前 ${report.sameGroupBefore} 对）`,
            ],
          ]}
        />
        {report.remaining.length > 0 ? (
          <details>
            <summary>逐对列出（考场，考位）</summary>
            <ul>
              {report.remaining.map(([hall, first, second]) => (
                <li key={`${hall}${first}${second}`}>
                  {hall}：{first} 与 {second}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </Section>
    </>
  )
}

function Check({ one }: { one: Draw }) {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  if (!one.proofSha256) return null
  const download = async () => {
    setProblem(null)
    try {
      await saveFile('halls.draw-proof', { number: one.number })
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <Section title="自己核验">
      <p>
        证明里有种子、公开值、以代号记录的名单和每个考位。名单中没有姓名和准考证号；您自己的代号印在准考证上。
      </p>
      <Problem problem={problem} />
      <ButtonRow>
        <Button weight="main" onPress={() => void download()}>
          下载抽签证明
        </Button>
      </ButtonRow>
      <p style={{ marginTop: 16 }}>在装有本项目和 Node 的电脑上运行下面的命令，不需要连接本平台：</p>
      <pre
        style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}
      >{`npm run -s seats -- verify 文件 --commitment ${one.draws.find((each) => !each.voidedAt)?.commitment ?? ''}`}</pre>
    </Section>
  )
}

function Voided({ one }: { one: Draw }) {
  const gone = one.draws.filter((each) => each.voidedAt)
  if (gone.length === 0) return null
  return (
    <Section title="已作废的抽签">
      {gone.map((each) => (
        <Facts
          key={each.commitment}
          rows={[
            ['作废时间', <Instant key="a" at={each.voidedAt} />],
            ['理由', each.voidedReason ?? ''],
            [
              '承诺值',
              <span key="b" style={hash}>
                {each.commitment}
              </span>,
            ],
            each.publicValue ? ['当时的公开值', each.publicValue] : undefined,
          ]}
        />
      ))}
    </Section>
  )
}
