import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ActButton, Group, Loaded, Problem, RecordPage, StateOf, useParam } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { SITE_WORDS } from '../words.ts'
import { SeatEditor } from './seat-editor.tsx'

export type HallRecord = OutputOf<WorkbenchApi, 'halls.read-hall'>
type Codes = OutputOf<WorkbenchApi, 'halls.issue-bind-codes'>

export function HallPage() {
  const query = useApiQuery('halls.read-hall', { hallId: useParam('id') })
  return <Loaded query={query}>{(one) => <Hall one={one} key={one.id} />}</Loaded>
}

function Hall({ one }: { one: HallRecord }) {
  const [closing, setClosing] = useState(false)
  const [releasing, setReleasing] = useState(false)
  const [changing, setChanging] = useState(false)
  const [codes, setCodes] = useState<Codes | null>(null)
  const issue = useCommand('halls.issue-bind-codes', { onDone: setCodes })
  const close = useCommand('halls.close-hall', { inPlace: true, onDone: () => setClosing(false) })
  const release = useCommand('halls.release-stations', { inPlace: true, onDone: () => setReleasing(false) })
  const count = (state: string) => one.seats.filter((seat) => seat.state === state).length
  const bound = one.seats.filter((seat) => seat.bound)
  return (
    <RecordPage
      back={{ to: `/halls/sites/${one.site.id}`, label: one.site.name }}
      kind="考场"
      name={one.name}
      state={<StateOf state={one.state} of={SITE_WORDS} />}
      acts={
        <>
          <ActButton
            act={one.actions.bind ?? undefined}
            busy={issue.running}
            confirm="为还没有绑定的机器各发一个一次性绑定码，12 小时内有效，以前没用的码作废。"
            onAct={() => issue.run({ hallId: one.id })}
          >
            发放绑定码
          </ActButton>
          {bound.length > 0 ? (
            <ActButton act={one.actions.bind ?? undefined} onAct={() => setReleasing(true)}>
              解除全部绑定
            </ActButton>
          ) : null}
          <ActButton act={one.actions.change ?? undefined} onAct={() => setChanging(true)}>
            修改考场
          </ActButton>
          <ActButton act={one.actions.close ?? undefined} grave onAct={() => setClosing(true)}>
            停用考场
          </ActButton>
        </>
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['考点', one.site.name],
            ['地址', one.site.address],
            ['考位', `可用 ${count('usable')}，备用 ${count('spare')}，损坏 ${count('broken')}`],
            ['无障碍考位', `${one.seats.filter((seat) => seat.accessible).length} 个`],
            ['已绑定机器', `${bound.length} 台`],
            ['安全考试浏览器', one.sebConfigKey ? '入场时核对配置' : '不要求'],
            ['正在使用的场次', one.usedBy || '没有'],
          ],
        },
      ]}
      timeline={one.timeline}
    >
      <Group title="考位布局">
        <Problem problem={issue.problem} />
        <SeatEditor one={one} key={JSON.stringify(one.seats.map((seat) => [seat.id, seat.state]))} />
      </Group>
      <Modal
        open={codes !== null}
        title="机器绑定码"
        width={720}
        onCancel={() => setCodes(null)}
        footer={[
          <Button key="print" onClick={() => window.print()}>
            打印
          </Button>,
          <Button key="done" type="primary" onClick={() => setCodes(null)}>
            已抄送完毕
          </Button>,
        ]}
      >
        <p>在对应机器的考试页面输入。绑定码只显示这一次，关闭后不能再看，可以重新发放。</p>
        <ul className="codes">
          {codes?.codes.map((each) => (
            <li key={each.label}>
              {each.label}（{each.machine}）
              <strong className="hash">{each.code.replace(/(.{4})/, '$1 ')}</strong>
            </li>
          ))}
        </ul>
      </Modal>
      {changing ? <ChangeDialog one={one} onClose={() => setChanging(false)} /> : null}
      {closing ? (
        <ReasonDialog
          title="停用考场"
          verb="停用"
          says="停用后不能再选用，已有的记录保留。"
          grave
          problem={close.problem}
          running={close.running}
          onAct={(reason) => close.run({ hallId: one.id, reason })}
          onClose={() => setClosing(false)}
        />
      ) : null}
      {releasing ? (
        <ReasonDialog
          title="解除机器绑定"
          verb="解除"
          says={`${bound.length} 台机器将不能再用于考试，须重新绑定。`}
          grave
          problem={release.problem}
          running={release.running}
          onAct={(reason) => release.run({ hallId: one.id, seatIds: bound.map((seat) => seat.id), reason })}
          onClose={() => setReleasing(false)}
        />
      ) : null}
    </RecordPage>
  )
}

/** The hall's name, and whether its machines must run the Safe Exam Browser with the institution's configuration. */
function ChangeDialog({ one, onClose }: { one: HallRecord; onClose: () => void }) {
  const change = useCommand('halls.change-hall', { inPlace: true, onDone: onClose })
  const [name, setName] = useState(one.name)
  const [key, setKey] = useState(one.sebConfigKey ?? '')
  const id = useId()
  return (
    <Modal
      open
      title="修改考场"
      okText="保存"
      cancelText="取消"
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={change.running}
      onCancel={onClose}
      onOk={() =>
        void change.run({
          hallId: one.id,
          name: name.trim(),
          sebConfigKey: key.trim() === '' ? null : key.trim().toLowerCase(),
        })
      }
    >
      <Problem problem={change.problem} />
      <p>
        <label htmlFor={`${id}name`}>考场名称</label>
        <Input
          id={`${id}name`}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </p>
      <p>
        <label htmlFor={`${id}key`}>安全考试浏览器配置密钥（不要求则留空）</label>
        <Input id={`${id}key`} maxLength={64} value={key} onChange={(event) => setKey(event.target.value)} />
      </p>
      <p>填写后，只有使用这份配置的机器才能入场。密钥在安全考试浏览器的配置工具中复制，为 64 位。</p>
    </Modal>
  )
}
