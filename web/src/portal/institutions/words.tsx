import { DayField, SelectField, Unverified } from '../../ui/plain/index.ts'

export const LEVELS = ['初级', '中级', '高级'].map((value) => ({ value, label: value }))

interface AddressFilter {
  values: Record<string, string>
  set(name: string, value: string | undefined): void
}

/** 目录日期: the catalogue as it stood on a day. */
export function DayFilter({ list }: { list: AddressFilter }) {
  return (
    <DayField name="on" label="日期" value={list.values.on ?? ''} onChange={(on) => list.set('on', on)} />
  )
}

export function LevelFilter({ list }: { list: AddressFilter }) {
  return (
    <SelectField
      name="level"
      label="等级"
      none="全部"
      choices={LEVELS}
      value={list.values.level ?? ''}
      onChange={(level) => list.set('level', level)}
    />
  )
}

export function HistoryFilter({ list }: { list: AddressFilter }) {
  return (
    <SelectField
      name="history"
      label="范围"
      none="当日有效"
      choices={[{ value: 'yes', label: '含历史记录' }]}
      value={list.values.history ?? ''}
      onChange={(history) => list.set('history', history)}
    />
  )
}

/** Where a row comes from; what is not verified says so. */
export function SourceLine(props: { source: string | null; status: string; verified: boolean }) {
  const text = props.source ?? '来源未载'
  return (
    <p className="nothing">
      来源：
      {props.verified ? `${text}（${props.status}）` : <Unverified>{text}</Unverified>}
    </p>
  )
}
