import { Button, Input, InputNumber, Modal, Segmented } from 'antd'
import { useId, useState } from 'react'
import { ActButton, Problem } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { SEAT_WORDS } from '../words.ts'
import type { HallRecord } from './hall-page.tsx'
import '../halls.css'

type Seat = Pick<
  HallRecord['seats'][number],
  'label' | 'row' | 'column' | 'machine' | 'state' | 'brokenReason' | 'accessible'
> & { bound?: boolean }

const keyOf = (row: number, column: number) => `${row}/${column}`

/** The hall from above, the platform at the top: choose places, then say what stands there. */
export function SeatEditor({ one }: { one: HallRecord }) {
  const [rows, setRows] = useState(one.rows)
  const [columns, setColumns] = useState(one.columns)
  const [seats, setSeats] = useState(
    () => new Map<string, Seat>(one.seats.map((seat) => [keyOf(seat.row, seat.column), seat])),
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [breaking, setBreaking] = useState(false)
  const [changed, setChanged] = useState(false)
  const save = useCommand('halls.save-seats', { inPlace: true, onDone: () => setChanged(false) })
  const id = useId()
  const edits = one.actions.layOut?.allowed === true

  const put = (make: (seat: Seat | undefined, row: number, column: number) => Seat | undefined) => {
    const next = new Map(seats)
    for (const key of chosen) {
      const [row = 0, column = 0] = key.split('/').map(Number)
      const seat = make(next.get(key), row, column)
      if (seat) next.set(key, seat)
      else next.delete(key)
    }
    setSeats(next)
    setChanged(true)
  }
  const fresh = (row: number, column: number): Seat => {
    const label = `${row}-${column}`
    return {
      label,
      row,
      column,
      machine: `机 ${label}`,
      state: 'usable',
      brokenReason: null,
      accessible: false,
    }
  }
  const setState = (state: Seat['state'], brokenReason: string | null = null) =>
    put((seat, row, column) => ({ ...(seat ?? fresh(row, column)), state, brokenReason }))
  const renumber = () => {
    const ordered = [...seats.values()].sort((a, b) => a.row - b.row || a.column - b.column)
    const width = Math.max(2, String(ordered.length).length)
    setSeats(
      new Map(
        ordered.map((seat, at) => [
          keyOf(seat.row, seat.column),
          { ...seat, label: String(at + 1).padStart(width, '0') },
        ]),
      ),
    )
    setChanged(true)
  }
  const only = chosen.size === 1 ? seats.get([...chosen][0] as string) : undefined
  const send = () =>
    save.run({
      hallId: one.id,
      rows,
      columns,
      seats: [...seats.values()]
        .filter((seat) => seat.row <= rows && seat.column <= columns)
        .map(({ label, row, column, machine, state, brokenReason, accessible }) => ({
          label,
          row,
          column,
          machine,
          state,
          brokenReason,
          accessible,
        })),
    })
  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    setChosen(next)
  }
  return (
    <>
      {edits ? (
        <div className="seat-tools no-print">
          <label htmlFor={`${id}rows`}>行</label>
          <InputNumber
            id={`${id}rows`}
            min={1}
            max={40}
            precision={0}
            value={rows}
            onChange={(to) => {
              setRows(to ?? 1)
              setChanged(true)
            }}
          />
          <label htmlFor={`${id}columns`}>列</label>
          <InputNumber
            id={`${id}columns`}
            min={1}
            max={40}
            precision={0}
            value={columns}
            onChange={(to) => {
              setColumns(to ?? 1)
              setChanged(true)
            }}
          />
          <Button onClick={renumber}>按行重新编号</Button>
        </div>
      ) : null}
      {edits ? (
        <div className="seat-tools no-print">
          <span>{chosen.size > 0 ? `已选 ${chosen.size} 个位置：` : '点选位置后设置：'}</span>
          <Segmented
            aria-label="设为"
            disabled={chosen.size === 0}
            value={only?.state ?? ''}
            options={[
              ...Object.entries(SEAT_WORDS).map(([value, [label]]) => ({ value, label })),
              { value: 'gap', label: '无座' },
            ]}
            onChange={(to) => {
              if (to === 'broken') setBreaking(true)
              else if (to === 'gap') put(() => undefined)
              else setState(to as Seat['state'])
            }}
          />
          <Button
            disabled={chosen.size === 0}
            onClick={() => put((seat) => seat && { ...seat, accessible: !seat.accessible })}
          >
            标记或取消无障碍
          </Button>
          {chosen.size > 0 ? (
            <Button type="link" onClick={() => setChosen(new Set())}>
              取消选择
            </Button>
          ) : null}
        </div>
      ) : null}
      {only && edits ? (
        <div className="seat-tools no-print">
          <label htmlFor={`${id}label`}>考位号</label>
          <Input
            id={`${id}label`}
            style={{ width: 100 }}
            maxLength={20}
            value={only.label}
            onChange={(event) => put((seat) => seat && { ...seat, label: event.target.value })}
          />
          <label htmlFor={`${id}machine`}>机器</label>
          <Input
            id={`${id}machine`}
            style={{ width: 200 }}
            maxLength={60}
            value={only.machine}
            onChange={(event) => put((seat) => seat && { ...seat, machine: event.target.value })}
          />
        </div>
      ) : null}
      <p className="seat-front">讲台　前</p>
      <div className="seat-grid" style={{ gridTemplateColumns: `repeat(${columns}, minmax(56px, 1fr))` }}>
        {Array.from({ length: rows * columns }, (_, at) => {
          const row = Math.floor(at / columns) + 1
          const column = (at % columns) + 1
          const key = keyOf(row, column)
          return (
            <Cell
              key={key}
              seat={seats.get(key)}
              place={`第 ${row} 行第 ${column} 列`}
              chosen={chosen.has(key)}
              {...(edits ? { onPress: () => toggle(key) } : {})}
            />
          )
        })}
      </div>
      <Problem problem={save.problem} />
      <p style={{ marginTop: 12 }} className="no-print">
        <ActButton act={one.actions.layOut ?? undefined} main={changed} busy={save.running} onAct={send}>
          保存布局
        </ActButton>
        {changed ? <span role="status">　布局有改动，还没有保存。</span> : null}
      </p>
      {breaking ? (
        <BrokenDialog
          onClose={() => setBreaking(false)}
          onSay={(reason) => {
            setState('broken', reason)
            setBreaking(false)
          }}
        />
      ) : null}
    </>
  )
}

function Cell(props: { seat: Seat | undefined; place: string; chosen: boolean; onPress?: () => void }) {
  const { seat, place } = props
  const [word] = seat ? (SEAT_WORDS[seat.state] ?? ['']) : ['无座']
  // What the eye sees stands in the name in the same words, so that who speaks to the machine can name a seat.
  const marks = seat
    ? [seat.state === 'usable' ? (seat.bound ? '已绑定' : '未绑定') : word, seat.accessible ? '无障碍' : '']
        .filter(Boolean)
        .join(' ')
    : word
  const name = seat
    ? `${place}，考位 ${seat.label} ${marks}${seat.brokenReason ? `（${seat.brokenReason}）` : ''}`
    : `${place}，无座`
  const className = `seat ${seat ? `seat-${seat.state}` : 'seat-gap'}`
  const inside = (
    <>
      {seat ? <strong className="num">{seat.label}</strong> : null} <small>{marks}</small>
    </>
  )
  if (!props.onPress)
    return (
      <div className={className} role="img" aria-label={name} title={name}>
        {inside}
      </div>
    )
  return (
    <button
      type="button"
      className={className}
      aria-label={name}
      title={name}
      aria-pressed={props.chosen}
      onClick={props.onPress}
    >
      {inside}
    </button>
  )
}

function BrokenDialog(props: { onClose: () => void; onSay: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  const id = useId()
  return (
    <Modal
      open
      title="标为损坏"
      okText="标为损坏"
      cancelText="取消"
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      onCancel={props.onClose}
      onOk={() => props.onSay(reason.trim())}
    >
      <p>
        <label htmlFor={id}>损坏原因</label>
        <Input id={id} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </p>
    </Modal>
  )
}
