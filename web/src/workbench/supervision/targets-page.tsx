import { Input, InputNumber, Select } from 'antd'
import {
  ClauseTag,
  DeskForm,
  DeskPage,
  FormField,
  Group,
  Instant,
  Loaded,
  Nothing,
  StateOf,
  type StateWords,
  useAddressSearch,
} from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'

const STANDING: StateWords = { current: ['现行', 'done'], replaced: ['已被替换', 'waiting'] }

/** The yearly targets a province has set, in force and earlier, and the form to set one. */
export function TargetsPage() {
  const search = useAddressSearch()
  const year = Number(search.year) || new Date().getFullYear()
  const query = useApiQuery('supervision.list-targets', { year })
  const me = useMe()
  const maySet = me.data?.permissions?.includes('supervision.set-target') ?? false
  return (
    <DeskPage
      title={`${year} 年目标及沿革`}
      lead={
        <>
          通知所定目标为 2023 年至 2030 年每年 2,000 人左右；各市州目标由省厅分解。 <ClauseTag id="HB-1" />
        </>
      }
      back={{ to: '/numbers', label: '目标与完成情况' }}
    >
      <Loaded query={query}>
        {({ targets }) =>
          targets.length === 0 ? (
            <p className="desk-lead">{year} 年尚未设定目标，全省按通知所定数字对照。</p>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  {['范围', '人数', '依据', '设定人', '设定时间', '状态'].map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {targets.map((one) => (
                  <tr key={`${one.cityCode}${one.setAt}`}>
                    <td>{one.cityName ?? '全省'}</td>
                    <td>{one.people}</td>
                    <td>{one.source || <Nothing />}</td>
                    <td>{one.setBy}</td>
                    <td>
                      <Instant at={one.setAt} />
                    </td>
                    <td>
                      <StateOf of={STANDING} state={one.replacedAt ? 'replaced' : 'current'} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      {maySet ? <SetTarget year={year} /> : null}
    </DeskPage>
  )
}

interface TargetValues {
  cityCode?: string
  people: number
  source: string
}

function SetTarget({ year }: { year: number }) {
  const command = useCommand('supervision.set-target', { inPlace: true })
  const overview = useApiQuery('supervision.overview', { year })
  const cities = overview.data?.cities ?? []
  return (
    <Group title="设定或替换目标">
      <DeskForm<TargetValues, Parameters<typeof command.run>[0], unknown>
        draftKey={`target-${year}`}
        command={command}
        toInput={(values) => ({
          year,
          people: values.people,
          source: values.source,
          ...(values.cityCode ? { cityCode: values.cityCode } : {}),
        })}
        submitLabel="设定目标"
      >
        <FormField name="cityCode" label="范围" help="不选即为全省。">
          <Select
            allowClear
            placeholder="全省"
            options={cities.map((one) => ({ value: one.cityCode, label: one.cityName }))}
          />
        </FormField>
        <FormField name="people" label="人数" required>
          <InputNumber min={0} max={1_000_000} precision={0} style={{ width: 200 }} />
        </FormField>
        <FormField name="source" label="依据" help="文件名称、文号或会议。" required>
          <Input maxLength={200} />
        </FormField>
      </DeskForm>
    </Group>
  )
}
