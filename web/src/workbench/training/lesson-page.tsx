import { Button, Input, InputNumber, Modal } from 'antd'
import { type Key, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActLink,
  ClauseTag,
  DeskPage,
  ExportButton,
  Facts,
  Instant,
  Loaded,
  Masked,
  Nothing,
  Notice,
  Problem,
  StateTag,
  useParam,
  WideTable,
} from '../../ui/desk/index.ts'
import { span } from '../../ui/format.ts'
import { saveFile, useApiQuery, useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { CONTENTS, METHODS, MODES } from './words.ts'

type Attendance = OutputOf<WorkbenchApi, 'training.read-attendance'>
type Learner = Attendance['learners'][number]

/** 考勤: everybody of the class, present or not; the teacher marks by hand with a reason. */
export function LessonPage() {
  const lessonId = useParam('id')
  const query = useApiQuery('training.read-attendance', { lessonId })
  return <Loaded query={query}>{(attendance) => <Board attendance={attendance} />}</Loaded>
}

function Board({ attendance }: { attendance: Attendance }) {
  const { lesson, learners } = attendance
  const teaches = useMe().data?.permissions.includes('training.teach')
  const [chosen, setChosen] = useState<Key[]>([])
  const [marking, setMarking] = useState(false)
  const present = learners.filter((one) => (one.minutes ?? 0) > 0).length
  return (
    <DeskPage
      title={lesson.title}
      lead={`${lesson.className}，到课 ${present} / ${learners.length} 人。`}
      back={{ to: `/training/classes/${lesson.classId}/timetable`, label: '课程表' }}
      acts={
        <>
          <ExportButton onExport={() => saveFile('training.export-attendance', { lessonId: lesson.id })} />
          {teaches && lesson.mode === 'offline' && !lesson.cancelled ? (
            <ActLink to={`/training/lessons/${lesson.id}/door`} main>
              门口签到码
            </ActLink>
          ) : null}
        </>
      }
    >
      {lesson.cancelled ? <Notice tone="waiting">该课程已取消。</Notice> : null}
      <Facts
        rows={[
          ['时间', span(lesson.startsAt, lesson.endsAt)],
          ['方式', `${MODES[lesson.mode]}${CONTENTS[lesson.content]}`],
          ['教室', lesson.room ?? <Nothing key="room" />],
          ['时长', `${lesson.minutes} 分钟`],
        ]}
      />
      {teaches && chosen.length > 0 ? (
        <p>
          已选 {chosen.length} 人 <Button onClick={() => setMarking(true)}>登记考勤</Button>
        </p>
      ) : null}
      <WideTable<Learner>
        rowKey={(one) => one.enrolmentId}
        dataSource={learners}
        pagination={{ pageSize: 100, hideOnSinglePage: true, showSizeChanger: false }}
        {...(teaches && !lesson.cancelled
          ? {
              rowSelection: {
                selectedRowKeys: chosen,
                onChange: setChosen,
                getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }) as object,
                getCheckboxProps: (one: Learner) => ({ 'aria-label': `选择 ${one.name}` }) as object,
              },
            }
          : {})}
        locale={{ emptyText: '本班还没有录取学员。' }}
        columns={[
          { title: '姓名', render: (_, one) => one.name },
          { title: '证件号码', render: (_, one) => <Masked number={one.maskedIdNumber} /> },
          {
            title: '考勤',
            render: (_, one) =>
              (one.minutes ?? 0) > 0 ? (
                <StateTag tone="done">到课</StateTag>
              ) : (
                <StateTag tone="idle">未到</StateTag>
              ),
          },
          { title: '分钟', align: 'right', render: (_, one) => one.minutes ?? 0 },
          { title: '方式', render: (_, one) => (one.method ? METHODS[one.method] : <Nothing />) },
          { title: '时间', render: (_, one) => <Instant at={one.firstAt} /> },
          {
            title: '登记',
            render: (_, one) => (one.markedBy ? `${one.markedBy}：${one.reason}` : <Nothing />),
          },
        ]}
      />
      {marking ? (
        <MarkDialog
          lesson={lesson}
          learners={learners.filter((one) => chosen.includes(one.enrolmentId))}
          onClose={() => setMarking(false)}
          onDone={() => {
            setMarking(false)
            setChosen([])
          }}
        />
      ) : null}
    </DeskPage>
  )
}

function MarkDialog(props: {
  lesson: Attendance['lesson']
  learners: Learner[]
  onClose: () => void
  onDone: () => void
}) {
  const { lesson, learners } = props
  const [minutes, setMinutes] = useState<number | null>(lesson.minutes)
  const [reason, setReason] = useState('')
  const mark = useCommand('training.mark-attendance', { inPlace: true, onDone: props.onDone })
  const replaced = learners.filter((one) => one.minutes !== null)
  return (
    <Modal
      open
      title={`登记考勤（${learners.length} 人）`}
      okText="登记"
      cancelText="返回"
      okButtonProps={{ disabled: reason.trim().length < 2 || minutes === null }}
      confirmLoading={mark.running}
      onOk={() =>
        void mark.run({
          lessonId: lesson.id,
          marks: learners.map((one) => ({ enrolmentId: one.enrolmentId, minutes: minutes ?? 0 })),
          reason: reason.trim(),
        })
      }
      onCancel={props.onClose}
    >
      <Problem problem={mark.problem} />
      {replaced.length > 0 ? (
        <p>
          其中 {replaced.length} 人已有记录，将被替换，原记录保留在办理经过中：
          {replaced.map((one) => `${one.name} ${one.minutes} 分钟`).join('、')}。
        </p>
      ) : null}
      <p>
        <label htmlFor="mark-minutes">出席分钟（0 为未到，至多 {lesson.minutes}）</label>
      </p>
      <InputNumber id="mark-minutes" min={0} max={lesson.minutes} value={minutes} onChange={setMinutes} />
      <p style={{ marginTop: 12 }}>
        <label htmlFor="mark-reason">理由</label> <ClauseTag id="HB-4.3" />
      </p>
      <Input.TextArea
        id="mark-reason"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
