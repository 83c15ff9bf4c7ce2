import { Input } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  DeskPage,
  Facts,
  Group,
  Instant,
  InstantInput,
  Loaded,
  Notice,
  Problem,
  StateTag,
  useParam,
} from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import type { Arrangement } from './arrangement-page.tsx'
import '../halls.css'

type Draw = OutputOf<WorkbenchApi, 'halls.read-arrangement'>['draws'][number]

/** 抽签排座: commit, close the list, enter the value, read the proof; each step says why it comes when it comes. */
export function DrawPage() {
  const sittingId = useParam('id')
  const query = useApiQuery('halls.read-arrangement', { sittingId })
  return (
    <Loaded query={query}>
      {(one) => (
        <DeskPage
          title="抽签排座"
          back={{ to: `/halls/arrangements/${sittingId}`, label: one.title }}
          lead="种子的摘要先公布，名单再锁定，公开值最后才知道：没有人能挑选座位，任何人都能重算。"
        >
          <DrawSteps one={one} />
        </DeskPage>
      )}
    </Loaded>
  )
}

function DrawSteps({ one }: { one: Arrangement }) {
  const { sittingId, actions } = one
  const close = useCommand('halls.close-registration')
  const commit = useCommand('halls.commit-draw', { inPlace: true })
  const draw = useCommand('halls.draw-seats', { inPlace: true })
  const [voiding, setVoiding] = useState(false)
  const voided = useCommand('halls.void-draw', { inPlace: true, onDone: () => setVoiding(false) })
  const standing = one.draws.find((each) => !each.voidedAt)
  return (
    <>
      {one.family ? (
        <Notice tone="waiting">
          本场属于统考「{one.family.title}」，承诺和抽签由省级统一办理；评价机构只需锁定名单。
        </Notice>
      ) : null}
      <Group title="一、公布承诺">
        {standing ? (
          <DrawFacts draw={standing} />
        ) : actions.commit?.allowed ? (
          <CommitForm
            problem={commit.problem}
            running={commit.running}
            onCommit={(input) => commit.run({ sittingId, ...input })}
          />
        ) : (
          <NotYet act={actions.commit} verb="公布承诺" says="还没有公布抽签承诺。" />
        )}
      </Group>
      <Group title="二、锁定名单">
        {one.registrationClosedAt ? (
          <Facts
            rows={[
              ['锁定时间', <Instant key="at" at={one.registrationClosedAt} />],
              ['考生', `${one.candidates} 人`],
              [
                '名单摘要',
                <span key="hash" className="hash">
                  {one.inputsSha256}
                </span>,
              ],
            ]}
          />
        ) : (
          <>
            <p>
              锁定后考生、考场、便利安排都不能再改。名单以代号记录，摘要随即公布；必须在公开值公布之前办理。
            </p>
            <ActButton
              act={actions.closeRegistration ?? undefined}
              main
              busy={close.running}
              confirm={`将锁定 ${one.candidates} 名考生和 ${one.halls.length} 个考场。`}
              onAct={() => close.run({ sittingId })}
            >
              锁定名单
            </ActButton>
          </>
        )}
      </Group>
      <Group title="三、填写公开值并抽签">
        {one.drawnAt && standing ? (
          <Facts
            rows={[
              [
                '公开值',
                <strong key="value" className="num">
                  {standing.publicValue}
                </strong>,
              ],
              ['公布时间', <Instant key="known" at={standing.publicKnownAt} />],
              ['填写人', standing.publicByName ?? ''],
              ['抽签时间', <Instant key="drawn" at={one.drawnAt} />],
              ['已排座', `${one.seated} 人`],
              [
                '证明摘要',
                <span key="proof" className="hash">
                  {one.proofSha256}
                </span>,
              ],
              [
                '公示与证明',
                <a key="public" href={`/draws/${one.number}`} target="_blank" rel="noreferrer">
                  查看公示页、下载证明
                </a>,
              ],
            ]}
          />
        ) : actions.draw?.allowed ? (
          <ValueForm
            problem={draw.problem}
            running={draw.running}
            onDraw={(input) => draw.run({ sittingId, ...input })}
          />
        ) : (
          <NotYet act={actions.draw} verb="抽签" says="还没有抽签。" />
        )}
      </Group>
      {actions.voidDraw?.allowed ? (
        <Group title="作废">
          <p>确需变动时，可以作废这次承诺和抽签，重新开放名单。作废和理由会一直留在公示页上。</p>
          <ActButton act={actions.voidDraw} grave onAct={() => setVoiding(true)}>
            作废抽签
          </ActButton>
        </Group>
      ) : null}
      {one.draws.some((each) => each.voidedAt) ? (
        <Group title="已作废的抽签">
          {one.draws
            .filter((each) => each.voidedAt)
            .map((each) => (
              <Facts
                key={each.commitment}
                rows={[
                  ['作废', <Instant key="at" at={each.voidedAt} />],
                  ['理由', each.voidedReason ?? ''],
                  [
                    '承诺值',
                    <span key="hash" className="hash">
                      {each.commitment}
                    </span>,
                  ],
                ]}
              />
            ))}
        </Group>
      ) : null}
      {voiding ? (
        <ReasonDialog
          title="作废抽签、重新开放名单"
          verb="作废"
          says="已排的座位和已发布的准考证随之失效，须重新公布承诺、锁定名单、抽签。"
          grave
          problem={voided.problem}
          running={voided.running}
          onAct={(reason) => voided.run({ sittingId, reason })}
          onClose={() => setVoiding(false)}
        />
      ) : null}
    </>
  )
}

/** Who could act reads why not now; who only looks on reads how it stands. */
export function NotYet(props: { act: Arrangement['actions']['draw']; verb: string; says: string }) {
  if (!props.act) return <p>{props.says}</p>
  return (
    <ActButton act={props.act} onAct={() => undefined}>
      {props.verb}
    </ActButton>
  )
}

export function DrawFacts({ draw }: { draw: Draw }) {
  return (
    <Facts
      rows={[
        [
          '承诺值',
          <span key="hash" className="hash">
            {draw.commitment}
          </span>,
        ],
        ['公布', <Instant key="at" at={draw.committedAt} />],
        ['公布人', draw.committedByName],
        ['公开值来源', draw.publicSource],
        ['预计公布', <Instant key="expected" at={draw.publicExpectedAt} />],
        draw.drawnAt
          ? [
              '状态',
              <StateTag key="state" tone="done">
                已抽签
              </StateTag>,
            ]
          : undefined,
      ]}
    />
  )
}

type Problems = Parameters<typeof Problem>[0]['problem']

/** A form's act while something is still to be filled in. */
const unless = (missing: string | false) =>
  missing
    ? {
        allowed: false as const,
        because: { code: 'FORM_INCOMPLETE', message: missing, clause: null, facts: {} },
      }
    : { allowed: true as const }

export function CommitForm(props: {
  problem: Problems
  running: boolean
  onCommit: (input: { publicSource: string; publicExpectedAt: string }) => unknown
}) {
  const [source, setSource] = useState('')
  const [at, setAt] = useState<string>()
  const id = useId()
  return (
    <>
      <Problem problem={props.problem} />
      <p>
        系统随机生成种子并加密保存，现在只公布它的摘要。请写明将来用哪一个公开值，例如某彩种某期的开奖号码、某日某指数的收盘点位。
      </p>
      <p>
        <label htmlFor={`${id}source`}>公开值来源、期号和取法</label>
        <Input.TextArea
          id={`${id}source`}
          rows={2}
          maxLength={300}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
      </p>
      <p>
        <label htmlFor={`${id}at`}>预计公布时间</label>{' '}
        <InstantInput id={`${id}at`} {...(at ? { value: at } : {})} onChange={setAt} />
      </p>
      <ActButton
        act={unless(
          (source.trim().length < 6 && '请先写明公开值来源、期号和取法。') || (!at && '请填写预计公布时间。'),
        )}
        main
        busy={props.running}
        confirm="公布后不能更换，只能写明理由作废。填写公开值须由您以外的另一人办理。"
        onAct={() => at && props.onCommit({ publicSource: source.trim(), publicExpectedAt: at })}
      >
        公布承诺
      </ActButton>
    </>
  )
}

export function ValueForm(props: {
  problem: Problems
  running: boolean
  onDraw: (input: { publicValue: string; publicKnownAt: string }) => unknown
}) {
  const [value, setValue] = useState('')
  const [again, setAgain] = useState('')
  const [at, setAt] = useState<string>()
  const id = useId()
  const same = value.trim() !== '' && value.trim() === again.trim()
  return (
    <>
      <Problem problem={props.problem} />
      <p>请照来源原样填写两遍。填写后立即抽签并公布证明，座位随之确定。</p>
      <p>
        <label htmlFor={`${id}value`}>公开值</label>
        <Input
          id={`${id}value`}
          maxLength={64}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </p>
      <p>
        <label htmlFor={`${id}again`}>再填一遍</label>
        <Input
          id={`${id}again`}
          maxLength={64}
          value={again}
          status={again && !same ? 'error' : ''}
          onChange={(event) => setAgain(event.target.value)}
        />
      </p>
      {again && !same ? <Notice tone="waiting">两次填写不一致。</Notice> : null}
      <p>
        <label htmlFor={`${id}at`}>公布时间</label>{' '}
        <InstantInput id={`${id}at`} {...(at ? { value: at } : {})} onChange={setAt} />
      </p>
      <ActButton
        act={unless((!same && '请先把公开值照样填写两遍。') || (!at && '请填写公布时间。'))}
        main
        busy={props.running}
        confirm={`公开值 ${value.trim()}，抽签后不能更改。`}
        onAct={() => at && props.onDraw({ publicValue: value.trim(), publicKnownAt: at })}
      >
        抽签
      </ActButton>
    </>
  )
}
