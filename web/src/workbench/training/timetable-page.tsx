import './training.css'
import { Link } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActLink, ExportButton, Loaded, Problem, StateTag, useParam, WideTable } from '../../ui/desk/index.ts'
import { span } from '../../ui/format.ts'
import { saveFile, useApiQuery, useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { ClassPart } from './class-nav.tsx'
import { CONTENTS, MODES } from './words.ts'

type Lesson = OutputOf<WorkbenchApi, 'training.read-timetable'>['lessons'][number]

/** 课程表与考勤: every lesson with who was there; the door code and the marks are one tap away. */
export function TimetablePage() {
  const classId = useParam('id')
  const query = useApiQuery('training.read-timetable', { classId })
  const permissions = useMe().data?.permissions ?? []
  const manages = permissions.includes('training.manage-classes')
  const [cancelling, setCancelling] = useState<Lesson | null>(null)
  return (
    <Loaded query={query}>
      {({ className, arrange, lessons }) => (
        <ClassPart
          classId={classId}
          className={className}
          title="课程表与考勤"
          lead="线下课在教室门口扫码签到，线上课按学习时间计。"
          acts={
            <>
              <ExportButton onExport={() => saveFile('training.export-timetable', { classId })} />
              {manages && arrange.allowed ? (
                <ActLink to={`/training/classes/${classId}/lessons/new`} main>
                  排课
                </ActLink>
              ) : null}
            </>
          }
        >
          <WideTable<Lesson>
            rowKey={(lesson) => lesson.id}
            dataSource={lessons}
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            locale={{ emptyText: '还没有排课。开班前课程表须达到备案计划的各类学时。' }}
            columns={[
              {
                title: '课程',
                render: (_, lesson) => (
                  <>
                    <Link to={`/training/lessons/${lesson.id}`}>{lesson.title}</Link>
                    {lesson.cancelReason ? (
                      <div className="lesson-note">取消原因：{lesson.cancelReason}</div>
                    ) : null}
                  </>
                ),
              },
              {
                title: '时间',
                render: (_, lesson) => <span className="num">{span(lesson.startsAt, lesson.endsAt)}</span>,
              },
              { title: '方式', render: (_, lesson) => `${MODES[lesson.mode]}${CONTENTS[lesson.content]}` },
              { title: '分钟', align: 'right', render: (_, lesson) => lesson.minutes },
              { title: '教师', render: (_, lesson) => lesson.teacherName },
              { title: '教室', render: (_, lesson) => lesson.room ?? '线上' },
              { title: '到课', align: 'right', render: (_, lesson) => lesson.present },
              {
                title: '办理',
                render: (_, lesson) =>
                  lesson.cancelled ? (
                    <StateTag tone="idle">已取消</StateTag>
                  ) : (
                    <>
                      {lesson.mode === 'offline' && permissions.includes('training.teach') ? (
                        <Link to={`/training/lessons/${lesson.id}/door`}>签到码</Link>
                      ) : null}
                      {manages && lesson.present === 0 && arrange.allowed ? (
                        <Button type="link" danger onClick={() => setCancelling(lesson)}>
                          取消
                        </Button>
                      ) : null}
                    </>
                  ),
              },
            ]}
          />
          {cancelling ? <CancelDialog lesson={cancelling} onClose={() => setCancelling(null)} /> : null}
        </ClassPart>
      )}
    </Loaded>
  )
}

function CancelDialog({ lesson, onClose }: { lesson: Lesson; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cancel = useCommand('training.cancel-lesson', { inPlace: true, onDone: onClose })
  return (
    <Modal
      open
      title={`取消课程：${lesson.title}`}
      okText="取消课程"
      cancelText="返回"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      confirmLoading={cancel.running}
      onOk={() => void cancel.run({ lessonId: lesson.id, reason: reason.trim() })}
      onCancel={onClose}
    >
      <Problem problem={cancel.problem} />
      <p>学员将在课程表中看到课程已取消和原因。</p>
      <label htmlFor="cancel-reason">原因</label>
      <Input
        id="cancel-reason"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}
