import { Link } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { Masked, Problem } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'

/** Finds a person by a whole number. It is sent in the body: a search in the list would put it into the address. */
export function FindByNumber() {
  const [open, setOpen] = useState(false)
  const [number, setNumber] = useState('')
  const [rows, setRows] = useState<OutputOf<WorkbenchApi, 'people.find-by-number'>['rows']>()
  const find = useCommand('people.find-by-number', { inPlace: true, onDone: (found) => setRows(found.rows) })
  const id = useId()
  return (
    <>
      <Button onClick={() => setOpen(true)}>按号码查找</Button>
      <Modal
        open={open}
        destroyOnHidden
        title="按证件号码或手机号查找"
        okText="查找"
        cancelText="关闭"
        okButtonProps={{ disabled: number.trim().length < 6 }}
        confirmLoading={find.running}
        onOk={() => find.run({ number: number.trim() })}
        onCancel={() => {
          setNumber('')
          setRows(undefined)
          setOpen(false)
        }}
      >
        <Problem problem={find.problem} />
        <p>
          <label htmlFor={id}>完整的证件号码或手机号</label>
        </p>
        <Input
          id={id}
          value={number}
          maxLength={30}
          autoComplete="off"
          onChange={(event) => {
            setNumber(event.target.value)
            setRows(undefined)
          }}
        />
        {rows?.length === 0 && <p role="status">您可查看的人员中没有这个号码。请核对号码是否完整。</p>}
        {rows?.map((row) => (
          <p key={row.id}>
            <Link to={`/people/persons/${row.id}`}>{row.name}</Link>　<Masked number={row.maskedIdNumber} />
          </p>
        ))}
      </Modal>
    </>
  )
}
