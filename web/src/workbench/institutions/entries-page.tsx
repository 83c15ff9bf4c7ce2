import { Button, Drawer, Input, Select, Tabs } from 'antd'
import { useRef, useState } from 'react'
import type { InputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ClauseTag,
  Day,
  DayInput,
  DeskForm,
  FormField,
  ImportDialog,
  ListPage,
  Loaded,
  Notice,
  StateOf,
  StateTag,
  useAddressSearch,
} from '../../ui/desk/index.ts'
import { act, saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { IN_FORCE, LEVELS, SourceText } from './words.tsx'

const CATALOGUES = [
  { value: 'training', label: '培训机构目录' },
  { value: 'evaluation', label: '评价机构目录' },
] as const
type Catalogue = (typeof CATALOGUES)[number]['value']

/** 机构目录: who may train and assess, from when to when; listed, changed and ended, never edited. */
export function EntriesPage() {
  const search = useAddressSearch()
  const catalogue: Catalogue = search.catalogue === 'evaluation' ? 'evaluation' : 'training'
  const list = useList('institutions.list-entries', { catalogue })
  const label = CATALOGUES.find((one) => one.value === catalogue)?.label ?? ''
  const [saved, setSaved] = useState<{ listed: number; left: number }>()
  return (
    <ListPage
      title="机构目录"
      lead={
        <>
          目录向社会公开并动态调整，目录之外不得开展培训评价。 <ClauseTag id="HB-6.2" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/institutions/entries/${row.id}`}
      searchHint="机构名称或统一社会信用代码"
      filters={[
        { name: 'on', label: '目录日期' },
        { name: 'flagged', label: '名称', choices: [{ value: 'yes', label: '待复核名称' }] },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'history', label: '范围', choices: [{ value: 'yes', label: '含历史记录' }] },
      ]}
      columns={[
        {
          title: '机构',
          render: (row) => (
            <>
              {row.organisationName}
              {row.flags.length > 0 && row.review === null ? (
                <>
                  {' '}
                  <StateTag tone="waiting">名称待复核</StateTag>
                </>
              ) : null}
            </>
          ),
        },
        { title: '省份', render: (row) => row.province },
        {
          title: '职业',
          render: (row) => row.occupations.map((one) => one.name).join('、') || '来源未载',
          width: 260,
        },
        { title: '等级', render: (row) => row.levels.join('、') || '来源未载' },
        { title: '列入', render: (row) => <Day on={row.fromOn} /> },
        { title: '截止', render: (row) => <Day on={row.toOn} /> },
        { title: '状态', render: (row) => <StateOf state={row.inForce ? 'yes' : 'no'} of={IN_FORCE} /> },
        {
          title: '来源',
          render: (row) => (
            <SourceText source={row.source} status={row.sourceStatus} verified={row.verified} />
          ),
          width: 260,
        },
      ]}
      onExport={() => saveFile('institutions.export-entries', { ...list.values, catalogue })}
      acts={
        <>
          <ImportEntries
            catalogue={catalogue}
            label={label}
            onSaved={(answer) => {
              setSaved(answer)
              list.retry()
            }}
          />
          <ListInstitution catalogue={catalogue} label={label} />
        </>
      }
      empty={`${label}目前没有记录。可以逐条列入，或从 Excel 导入。`}
    >
      <Tabs
        activeKey={catalogue}
        items={CATALOGUES.map((one) => ({ key: one.value, label: one.label }))}
        onChange={(value) => list.set('catalogue', value)}
      />
      {saved ? (
        <Notice tone="done">
          已列入 {saved.listed} 条{saved.left > 0 ? `，${saved.left} 行有错误未导入` : ''}。
        </Notice>
      ) : null}
    </ListPage>
  )
}

function ImportEntries(props: {
  catalogue: Catalogue
  label: string
  onSaved: (saved: { listed: number; left: number }) => void
}) {
  const [open, setOpen] = useState(false)
  const preview = useRef<{ id: string; sha256: string; rows: number; good: number; bad: number }>(undefined)
  return (
    <>
      <Button onClick={() => setOpen(true)}>从 Excel 导入</Button>
      <ImportDialog
        open={open}
        title={`导入${props.label}`}
        onClose={() => setOpen(false)}
        onTemplate={() => saveFile('institutions.import-template', { catalogue: props.catalogue })}
        upload={async (file, keep) => {
          if (!keep) {
            const answer = await act('institutions.preview-import', { catalogue: props.catalogue }, { file })
            const rows = answer.good + answer.bad
            preview.current = {
              id: answer.id,
              sha256: answer.sha256,
              rows,
              good: answer.good,
              bad: answer.bad,
            }
            return {
              rows,
              good: answer.good,
              saved: 0,
              errors: answer.problems.map(({ row, column, message }) => ({
                row,
                message,
                ...(column ? { column } : {}),
              })),
            }
          }
          const seen = preview.current
          if (!seen) throw new Error('nothing was previewed')
          const answer = await act('institutions.confirm-import', {
            id: seen.id,
            sha256: seen.sha256,
            onlyGood: seen.bad > 0,
          })
          props.onSaved(answer)
          return { rows: seen.rows, good: seen.good, saved: answer.listed, errors: [] }
        }}
        onSaved={() => setOpen(false)}
      />
    </>
  )
}

type EntryInput = InputOf<WorkbenchApi, 'institutions.list-institution'>
type EntryValues = Omit<EntryInput, 'catalogue' | 'creditCode' | 'batch' | 'note' | 'provinceCode'> & {
  creditCode?: string
  provinceCode?: string
  batch?: string
  note?: string
}

function ListInstitution({ catalogue, label }: { catalogue: Catalogue; label: string }) {
  const [open, setOpen] = useState(false)
  const command = useCommand('institutions.list-institution', { inPlace: true })
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        列入机构
      </Button>
      <Drawer title={`列入${label}`} open={open} onClose={() => setOpen(false)} size={540} destroyOnHidden>
        <DeskForm<EntryValues, EntryInput, unknown>
          draftKey={`entry:${catalogue}`}
          command={command}
          submitLabel="列入目录"
          toInput={(values) => ({
            ...values,
            catalogue,
            creditCode: values.creditCode?.trim() || null,
            provinceCode: values.provinceCode ?? null,
            batch: values.batch?.trim() || null,
            note: values.note?.trim() || null,
          })}
          onDone={() => setOpen(false)}
        >
          <FormField name="organisationName" label="机构名称" required>
            <Input maxLength={100} />
          </FormField>
          <FormField name="creditCode" label="统一社会信用代码" help="填写后与平台登记的机构自动对应。">
            <Input maxLength={18} />
          </FormField>
          <ProvinceField nationwide={catalogue === 'evaluation'} />
          <ScopeFields />
          <FormField name="batch" label="批次">
            <Input maxLength={40} />
          </FormField>
          <FormField name="fromOn" label="列入日期" required>
            <DayInput />
          </FormField>
          <FormField name="source" label="依据文件" required help="公告名称和文号，向社会公开。">
            <Input maxLength={300} />
          </FormField>
          <FormField name="note" label="备注">
            <Input maxLength={500} />
          </FormField>
        </DeskForm>
      </Drawer>
    </>
  )
}

function ProvinceField({ nationwide }: { nationwide: boolean }) {
  const query = useApiQuery('institutions.regions')
  const me = useMe()
  const isNational = me.data?.acting.role === 'national_officer'
  return (
    <Loaded query={query}>
      {({ regions }) => (
        <FormField
          name="provinceCode"
          label="所在省份"
          required={!nationwide || !isNational}
          help={
            isNational ? (nationwide ? '全国性评价机构不选。' : '按机构登记地选择。') : '只能列入本省机构。'
          }
        >
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            placeholder="请选择"
            options={regions
              .filter((one) => one.provinceCode === null)
              .map((one) => ({ value: one.code, label: one.name }))}
          />
        </FormField>
      )}
    </Loaded>
  )
}

/** Occupations and levels of a row; only what is in the occupation catalogue today is offered. */
export function ScopeFields() {
  const query = useApiQuery('institutions.list-occupations', { size: 200 })
  return (
    <>
      <Loaded query={query}>
        {({ rows }) => (
          <FormField name="occupationIds" label="职业" required>
            <Select
              mode="multiple"
              optionFilterProp="label"
              placeholder="可选多个"
              options={rows.map((one) => ({ value: one.id, label: one.name }))}
            />
          </FormField>
        )}
      </Loaded>
      <FormField name="levels" label="等级" required>
        <Select mode="multiple" options={LEVELS} placeholder="可选多个" />
      </FormField>
    </>
  )
}
