import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { type ApiProblem, problemOf } from '../../../ui/api.ts'
import { Group, Loaded, Problem, StateTag, WideTable } from '../../../ui/desk/index.ts'
import { openFile, useApiQuery, useCommand } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { ROLE_WORDS } from '../words.ts'
import type { Arrangement } from './arrangement-page.tsx'

type HallRow = Arrangement['halls'][number]
type Role = keyof typeof ROLE_WORDS

/** The halls of a sitting with who invigilates each, and what to print for the door. */
export function HallsOfSitting({ one }: { one: Arrangement }) {
  const [staffing, setStaffing] = useState<HallRow | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const print = async (
    paper: 'halls.print-tickets' | 'halls.print-door-sheet' | 'halls.print-seat-map',
    hallId: string,
  ) => {
    setProblem(null)
    await openFile(paper, { sittingId: one.sittingId, hallId }).catch((error) => setProblem(problemOf(error)))
  }
  const mayTickets = useMe().data?.permissions.includes('tickets.publish')
  return (
    <Group title={`考场与监考（${one.halls.length} 个）`}>
      <Problem problem={problem} />
      <WideTable<HallRow>
        size="middle"
        rowKey="hallId"
        pagination={false}
        scroll={{ x: 620 }}
        dataSource={one.halls}
        locale={{ emptyText: '还没有选定考场。' }}
        columns={[
          { title: '考场', render: (_, hall) => `${hall.site} ${hall.hall}` },
          { title: '可用', dataIndex: 'usable', align: 'right' },
          { title: one.drawnAt ? '考生' : '预计考生', render: (_, hall) => hall.expected, align: 'right' },
          {
            title: '监考员',
            render: (_, hall) => {
              const standing = hall.invigilators.filter((each) => each.role !== 'patrol')
              return (
                <>
                  {hall.invigilators.map((each) => (
                    <div key={each.accountId}>
                      {each.name}
                      {each.role === 'invigilator' ? '' : `（${ROLE_WORDS[each.role]}）`}
                    </div>
                  ))}
                  {standing.length < hall.needed ? (
                    <StateTag tone="waiting">{`应有 ${hall.needed} 人，还差 ${hall.needed - standing.length} 人`}</StateTag>
                  ) : null}
                </>
              )
            },
          },
          { title: '已绑定', render: (_, hall) => `${hall.bound} / ${hall.usable + hall.spare}` },
          {
            title: '办理',
            width: 210,
            render: (_, hall) => (
              <div className="act-stack">
                {one.actions.assign?.allowed ? (
                  <Button size="small" onClick={() => setStaffing(hall)}>
                    安排监考
                  </Button>
                ) : null}
                {one.actions.print?.allowed && hall.seated > 0 ? (
                  <>
                    {mayTickets ? (
                      <Button size="small" onClick={() => void print('halls.print-tickets', hall.hallId)}>
                        准考证
                      </Button>
                    ) : null}
                    <Button size="small" onClick={() => void print('halls.print-door-sheet', hall.hallId)}>
                      门贴
                    </Button>
                    <Button size="small" onClick={() => void print('halls.print-seat-map', hall.hallId)}>
                      座次图
                    </Button>
                  </>
                ) : null}
              </div>
            ),
          },
        ]}
      />
      {staffing ? <StaffDialog one={one} hall={staffing} onClose={() => setStaffing(null)} /> : null}
    </Group>
  )
}

function StaffDialog({ one, hall, onClose }: { one: Arrangement; hall: HallRow; onClose: () => void }) {
  const choices = useApiQuery('halls.arrangement-choices', { sittingId: one.sittingId })
  const assign = useCommand('halls.assign-invigilators', { inPlace: true, onDone: onClose })
  const [people, setPeople] = useState<{ accountId: string; role: Role }[]>(() =>
    hall.invigilators.map(({ accountId, role }) => ({ accountId, role })),
  )
  const own = new Set(hall.invigilators.map((each) => each.accountId))
  const ofRole = (role: Role) => people.filter((each) => each.role === role).map((each) => each.accountId)
  const setRole = (role: Role, ids: string[]) =>
    setPeople([
      ...people.filter((each) => each.role !== role && !ids.includes(each.accountId)),
      ...ids.map((accountId) => ({ accountId, role })),
    ])
  return (
    <Modal
      open
      width={640}
      title={`安排监考：${hall.hall}`}
      okText="保存"
      cancelText="取消"
      confirmLoading={assign.running}
      onCancel={onClose}
      onOk={() => void assign.run({ sittingId: one.sittingId, hallId: hall.hallId, people })}
    >
      <Problem problem={assign.problem} />
      <p>
        预计考生 {hall.expected} 人，至少 {hall.needed}
        名监考员，其中一名主监考。流动监考可以看多个考场，不计入人数。
      </p>
      <Loaded query={choices}>
        {({ invigilators }) => {
          const options = (role: Role) =>
            invigilators.map((each) => {
              const busy =
                role !== 'patrol' && each.assignedTo && !own.has(each.accountId)
                  ? `已在 ${each.assignedTo}`
                  : null
              const because = each.because ?? busy
              return {
                value: each.accountId,
                label: because ? `${each.name}（${because}）` : each.name,
                disabled: because !== null,
              }
            })
          return (
            <>
              {(Object.keys(ROLE_WORDS) as Role[]).map((role) => (
                <p key={role}>
                  <label htmlFor={`role-${role}`}>{ROLE_WORDS[role]}</label>
                  <Select
                    id={`role-${role}`}
                    mode="multiple"
                    {...(role === 'chief' ? { maxCount: 1 } : {})}
                    style={{ width: '100%' }}
                    optionFilterProp="label"
                    value={ofRole(role)}
                    options={options(role)}
                    onChange={(ids) => setRole(role, ids)}
                  />
                </p>
              ))}
              {invigilators.length === 0 ? <p>本机构还没有监考员账号，请先在人员管理中邀请。</p> : null}
            </>
          )
        }}
      </Loaded>
    </Modal>
  )
}
