import './training.css'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ClauseTag,
  choicesOf,
  ImportDialog,
  Instant,
  ListTable,
  Loaded,
  Masked,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { OUTCOME_WORDS } from '../../ui/verdict/verdict-words.ts'
import { act, saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { ClassPart } from './class-nav.tsx'
import { type ClassRecord, ENROLMENT_WORDS, SOURCES } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'training.list-enrolments'>['rows'][number]

/** 报名与录取: who registered, what the audience rule said, admission in batch, roster import. */
export function EnrolmentsPage() {
  const query = useApiQuery('training.read-class', { classId: useParam('id') })
  return (
    <Loaded query={query}>{(one) => <Enrolments one={one} reload={() => void query.refetch()} />}</Loaded>
  )
}

function Enrolments({ one, reload }: { one: ClassRecord; reload: () => void }) {
  const classId = one.id
  const list = useList('training.list-enrolments', { classId })
  const decide = useCommand('training.decide-enrolments')
  const [note, setNote] = useState('')
  const [importing, setImporting] = useState(false)
  const mayDecide = one.actions.decideEnrolments?.allowed
  const { counts } = one
  return (
    <ClassPart
      classId={classId}
      className={one.name}
      title="报名与录取"
      lead={`计划 ${one.capacity} 人，已占名额 ${counts.seated} 人，候补 ${counts.waiting} 人。`}
      acts={
        one.actions.importRoster?.allowed ? (
          <Button onClick={() => setImporting(true)}>导入学员名单</Button>
        ) : null
      }
    >
      <ListTable<Row>
        label="报名列表"
        list={list}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        rowLink={(row) => `/training/enrolments/${row.id}`}
        searchHint="姓名"
        filters={[
          { name: 'state', label: '状态', choices: choicesOf(ENROLMENT_WORDS) },
          { name: 'outcome', label: '培训对象判断', choices: choicesOf(OUTCOME_WORDS) },
        ]}
        columns={[
          { title: '姓名', render: (row) => row.name },
          { title: '报名号', render: (row) => row.position, right: true },
          { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
          { title: '手机', render: (row) => <Masked number={row.phoneMasked} /> },
          { title: '来源', render: (row) => SOURCES[row.source] },
          {
            title: '培训对象判断',
            render: (row) => <StateOf state={row.audienceOutcome} of={OUTCOME_WORDS} />,
          },
          { title: '报名时间', render: (row) => <Instant at={row.registeredAt} /> },
          { title: '状态', render: (row) => <StateOf state={row.state} of={ENROLMENT_WORDS} /> },
        ]}
        {...(mayDecide
          ? {
              bulk: [
                {
                  label: '录取',
                  preview: (rows: Row[]) => <AdmitPreview rows={rows} note={note} setNote={setNote} />,
                  run: (rows: Row[]) =>
                    decide.run({
                      classId,
                      decision: 'admitted',
                      enrolmentIds: rows.map((row) => row.id),
                      ...(note.trim() ? { reason: note.trim() } : {}),
                    }),
                },
                {
                  label: '不予录取',
                  grave: true,
                  preview: (rows: Row[]) => <DeclinePreview rows={rows} note={note} setNote={setNote} />,
                  run: (rows: Row[]) =>
                    decide.run({
                      classId,
                      decision: 'declined',
                      enrolmentIds: rows.map((row) => row.id),
                      reason: note.trim(),
                    }),
                },
              ],
            }
          : {})}
        onExport={() => saveFile('training.export-enrolments', { ...list.values, classId } as never)}
        empty={
          one.state === 'planned'
            ? '公告还没有发布，不能报名。'
            : '还没有人报名。可导入已核验证件的学员名单。'
        }
      />
      <RosterImport
        classId={classId}
        open={importing}
        onClose={() => setImporting(false)}
        onSaved={() => {
          setImporting(false)
          list.retry()
          reload()
        }}
      />
    </ClassPart>
  )
}

interface NoteProps {
  rows: Row[]
  note: string
  setNote: (note: string) => void
}

/** Exceptions first: whom the rule did not simply let pass, and who is beyond the seats. */
function AdmitPreview({ rows, note, setNote }: NoteProps) {
  const doubtful = rows.filter((row) => row.audienceOutcome !== '符合')
  const waiting = rows.filter((row) => row.state === 'waiting')
  const decided = rows.filter((row) => row.state !== 'registered' && row.state !== 'waiting')
  return (
    <>
      {decided.length > 0 ? (
        <p>
          其中 {decided.length} 人已处理过，不能重复办理：{names(decided)}。请取消勾选。
        </p>
      ) : null}
      {waiting.length > 0 ? (
        <p>
          其中 {waiting.length} 人在候补，名额足够时才能录取：{names(waiting)}。
        </p>
      ) : null}
      {doubtful.length > 0 ? (
        <>
          <p>
            其中 {doubtful.length} 人的培训对象条件需要核验：{names(doubtful)}。 <ClauseTag id="HB-2" />
          </p>
          <label htmlFor="admit-note">核验情况</label>
          <Input.TextArea
            id="admit-note"
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </>
      ) : null}
      <p>将录取 {rows.length} 人，学员在“我的课程”中立即可见。</p>
    </>
  )
}

function DeclinePreview({ rows, note, setNote }: NoteProps) {
  return (
    <>
      <p>
        将不予录取 {rows.length} 人：{names(rows)}。空出的名额按报名先后由候补递补。
      </p>
      <label htmlFor="decline-note">理由（学员会看到）</label>
      <Input.TextArea
        id="decline-note"
        rows={3}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p style={{ marginTop: 8 }}>
        学员将看到：您报名的班级未予录取，理由：{note.trim() || '（请填写理由）'}
      </p>
    </>
  )
}

const SHOWN = 8
function names(rows: Row[]): string {
  return `${rows
    .slice(0, SHOWN)
    .map((row) => row.name)
    .join('、')}${rows.length > SHOWN ? `等 ${rows.length} 人` : ''}`
}

/** The institution first states that it has seen every document: it stands as verifier of these real names. */
function RosterImport(props: { classId: string; open: boolean; onClose: () => void; onSaved: () => void }) {
  const [seen, setSeen] = useState(false)
  const [stated, setStated] = useState(false)
  const close = () => {
    setSeen(false)
    setStated(false)
    props.onClose()
  }
  if (props.open && !stated) {
    return (
      <div className="notice" role="dialog" aria-label="导入学员名单">
        <p>
          导入即由本机构对学员实名负责。 <ClauseTag id="HB-5.4" />
        </p>
        <p>
          <Checkbox checked={seen} onChange={(event) => setSeen(event.target.checked)}>
            已逐一核验名单中每位学员的证件原件
          </Checkbox>
        </p>
        <Button type="primary" disabled={!seen} onClick={() => setStated(true)}>
          继续
        </Button>{' '}
        <Button onClick={close}>取消</Button>
      </div>
    )
  }
  return (
    <ImportDialog
      open={props.open}
      title="导入学员名单"
      onClose={close}
      onTemplate={() => saveFile('training.roster-template')}
      upload={(file, keep) =>
        act('training.import-roster', { classId: props.classId, keep, documentsSeen: true }, { sheet: file })
      }
      onSaved={() => {
        setSeen(false)
        setStated(false)
        props.onSaved()
      }}
    />
  )
}
