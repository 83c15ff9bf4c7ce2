import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ClauseTag,
  Day,
  DayInput,
  DeskForm,
  FormField,
  Group,
  ListPage,
  Loaded,
  Nothing,
  StateOf,
  Unverified,
} from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { IN_FORCE, SourceText, useMay } from './words.tsx'

type Occupation = OutputOf<WorkbenchApi, 'institutions.list-occupations'>['rows'][number]

/** 职业目录: what may be trained and assessed at all; the national office lists and ends. */
export function OccupationsPage() {
  const list = useList('institutions.list-occupations', { all: 'yes' })
  const [open, setOpen] = useState<Occupation>()
  return (
    <ListPage
      title="职业目录"
      lead={
        <>
          职业目录由国家制定公布，目录之外的职业不得开展培训评价。 <ClauseTag id="HB-6.2" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      searchHint="职业名称或编码"
      filters={[{ name: 'on', label: '目录日期' }]}
      columns={[
        {
          title: '职业',
          render: (row) => (
            <Button type="link" style={{ padding: 0 }} onClick={() => setOpen(row)}>
              {row.name}
            </Button>
          ),
        },
        {
          title: '2015版编码',
          render: (row) => <Code code={row.code2015} verified={row.code2015Verified} />,
        },
        {
          title: '2022版编码',
          render: (row) => <Code code={row.code2022} verified={row.code2022Verified} />,
        },
        {
          title: '标准',
          render: (row) =>
            row.standardVerified ? (
              (row.standardDocument ?? '已颁布，文号未载')
            ) : (
              <Unverified>{row.standardDocument}</Unverified>
            ),
        },
        { title: '列入', render: (row) => <Day on={row.fromOn} /> },
        { title: '截止', render: (row) => <Day on={row.toOn} /> },
        { title: '状态', render: (row) => <StateOf state={row.listed ? 'yes' : 'no'} of={IN_FORCE} /> },
      ]}
      onExport={() => saveFile('institutions.export-occupations', { ...list.values, all: 'yes' })}
      empty="没有登记职业。请先载入公开数据。"
    >
      <Drawer
        title={open?.name ?? ''}
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={640}
        destroyOnHidden
      >
        {open ? <OccupationDetail id={open.id} /> : null}
      </Drawer>
    </ListPage>
  )
}

function Code({ code, verified }: { code: string | null; verified: boolean }) {
  if (!code) return <Nothing />
  return verified ? <span className="num">{code}</span> : <Unverified>{code}</Unverified>
}

function OccupationDetail({ id }: { id: string }) {
  const query = useApiQuery('institutions.read-occupation', { id })
  const may = useMay()
  const maintains = may('catalogue.maintain-occupations')
  return (
    <Loaded query={query}>
      {({ occupation, listings }) => {
        const open = listings.find((one) => one.toOn === null)
        return (
          <>
            <p>{occupation.definition ?? <Unverified>职业定义未查到</Unverified>}</p>
            {occupation.note ? <p>{occupation.note}</p> : null}
            <Group title="等级、方向和学时">
              <Levels occupation={occupation} />
            </Group>
            <Group title="目录记录">
              {listings.length === 0 ? <p>未列入职业目录。</p> : null}
              {listings.map((one) => (
                <p key={one.id}>
                  <Day on={one.fromOn} /> 至 {one.toOn ? <Day on={one.toOn} /> : '今'}
                  {one.endedReason ? `，${one.endedReason}` : ''}
                  <br />
                  <SourceText source={one.source} status={one.sourceStatus} verified />
                </p>
              ))}
            </Group>
            {maintains && open ? <EndListing id={open.id} /> : null}
            {maintains && !open ? <ListAgain occupationId={occupation.id} /> : null}
          </>
        )
      }}
    </Loaded>
  )
}

function Levels({ occupation }: { occupation: Occupation }) {
  if (occupation.levels.length === 0) return <p>等级、方向和学时均未查到。</p>
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">等级</th>
          <th scope="col">方向</th>
          <th scope="col">标准学时</th>
        </tr>
      </thead>
      <tbody>
        {occupation.levels.map((one) => (
          <tr key={one.level}>
            <td style={{ whiteSpace: 'nowrap' }}>{one.level}</td>
            <td>
              {one.directions?.length === 0 ? (
                '不分方向'
              ) : one.directions && one.directionsVerified && one.directionsComplete ? (
                one.directions.join('、')
              ) : (
                <Unverified>
                  {one.directions?.join('、')}
                  {one.directionsNote}
                </Unverified>
              )}
            </td>
            <td>{one.hours && one.hoursVerified ? one.hours : <Unverified>{one.hours}</Unverified>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type EndInput = InputOf<WorkbenchApi, 'institutions.end-occupation-listing'>
function EndListing({ id }: { id: string }) {
  const command = useCommand('institutions.end-occupation-listing', { inPlace: true })
  return (
    <Group title="移出职业目录">
      <DeskForm<Omit<EndInput, 'id'>, EndInput, unknown>
        draftKey={`end-occupation:${id}`}
        command={command}
        submitLabel="移出目录"
        toInput={(values) => ({ ...values, id })}
      >
        <FormField name="toOn" label="截止日期" required help="最后一个在册日，今天或以后。">
          <DayInput />
        </FormField>
        <FormField name="reason" label="移出原因" required>
          <Input maxLength={300} />
        </FormField>
      </DeskForm>
    </Group>
  )
}

type ListInput = InputOf<WorkbenchApi, 'institutions.list-occupation'>
function ListAgain({ occupationId }: { occupationId: string }) {
  const command = useCommand('institutions.list-occupation', { inPlace: true })
  return (
    <Group title="列入职业目录">
      <DeskForm<Omit<ListInput, 'occupationId'>, ListInput, unknown>
        draftKey={`list-occupation:${occupationId}`}
        command={command}
        submitLabel="列入目录"
        toInput={(values) => ({ ...values, occupationId })}
      >
        <FormField name="fromOn" label="列入日期" required>
          <DayInput />
        </FormField>
        <FormField name="source" label="依据文件" required>
          <Input maxLength={300} />
        </FormField>
      </DeskForm>
    </Group>
  )
}
