import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, InputNumber, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import {
  ActButton,
  Group,
  ImportDialog,
  Loaded,
  Problem,
  RecordPage,
  StateOf,
  useParam,
  WideTable,
} from '../../../ui/desk/index.ts'
import { act, saveFile, useApiQuery, useCommand } from '../../api.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { SITE_WORDS } from '../words.ts'

type Site = OutputOf<WorkbenchApi, 'halls.read-site'>
type Dialog = 'change' | 'add' | 'import' | 'close' | null

export function SitePage() {
  const query = useApiQuery('halls.read-site', { siteId: useParam('id') })
  return (
    <Loaded query={query}>{(one) => <SiteRecord one={one} reread={() => void query.refetch()} />}</Loaded>
  )
}

function SiteRecord({ one, reread }: { one: Site; reread: () => void }) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = useCommand('halls.close-site', { inPlace: true, onDone: () => setDialog(null) })
  const halls = one.rooms.filter((hall) => hall.state === 'active')
  return (
    <RecordPage
      back={{ to: '/halls/sites', label: '考点考场' }}
      kind="考点"
      name={one.name}
      number={one.number}
      state={<StateOf state={one.state} of={SITE_WORDS} />}
      acts={
        <>
          <ActButton
            act={one.actions.addHall ?? undefined}
            main={halls.length === 0}
            onAct={() => setDialog('add')}
          >
            新增考场
          </ActButton>
          <ActButton act={one.actions.addHall ?? undefined} onAct={() => setDialog('import')}>
            导入考位
          </ActButton>
          <ActButton act={one.actions.change ?? undefined} onAct={() => setDialog('change')}>
            修改信息
          </ActButton>
          <ActButton act={one.actions.close ?? undefined} grave onAct={() => setDialog('close')}>
            停用考点
          </ActButton>
        </>
      }
      facts={[
        {
          title: '基本情况',
          rows: [
            ['机构', one.organisation],
            ['市州', one.cityName],
            ['地址', one.address],
            ['联系人', `${one.contactName} ${one.contactPhone}`],
            ['考位', `可用 ${one.usable}，备用 ${one.spare}，损坏 ${one.broken}`],
            ['已绑定机器', `${one.bound} 台`],
          ],
        },
      ]}
      timeline={one.timeline}
    >
      <Group
        title={`考场（${halls.length} 个）`}
        acts={
          halls.length > 0 ? (
            <Button onClick={() => void saveFile('halls.export-seats', { siteId: one.id })}>导出考位</Button>
          ) : null
        }
      >
        <WideTable
          size="middle"
          rowKey="id"
          pagination={false}
          dataSource={one.rooms}
          locale={{ emptyText: '还没有考场。新增一个考场，或用 Excel 一次导入。' }}
          columns={[
            { title: '考场', render: (_, hall) => <Link to={`/halls/rooms/${hall.id}`}>{hall.name}</Link> },
            { title: '行 × 列', render: (_, hall) => `${hall.rows} × ${hall.columns}` },
            { title: '可用', dataIndex: 'usable', align: 'right' },
            { title: '备用', dataIndex: 'spare', align: 'right' },
            { title: '损坏', dataIndex: 'broken', align: 'right' },
            { title: '无障碍', dataIndex: 'accessible', align: 'right' },
            { title: '已绑定', dataIndex: 'bound', align: 'right' },
            { title: '状态', render: (_, hall) => <StateOf state={hall.state} of={SITE_WORDS} /> },
          ]}
        />
      </Group>
      {dialog === 'change' ? <ChangeDialog one={one} onClose={() => setDialog(null)} /> : null}
      {dialog === 'add' ? <AddHallDialog siteId={one.id} onClose={() => setDialog(null)} /> : null}
      {dialog === 'close' ? (
        <ReasonDialog
          title="停用考点"
          verb="停用"
          says="停用后其中的考场都不能再选用，已有的记录保留。"
          grave
          problem={close.problem}
          running={close.running}
          onAct={(reason) => close.run({ siteId: one.id, reason })}
          onClose={() => setDialog(null)}
        />
      ) : null}
      <ImportDialog
        open={dialog === 'import'}
        title="导入考位"
        whole
        onClose={() => setDialog(null)}
        onTemplate={() => saveFile('halls.seats-template')}
        upload={(file, keep) => act('halls.import-seats', { siteId: one.id, keep }, { sheet: file })}
        onSaved={() => {
          setDialog(null)
          reread()
        }}
      />
    </RecordPage>
  )
}

function ChangeDialog({ one, onClose }: { one: Site; onClose: () => void }) {
  const change = useCommand('halls.change-site', { inPlace: true, onDone: onClose })
  const [values, setValues] = useState({
    name: one.name,
    address: one.address,
    contactName: one.contactName,
    contactPhone: one.contactPhone,
  })
  const id = useId()
  const LABELS = {
    name: '考点名称',
    address: '详细地址',
    contactName: '联系人',
    contactPhone: '联系电话',
  } as const
  return (
    <Modal
      open
      title="修改考点信息"
      okText="保存"
      cancelText="取消"
      confirmLoading={change.running}
      onCancel={onClose}
      onOk={() => void change.run({ siteId: one.id, ...values })}
    >
      <Problem problem={change.problem} />
      {(Object.keys(LABELS) as (keyof typeof LABELS)[]).map((key) => (
        <p key={key}>
          <label htmlFor={`${id}${key}`}>{LABELS[key]}</label>
          <Input
            id={`${id}${key}`}
            value={values[key]}
            onChange={(event) => setValues({ ...values, [key]: event.target.value })}
          />
        </p>
      ))}
    </Modal>
  )
}

function AddHallDialog({ siteId, onClose }: { siteId: string; onClose: () => void }) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [rows, setRows] = useState(6)
  const [columns, setColumns] = useState(8)
  const add = useCommand('halls.add-hall', {
    inPlace: true,
    onDone: ({ id }) => void navigate({ to: `/halls/rooms/${id}` }),
  })
  const id = useId()
  return (
    <Modal
      open
      title="新增考场"
      okText="新增"
      cancelText="取消"
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={add.running}
      onCancel={onClose}
      onOk={() => void add.run({ siteId, name: name.trim(), rows, columns })}
    >
      <Problem problem={add.problem} />
      <p>先排满 {rows * columns} 个可用考位，再在考场页面去掉过道、标出备用和损坏的考位。</p>
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
        <label htmlFor={`${id}rows`}>行数（从讲台向后）</label>{' '}
        <InputNumber
          id={`${id}rows`}
          min={1}
          max={40}
          precision={0}
          value={rows}
          onChange={(to) => setRows(to ?? 1)}
        />
      </p>
      <p>
        <label htmlFor={`${id}columns`}>列数</label>{' '}
        <InputNumber
          id={`${id}columns`}
          min={1}
          max={40}
          precision={0}
          value={columns}
          onChange={(to) => setColumns(to ?? 1)}
        />
      </p>
    </Modal>
  )
}
