import { Link } from '@tanstack/react-router'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  Figures,
  Group,
  Loaded,
  Problem,
  RecordPage,
  StateOf,
  StateTag,
  useParam,
  WideTable,
} from '../../../ui/desk/index.ts'
import { span } from '../../../ui/format.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { JointPapers } from '../papers/joint-papers.tsx'
import { ReasonDialog } from '../reason-dialog.tsx'
import { FAMILY_WORDS, MEMBER_WORDS } from '../words.ts'
import { CommitForm, DrawFacts, NotYet, ValueForm } from './draw-page.tsx'
import { Unifications } from './unifications.tsx'
import '../halls.css'

export type Family = OutputOf<WorkbenchApi, 'halls.read-family'>
type Dialog = 'invite' | 'end' | 'void' | 'decline' | 'join' | null

/** A joint examination: the five unifications, the members, and every site on the day. */
export function FamilyPage() {
  const query = useApiQuery('halls.read-family', { familyId: useParam('id') })
  return <Loaded query={query}>{(one) => <Record one={one} />}</Loaded>
}

function Record({ one }: { one: Family }) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const done = { inPlace: true, onDone: () => setDialog(null) } as const
  const answer = useCommand('halls.answer-invitation', done)
  const end = useCommand('halls.end-family', done)
  const voided = useCommand('halls.void-family-draw', done)
  const [leaving, setLeaving] = useState<Family['sittings'][number] | null>(null)
  const release = useCommand('halls.release-from-family', { inPlace: true, onDone: () => setLeaving(null) })
  const { actions } = one
  return (
    <RecordPage
      back={{ to: '/halls/families', label: '统考联考' }}
      kind="统考联考"
      name={one.title}
      number={one.number}
      state={<StateOf state={one.state} of={FAMILY_WORDS} />}
      acts={
        <>
          {one.state === 'drafted' || one.state === 'announced' ? (
            <ActButton
              act={actions.announce ?? undefined}
              main={one.state === 'drafted'}
              onAct={() => setDialog('invite')}
            >
              {one.state === 'drafted' ? '公布并邀请机构' : '再邀请机构'}
            </ActButton>
          ) : null}
          {actions.answer?.allowed ? (
            <>
              <ActButton
                act={actions.answer}
                main
                busy={answer.running}
                confirm="接受后，把本机构的相应场次加入这次统考。"
                onAct={() => answer.run({ familyId: one.id, accept: true, reason: null })}
              >
                接受邀请
              </ActButton>
              <ActButton act={actions.answer} grave onAct={() => setDialog('decline')}>
                谢绝
              </ActButton>
            </>
          ) : null}
          {actions.join?.allowed ? (
            <ActButton act={actions.join} main onAct={() => setDialog('join')}>
              加入场次
            </ActButton>
          ) : null}
          {actions.voidDraw?.allowed ? (
            <ActButton act={actions.voidDraw} grave onAct={() => setDialog('void')}>
              作废抽签
            </ActButton>
          ) : null}
          {actions.end?.allowed ? (
            <ActButton act={actions.end} grave onAct={() => setDialog('end')}>
              {one.state === 'running' ? '结束统考' : '取消统考'}
            </ActButton>
          ) : null}
        </>
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['职业', `${one.occupationName} ${one.level}`],
            ['方向', one.direction ?? '各方向'],
            ['理论知识考试', span(one.theoryStartsAt, one.theoryEndsAt)],
            ['专业能力考核', span(one.abilityStartsAt, one.abilityEndsAt)],
            [
              '参加机构',
              `${one.members.filter((each) => each.state === 'accepted').length} / ${one.members.length} 家`,
            ],
            ['场次', `${one.sittings.length} 场`],
          ],
        },
      ]}
      timeline={one.timeline}
    >
      {one.state === 'drafted' || one.state === 'cancelled' ? null : <JointPapers familyId={one.id} />}
      <Progress one={one} />
      <Unifications one={one} />
      <FamilyDraw one={one} />
      <Group title="机构">
        <WideTable
          size="middle"
          rowKey="organisationId"
          pagination={false}
          dataSource={one.members}
          locale={{ emptyText: '还没有邀请机构。' }}
          columns={[
            { title: '机构', dataIndex: 'organisation' },
            { title: '答复', render: (_, each) => <StateOf state={each.state} of={MEMBER_WORDS} /> },
            { title: '说明', render: (_, each) => each.decidedReason ?? '' },
            {
              title: '场次',
              render: (_, each) =>
                one.sittings
                  .filter((sitting) => sitting.organisation === each.organisation)
                  .map((sitting) => (
                    <div key={sitting.sittingId}>
                      <Link to={`/halls/arrangements/${sitting.sittingId}`} className="num">
                        {sitting.number}
                      </Link>{' '}
                      {actions.release?.allowed ? (
                        <Button size="small" onClick={() => setLeaving(sitting)}>
                          移出统考
                        </Button>
                      ) : null}
                    </div>
                  )),
            },
          ]}
        />
      </Group>
      {dialog === 'invite' ? <InviteDialog one={one} onClose={() => setDialog(null)} /> : null}
      {dialog === 'join' ? <JoinDialog one={one} onClose={() => setDialog(null)} /> : null}
      {dialog === 'decline' ? (
        <ReasonDialog
          title="谢绝邀请"
          verb="谢绝"
          says="省级主管部门会看到您写的理由。"
          problem={answer.problem}
          running={answer.running}
          onAct={(reason) => answer.run({ familyId: one.id, accept: false, reason })}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'end' ? (
        <ReasonDialog
          title={one.state === 'running' ? '结束统考' : '取消统考'}
          verb={one.state === 'running' ? '结束' : '取消统考'}
          says="各成员场次不受影响，可各自继续办理。"
          grave
          problem={end.problem}
          running={end.running}
          onAct={(reason) => end.run({ familyId: one.id, reason })}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {leaving ? (
        <ReasonDialog
          title={`将场次 ${leaving.number} 移出统考`}
          verb="移出"
          says={`${leaving.organisation}的这一场此后自行抽签，名单重新开放。`}
          grave
          problem={release.problem}
          running={release.running}
          onAct={(reason) => release.run({ familyId: one.id, sittingId: leaving.sittingId, reason })}
          onClose={() => setLeaving(null)}
        />
      ) : null}
      {dialog === 'void' ? (
        <ReasonDialog
          title="作废统考抽签"
          verb="作废"
          says="所有成员场次的座位失效、名单重新开放。作废和理由会一直留在公示页上。"
          grave
          problem={voided.problem}
          running={voided.running}
          onAct={(reason) => voided.run({ familyId: one.id, reason })}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </RecordPage>
  )
}

type Site = Family['progress'][number]

function Progress({ one }: { one: Family }) {
  if (one.progress.length === 0) return null
  const sum = (of: (site: Site) => number) => one.progress.reduce((total, site) => total + of(site), 0)
  const behind = (site: Site) =>
    one.state === 'running' && site.candidates > 0 && site.admitted > 0 && site.started < site.admitted
  return (
    <Group title={`各考点进度（${one.progress.length} 个）`}>
      <Figures
        items={[
          { label: '考生', value: sum((site) => site.candidates) },
          { label: '已入场', value: sum((site) => site.admitted) },
          { label: '已开考', value: sum((site) => site.started) },
          { label: '已交卷', value: sum((site) => site.handedIn) },
          { label: '待处理提醒', value: sum((site) => site.alerts) },
          { label: '失去联系', value: sum((site) => site.silent) },
        ]}
      />
      <WideTable<Site>
        size="middle"
        rowKey={(site) => `${site.siteId}${site.sittingId}`}
        pagination={one.progress.length > 50 ? { pageSize: 50 } : false}
        dataSource={[...one.progress].sort(
          (a, b) => b.urgent - a.urgent || b.silent - a.silent || b.alerts - a.alerts,
        )}
        columns={[
          {
            title: '考点',
            render: (_, site) => <Link to={`/halls/arrangements/${site.sittingId}`}>{site.site}</Link>,
          },
          { title: '市州', dataIndex: 'cityName' },
          { title: '考生', dataIndex: 'candidates', align: 'right' },
          { title: '已入场', dataIndex: 'admitted', align: 'right' },
          { title: '已开考', dataIndex: 'started', align: 'right' },
          { title: '已交卷', dataIndex: 'handedIn', align: 'right' },
          {
            title: '提醒',
            render: (_, site) =>
              site.urgent > 0 ? (
                <StateTag tone="refused">{`紧急 ${site.urgent}，共 ${site.alerts}`}</StateTag>
              ) : site.alerts > 0 ? (
                <StateTag tone="waiting">{`${site.alerts}`}</StateTag>
              ) : (
                '无'
              ),
          },
          {
            title: '情况',
            render: (_, site) =>
              site.silent > 0 ? (
                <StateTag tone="refused">{`${site.silent} 台失去联系`}</StateTag>
              ) : behind(site) ? (
                <StateTag tone="waiting">{`${site.admitted - site.started} 人入场未开考`}</StateTag>
              ) : site.ended === site.halls ? (
                <StateTag tone="done">已结束</StateTag>
              ) : (
                <StateTag tone="idle">正常</StateTag>
              ),
          },
          { title: '机构', dataIndex: 'organisation' },
          { title: '场次', render: (_, site) => <span className="num">{site.sitting}</span> },
        ]}
      />
    </Group>
  )
}

function FamilyDraw({ one }: { one: Family }) {
  const commit = useCommand('halls.commit-family-draw', { inPlace: true })
  const draw = useCommand('halls.draw-family', { inPlace: true })
  const standing = one.draws.find((each) => !each.voidedAt)
  if (one.state === 'drafted' || one.state === 'cancelled') return null
  return (
    <Group title="一次抽签">
      {standing ? <DrawFacts draw={standing} /> : <p>还没有公布抽签承诺。</p>}
      {actionsAllow(one.actions.commit) ? (
        <CommitForm
          problem={commit.problem}
          running={commit.running}
          onCommit={(input) => commit.run({ familyId: one.id, ...input })}
        />
      ) : null}
      {standing && !standing.drawnAt ? (
        actionsAllow(one.actions.draw) ? (
          <ValueForm
            problem={draw.problem}
            running={draw.running}
            onDraw={(input) => draw.run({ familyId: one.id, ...input })}
          />
        ) : (
          <NotYet act={one.actions.draw} verb="抽签" says="还没有抽签。" />
        )
      ) : null}
      {standing?.drawnAt ? (
        <p>
          公示：
          {one.sittings.map((sitting) => (
            <a
              key={sitting.sittingId}
              href={`/draws/${sitting.number}`}
              target="_blank"
              rel="noreferrer"
              style={{ marginRight: 12 }}
            >
              {sitting.number}
            </a>
          ))}
        </p>
      ) : null}
    </Group>
  )
}

const actionsAllow = (act: Family['actions']['draw']) => act?.allowed === true

function InviteDialog({ one, onClose }: { one: Family; onClose: () => void }) {
  const choices = useApiQuery('halls.family-choices')
  const announce = useCommand('halls.announce-family', { inPlace: true, onDone: onClose })
  const [ids, setIds] = useState<string[]>([])
  const asked = new Set(one.members.map((each) => each.organisationId))
  return (
    <Modal
      open
      title={one.state === 'drafted' ? '公布统考并邀请机构' : '再邀请机构'}
      okText={one.state === 'drafted' ? '公布并邀请' : '邀请'}
      cancelText="取消"
      okButtonProps={{ disabled: ids.length === 0 }}
      confirmLoading={announce.running}
      onCancel={onClose}
      onOk={() => void announce.run({ familyId: one.id, organisationIds: ids })}
    >
      <Problem problem={announce.problem} />
      <p>公布后五统一不能再改。受邀机构接受后，把自己的场次加入。</p>
      <label htmlFor="invited">评价机构</label>
      <Select
        id="invited"
        mode="multiple"
        style={{ width: '100%' }}
        optionFilterProp="label"
        value={ids}
        options={(choices.data?.institutions ?? [])
          .filter((each) => !asked.has(each.id))
          .map((each) => ({ value: each.id, label: each.name }))}
        onChange={setIds}
      />
    </Modal>
  )
}

function JoinDialog({ one, onClose }: { one: Family; onClose: () => void }) {
  const join = useCommand('halls.join-family', { inPlace: true, onDone: onClose })
  const [sittingId, setSitting] = useState<string>()
  return (
    <Modal
      open
      title="加入场次"
      okText="加入"
      cancelText="取消"
      okButtonProps={{ disabled: !sittingId }}
      confirmLoading={join.running}
      onCancel={onClose}
      onOk={() => sittingId && void join.run({ familyId: one.id, sittingId })}
    >
      <Problem problem={join.problem} />
      <p>只列出本机构正在编排、尚未加入统考的场次；职业、等级和时间须与统考一致。</p>
      <label htmlFor="joined">场次</label>
      <Select
        id="joined"
        style={{ width: '100%' }}
        {...(sittingId ? { value: sittingId } : {})}
        options={one.joinable.map((each) => ({
          value: each.sittingId,
          label: `${each.number} ${each.title}`,
        }))}
        onChange={setSitting}
      />
    </Modal>
  )
}
