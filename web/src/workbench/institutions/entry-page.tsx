import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  Day,
  DayInput,
  DecisionDialog,
  DeskForm,
  FormField,
  Group,
  Loaded,
  Money,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { useApiQuery, useApiQueryWhen, useCommand } from '../api.ts'
import { ScopeFields } from './entries-page.tsx'
import { IN_FORCE, SourceText, useMay } from './words.tsx'

type Reading = OutputOf<WorkbenchApi, 'institutions.read-entry'>
type Entry = Reading['entry']
type Acts = OutputOf<WorkbenchApi, 'institutions.entry-acts'>

/** One institution's place in a catalogue, with its whole history. */
export function EntryPage() {
  const id = useParam('id')
  const may = useMay()
  const query = useApiQuery('institutions.read-entry', { id })
  const acts = useApiQueryWhen('institutions.entry-acts', may('catalogue.maintain') ? { id } : undefined)
  return <Loaded query={query}>{(reading) => <EntryRecord reading={reading} acts={acts.data} />}</Loaded>
}

function EntryRecord({ reading, acts }: { reading: Reading; acts: Acts | undefined }) {
  const { entry } = reading
  return (
    <RecordPage
      back={{ to: '/institutions/entries', label: '机构目录' }}
      kind={entry.catalogue === 'training' ? '培训机构目录' : '评价机构目录'}
      name={entry.organisationName}
      number={entry.creditCode}
      state={<StateOf state={entry.inForce ? 'yes' : 'no'} of={IN_FORCE} />}
      acts={acts ? <EntryActs entry={entry} acts={acts} /> : null}
      notice={<NameNotice entry={entry} />}
      facts={[
        {
          title: '目录范围',
          rows: [
            ['所在省份', entry.province],
            ['职业', entry.occupations.map((one) => one.name).join('、') || '来源未载'],
            ['等级', entry.levels.join('、') || '来源未载'],
            ['批次', entry.batch ?? <Nothing key="none" />],
            ['列入日期', <Day key="from" on={entry.fromOn} />],
            ['截止日期', <Day key="to" on={entry.toOn} />],
            entry.endedReason ? ['移出原因', entry.endedReason] : undefined,
            [
              '来源',
              <SourceText
                key="source"
                source={entry.source}
                status={entry.sourceStatus}
                verified={entry.verified}
              />,
            ],
            entry.note ? ['备注', entry.note] : undefined,
          ],
        },
      ]}
      {...(acts ? { timeline: acts.timeline } : {})}
    >
      <History rows={reading.history} />
      <Group title="现行收费">
        {reading.fees.length === 0 ? (
          <p>没有现行收费标准。</p>
        ) : (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">职业</th>
                <th scope="col">等级</th>
                <th scope="col">每人</th>
                <th scope="col">执行日期</th>
              </tr>
            </thead>
            <tbody>
              {reading.fees.map((fee) => (
                <tr key={fee.id}>
                  <td>{fee.occupation}</td>
                  <td>{fee.level}</td>
                  <td>
                    <Money cents={fee.amountCents} />
                  </td>
                  <td>
                    <Day on={fee.fromOn} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Group>
    </RecordPage>
  )
}

function NameNotice({ entry }: { entry: Entry }) {
  if (entry.flags.length === 0) return null
  if (entry.review === 'cleared')
    return <Notice tone="done">名称已复核，未发现问题：{entry.reviewReason}</Notice>
  return (
    <Notice tone="waiting">
      {entry.review === 'confirmed'
        ? `名称复核认为存在跨省办学嫌疑：${entry.reviewReason}`
        : `名称含“${entry.flags.join('”“')}”，请复核是否以此名义跨省开展培训。含有字样本身不影响列入。`}
    </Notice>
  )
}

function History({ rows }: { rows: Entry[] }) {
  return (
    <Group title="历次记录">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">起止</th>
            <th scope="col">职业</th>
            <th scope="col">等级</th>
            <th scope="col">依据</th>
            <th scope="col">截止原因</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Day on={row.fromOn} /> 至 {row.toOn ? <Day on={row.toOn} /> : '今'}
              </td>
              <td>{row.occupations.map((one) => one.name).join('、') || '来源未载'}</td>
              <td>{row.levels.join('、') || '来源未载'}</td>
              <td>{row.source}</td>
              <td>{row.endedReason ?? <Nothing />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  )
}

function EntryActs({ entry, acts }: { entry: Entry; acts: Acts }) {
  const [drawer, setDrawer] = useState<'change' | 'end'>()
  return (
    <>
      <ActButton main act={acts.change} onAct={() => setDrawer('change')}>
        变更
      </ActButton>
      <ActButton grave act={acts.end} onAct={() => setDrawer('end')}>
        移出目录
      </ActButton>
      {acts.review.allowed ? <ReviewName entry={entry} /> : null}
      <Drawer
        title={drawer === 'end' ? '移出目录' : '变更目录记录'}
        open={drawer !== undefined}
        onClose={() => setDrawer(undefined)}
        size={540}
        destroyOnHidden
      >
        {drawer === 'change' ? <ChangeForm entry={entry} onDone={() => setDrawer(undefined)} /> : null}
        {drawer === 'end' ? <EndForm entry={entry} onDone={() => setDrawer(undefined)} /> : null}
      </Drawer>
    </>
  )
}

type ChangeInput = InputOf<WorkbenchApi, 'institutions.change-entry'>
type ChangeValues = Omit<ChangeInput, 'id' | 'batch'> & { batch?: string }

function ChangeForm({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const command = useCommand('institutions.change-entry', { inPlace: true })
  return (
    <DeskForm<ChangeValues, ChangeInput, unknown>
      draftKey={`change:${entry.id}`}
      command={command}
      submitLabel="保存变更"
      initial={{
        organisationName: entry.organisationName,
        occupationIds: entry.occupations.map((one) => one.id),
        levels: entry.levels,
        ...(entry.batch ? { batch: entry.batch } : {}),
      }}
      toInput={(values) => ({ ...values, id: entry.id, batch: values.batch?.trim() || null })}
      onDone={onDone}
    >
      <p>现有记录将在生效日前一日截止，历史照原样保留。</p>
      <FormField name="organisationName" label="机构名称" required>
        <Input maxLength={100} />
      </FormField>
      <ScopeFields />
      <FormField name="batch" label="批次">
        <Input maxLength={40} />
      </FormField>
      <FormField name="fromOn" label="生效日期" required help="今天或以后，不追溯。">
        <DayInput />
      </FormField>
      <FormField name="source" label="依据文件" required>
        <Input maxLength={300} />
      </FormField>
      <FormField name="reason" label="变更原因" required>
        <Input maxLength={300} />
      </FormField>
    </DeskForm>
  )
}

type EndInput = InputOf<WorkbenchApi, 'institutions.end-entry'>

function EndForm({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const command = useCommand('institutions.end-entry', { inPlace: true })
  return (
    <DeskForm<Omit<EndInput, 'id'>, EndInput, unknown>
      draftKey={`end:${entry.id}`}
      command={command}
      submitLabel="移出目录"
      toInput={(values) => ({ ...values, id: entry.id })}
      onDone={onDone}
    >
      <p>截止日次日起，该机构不得再备案、开班或组织考核；已经作出的决定不受影响。</p>
      <FormField name="toOn" label="截止日期" required help="最后一个在册日，今天或以后。">
        <DayInput />
      </FormField>
      <FormField name="reason" label="移出原因" required help="将随历史记录公开。">
        <Input.TextArea rows={3} maxLength={300} />
      </FormField>
    </DeskForm>
  )
}

function ReviewName({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false)
  const review = useCommand('institutions.review-name', { inPlace: true, onDone: () => setOpen(false) })
  return (
    <>
      <Button onClick={() => setOpen(true)}>复核名称</Button>
      <DecisionDialog
        open={open}
        onClose={() => setOpen(false)}
        title="复核机构名称"
        verb="记录结论"
        clause="HB-6.2"
        reasons={[
          { value: 'cleared', label: '未发现问题' },
          { value: 'confirmed', label: '存在跨省开展培训嫌疑' },
        ]}
        preview={({ reason, words }) =>
          `${entry.organisationName}：${reason === 'cleared' ? '未发现问题' : '存在跨省开展培训嫌疑'}。\n情况：${words}`
        }
        onDecide={({ reason, words }) =>
          review.run({ id: entry.id, outcome: reason as 'cleared' | 'confirmed', reason: words })
        }
        problem={review.problem}
        running={review.running}
      />
    </>
  )
}
