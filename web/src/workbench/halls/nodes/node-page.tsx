import { Modal, Table } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  Facts,
  Group,
  Instant,
  Loaded,
  RecordPage,
  StateOf,
  useParam,
} from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { PACKAGE_WORDS, proofRows } from './words.ts'

type Node = OutputOf<WorkbenchApi, 'halls.read-node'>
type Package = Node['packages'][number]

export function NodePage() {
  const query = useApiQuery('halls.read-node', { nodeId: useParam('id') })
  return <Loaded query={query}>{(one) => <NodeRecord one={one} />}</Loaded>
}

function NodeRecord({ one }: { one: Node }) {
  const [revoking, setRevoking] = useState(false)
  const [back, setBack] = useState<Package | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const revoke = useCommand('halls.revoke-node', { inPlace: true, onDone: () => setRevoking(false) })
  const assign = useCommand('halls.assign-hall-to-node')
  const issue = useCommand('halls.issue-custody-code', { onDone: (given) => setCode(given.code) })
  const propose = useCommand('halls.propose-take-back', { inPlace: true, onDone: () => setBack(null) })
  const takeBack = useCommand('halls.take-back-hall')
  return (
    <RecordPage
      back={{ to: '/halls/nodes', label: '考点节点' }}
      kind="考点节点"
      name={one.name}
      state={one.revokedAt ? '已注销' : '有效'}
      acts={
        <ActButton act={one.actions.revoke ?? undefined} grave onAct={() => setRevoking(true)}>
          注销节点
        </ActButton>
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['考点', one.site],
            ['登记人', one.registeredByName],
            ['最近联系', one.lastSeenAt ? <Instant key="seen" at={one.lastSeenAt} /> : '尚未联系'],
            ['时钟相差', one.clockAheadMs === null ? '—' : `${(one.clockAheadMs / 1000).toFixed(1)} 秒`],
          ],
        },
      ]}
      timeline={one.timeline}
    >
      {one.packages.length === 0 ? (
        <Group title="交接的考场">
          <p>还没有交给它考场。</p>
        </Group>
      ) : null}
      {one.packages.map((pack) => (
        <Group
          key={pack.id}
          title={`${pack.sitting} · ${pack.hall}`}
          acts={
            <div className="desk-head-acts no-print">
              <ActButton
                act={pack.actions.custody ?? undefined}
                onAct={() => void issue.run({ packageId: pack.id })}
              >
                领取保管码
              </ActButton>
              <ActButton act={pack.actions.proposeBack ?? undefined} onAct={() => setBack(pack)}>
                提出收回
              </ActButton>
              <ActButton
                act={pack.actions.takeBack ?? undefined}
                grave
                onAct={() => void takeBack.run({ packageId: pack.id })}
              >
                确认收回
              </ActButton>
            </div>
          }
        >
          <Facts
            rows={[
              ['状态', <StateOf key="state" state={pack.state} of={PACKAGE_WORDS} />],
              ['保管人', pack.custodians.join('、') || '未领码'],
              ['交给节点', <Instant key="assigned" at={pack.assignedAt} />],
              pack.takenAt !== null && ['领取', <Instant key="taken" at={pack.takenAt} />],
              pack.returnedAt !== null && ['归还', <Instant key="returned" at={pack.returnedAt} />],
              ...proofRows(pack),
              pack.refused > 0 && ['未接收', `${pack.refused} 条，见监考台提醒`],
              pack.backReason !== null && [
                '收回',
                `${pack.backProposedByName ?? ''}提出：${pack.backReason}${pack.takenBackByName ? `；${pack.takenBackByName}确认` : ''}`,
              ],
            ]}
          />
        </Group>
      ))}
      {one.assignable.length > 0 && (
        <Group title="可以交给它的考场">
          <Table
            size="middle"
            rowKey="hallId"
            pagination={false}
            dataSource={one.assignable}
            columns={[
              { title: '场次', render: (_, hall) => hall.sitting },
              { title: '考场', render: (_, hall) => hall.hall },
              { title: '开考', render: (_, hall) => <Instant at={hall.startsAt} /> },
              {
                title: '操作',
                render: (_, { sittingId, hallId }) => (
                  <ActButton
                    act={{ allowed: true }}
                    onAct={() => void assign.run({ nodeId: one.id, sittingId, hallId })}
                  >
                    交给节点
                  </ActButton>
                ),
              },
            ]}
          />
        </Group>
      )}
      {revoking && (
        <ReasonDialog
          title="注销节点"
          verb="注销"
          says="注销后密钥立即失效，不能恢复。"
          grave
          problem={revoke.problem}
          running={revoke.running}
          onAct={(reason) => revoke.run({ nodeId: one.id, reason })}
          onClose={() => setRevoking(false)}
        />
      )}
      {back && (
        <ReasonDialog
          title="收回考场"
          verb="提出收回"
          says="须由另一名管理员确认。收回后考生在省平台续考，节点此后归还的内容只留存、不计入。"
          grave
          problem={propose.problem}
          running={propose.running}
          onAct={(reason) => propose.run({ packageId: back.id, reason })}
          onClose={() => setBack(null)}
        />
      )}
      <Modal
        open={code !== null}
        title="保管码"
        okText="已抄录封存"
        cancelButtonProps={{ style: { display: 'none' } }}
        onOk={() => setCode(null)}
        closable={false}
      >
        <p>只显示这一次。请抄录后密封保管，不要与另一个保管码放在一起。</p>
        <p className="num">{code}</p>
      </Modal>
    </RecordPage>
  )
}
