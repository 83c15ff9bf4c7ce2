import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import {
  ClauseTag,
  Day,
  DayInput,
  DeskForm,
  FormField,
  ListPage,
  Loaded,
  Money,
  MoneyInput,
  Nothing,
  StateOf,
  type StateWords,
} from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { LEVELS, useMay } from './words.tsx'

const STATES: StateWords = {
  now: ['执行中', 'done'],
  later: ['待执行', 'running'],
  ended: ['已接续', 'idle'],
}

/** 收费标准: published and followed, never edited; the history stays public. */
export function FeesPage() {
  const list = useList('institutions.list-own-fees')
  const may = useMay()
  const me = useMe()
  const organisationId = me.data?.acting.organisationId
  return (
    <ListPage
      title="收费标准"
      lead={
        <>
          按弥补成本、以支定收的原则制定，先公布、后招生；公布后不能修改，只能用新标准接续。{' '}
          <ClauseTag id="HB-6.3" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      searchHint="职业名称"
      filters={[{ name: 'level', label: '等级', choices: LEVELS }]}
      columns={[
        { title: '职业', render: (row) => row.occupation },
        { title: '等级', render: (row) => row.level },
        { title: '项目', render: (row) => (row.kind === 'training' ? '培训费' : '考核费') },
        { title: '每人', render: (row) => <Money cents={row.amountCents} />, right: true },
        { title: '执行日期', render: (row) => <Day on={row.fromOn} /> },
        { title: '截止日期', render: (row) => <Day on={row.toOn} /> },
        {
          title: '状态',
          render: (row) => <StateOf state={row.inForce ? 'now' : row.toOn ? 'ended' : 'later'} of={STATES} />,
        },
        { title: '弥补成本说明', render: (row) => row.basis || <Nothing />, width: 320 },
      ]}
      onExport={() =>
        saveFile('institutions.export-fees', {
          history: 'yes',
          ...(organisationId ? { organisationId } : {}),
        })
      }
      acts={may('fee.publish') ? <PublishFee /> : null}
      empty="还没有公布收费标准。招生和备案前须先公布。"
    />
  )
}

interface FeeValues {
  occupationId: string
  level: '初级' | '中级' | '高级'
  amountCents: number
  basis: string
  fromOn: string
}

function PublishFee() {
  const [open, setOpen] = useState(false)
  const options = useApiQuery('institutions.fee-options')
  const publish = useCommand('institutions.publish-fee', { inPlace: true })
  const [occupationId, setOccupationId] = useState<string>()
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        公布新标准
      </Button>
      <Drawer title="公布收费标准" open={open} onClose={() => setOpen(false)} size={520} destroyOnHidden>
        <Loaded query={options}>
          {(given) => (
            <DeskForm<FeeValues, FeeValues, unknown>
              draftKey="fee"
              command={publish}
              submitLabel="公布"
              toInput={(values) => values}
              onValues={(values) => setOccupationId(values.occupationId)}
              onDone={() => setOpen(false)}
            >
              <FormField name="occupationId" label="职业" required>
                <Select options={given.occupations.map((one) => ({ value: one.id, label: one.name }))} />
              </FormField>
              <FormField name="level" label="等级" required>
                <Select
                  options={(given.occupations.find((one) => one.id === occupationId)?.levels ?? []).map(
                    (value) => ({
                      value,
                      label: value,
                    }),
                  )}
                  placeholder={occupationId ? '请选择' : '请先选择职业'}
                />
              </FormField>
              <FormField
                name="amountCents"
                label={given.kind === 'training' ? '每人培训费' : '每人考核费'}
                required
              >
                <MoneyInput />
              </FormField>
              <FormField
                name="basis"
                label="弥补成本说明"
                required
                help="写明师资、场地、设备、教材等成本及测算方法，将向社会公开。"
              >
                <Input.TextArea rows={5} maxLength={2000} showCount />
              </FormField>
              <FormField
                name="fromOn"
                label="执行日期"
                required
                help="今天或以后；已有标准的，自该日起接续，原标准前一日截止。"
              >
                <DayInput />
              </FormField>
            </DeskForm>
          )}
        </Loaded>
      </Drawer>
    </>
  )
}
