import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { choicesOf, Day, ListPage, Nothing, StateOf, type StateWords } from '../../ui/desk/index.ts'
import { saveFile, useCommand, useList } from '../api.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { STAFF_ROLES } from './words.ts'

export type Staff = OutputOf<WorkbenchApi, 'people.list-staff'>['rows'][number]

const STATES: StateWords = {
  active: ['正常', 'done'],
  invited: ['待设置密码', 'waiting'],
  unbound: ['未绑定动态口令', 'waiting'],
  disabled: ['已停用', 'refused'],
  ended: ['已结束', 'idle'],
}

/** Staff of the own organisation (of every one for the administrator), by membership. */
export function StaffPage() {
  const list = useList('people.list-staff')
  const [inviting, setInviting] = useState(false)
  return (
    <>
      <ListPage
        title="工作人员"
        lead="一人可有多个身份。停用立即生效，恢复后原有身份不变。"
        list={list}
        rowKey={(row) => row.membershipId}
        searchHint="姓名、账号或单位"
        filters={[
          { name: 'role', label: '身份', choices: STAFF_ROLES },
          { name: 'state', label: '状态', choices: choicesOf(STATES) },
        ]}
        columns={[
          { title: '姓名', render: (row) => row.name },
          { title: '账号', render: (row) => row.username ?? <Nothing /> },
          { title: '身份', render: (row) => row.roleTitle },
          { title: '单位', render: (row) => row.organisationName },
          { title: '起止', render: (row) => <Span staff={row} /> },
          { title: '状态', render: (row) => <StateOf state={row.state} of={STATES} /> },
          { title: '办理', render: (row) => <StaffActs staff={row} /> },
        ]}
        onExport={() => saveFile('people.export-staff', list.input as never)}
        acts={
          <Button type="primary" onClick={() => setInviting(true)}>
            邀请工作人员
          </Button>
        }
        empty="还没有工作人员。请邀请第一位。"
      />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  )
}

function Span({ staff }: { staff: Staff }) {
  return (
    <>
      <Day on={staff.fromOn} /> 至 {staff.toOn ? <Day on={staff.toOn} /> : '今'}
    </>
  )
}

type Asking = 'disable' | 'reset' | 'end'
const ASKS: Record<Asking, { title: string; says: string; verb: string }> = {
  disable: {
    title: '停用账号',
    says: '停用后该账号立即退出，不能再登录办理业务。可随时恢复。',
    verb: '停用',
  },
  reset: {
    title: '重置动态口令',
    says: '原动态口令立即失效，本人下次登录时重新绑定。请先确认是本人申请。',
    verb: '重置',
  },
  end: {
    title: '结束身份',
    says: '该身份从今天起不再有效，其他身份不受影响。需要时可重新邀请。',
    verb: '结束',
  },
}

function StaffActs({ staff }: { staff: Staff }) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const close = { inPlace: true, onDone: () => setAsking(null) }
  const disable = useCommand('people.disable-staff', close)
  const reset = useCommand('people.reset-second-factor', close)
  const end = useCommand('people.end-membership', close)
  const restore = useCommand('people.restore-staff')
  const renew = useCommand('people.renew-password-link', { onDone: (answer) => setLink(answer.link) })
  if (staff.self) return <>本人</>
  if (staff.state === 'ended') return <Nothing />
  const { accountId, membershipId } = staff
  const running = { disable, reset, end }
  const run = (reason: string) => {
    if (asking === 'end') return void end.run({ membershipId, reason })
    if (asking) void running[asking].run({ accountId, reason })
  }
  const small = { type: 'link', size: 'small' } as const
  return (
    <>
      {staff.state === 'disabled' ? (
        <Button {...small} loading={restore.running} onClick={() => void restore.run({ accountId })}>
          恢复
        </Button>
      ) : (
        <>
          <Button {...small} onClick={() => setAsking('disable')}>
            停用
          </Button>
          {staff.state === 'active' ? (
            <Button {...small} onClick={() => setAsking('reset')}>
              重置动态口令
            </Button>
          ) : null}
          <Button {...small} loading={renew.running} onClick={() => void renew.run({ accountId })}>
            发密码链接
          </Button>
        </>
      )}
      <Button {...small} onClick={() => setAsking('end')}>
        结束身份
      </Button>
      {asking ? (
        <ReasonDialog
          {...ASKS[asking]}
          title={`${ASKS[asking].title}：${staff.name}`}
          running={running[asking].running}
          problem={running[asking].problem}
          onAct={run}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {link ? <LinkDialog name={staff.name} link={link} onClose={() => setLink(null)} /> : null}
    </>
  )
}
