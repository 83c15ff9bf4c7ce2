import { Button, Form, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActLink, ListPage, Nothing, Notice, Problem, StateTag, Unverified } from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { QualificationFields, type QualificationValues, toQualification } from './qualification-fields.tsx'

type Teacher = OutputOf<WorkbenchApi, 'training.list-teachers'>['rows'][number]
type Held = Teacher['qualifications'][number]

/** 教师: who teaches, with what entitles to it. */
export function TeachersPage() {
  const list = useList('training.list-teachers')
  const manages = useMe().data?.permissions.includes('training.manage-classes')
  const requirements = useApiQuery('training.teacher-requirements').data
  const [adding, setAdding] = useState<Teacher | null>(null)
  const leave = useCommand('training.end-teacher')
  const back = useCommand('training.return-teacher')
  const withdraw = useCommand('training.withdraw-qualification')
  return (
    <ListPage
      title="教师"
      list={list}
      rowKey={(row) => row.id}
      searchHint="姓名"
      filters={[{ name: 'includeLeft', label: '范围', choices: [{ value: 'true', label: '含已离任' }] }]}
      columns={[
        { title: '姓名', render: (row) => row.name },
        ...(manages ? [] : [{ title: '培训机构', render: (row: Teacher) => row.organisation }]),
        {
          title: '资格',
          render: (row) =>
            row.qualifications.length === 0 ? (
              <StateTag tone="waiting">未登记</StateTag>
            ) : (
              <ul style={{ margin: 0, paddingLeft: 18 }}>
                {row.qualifications.map((held) => (
                  <li key={held.id}>
                    {sayHeld(held)}
                    {manages && !held.withdrawnOn ? (
                      <Popconfirm
                        title="撤下这条资格？"
                        description="撤下后不再据此排课，已上的课不受影响。"
                        okText="撤下"
                        cancelText="返回"
                        onConfirm={() => void withdraw.run({ teacherId: row.id, qualificationId: held.id })}
                      >
                        <Button type="link" size="small">
                          撤下
                        </Button>
                      </Popconfirm>
                    ) : null}
                  </li>
                ))}
              </ul>
            ),
        },
        { title: '课程数', right: true, render: (row) => row.lessons },
        {
          title: '状态',
          render: (row) =>
            row.leftOn ? (
              <StateTag tone="idle">{row.leftOn} 离任</StateTag>
            ) : (
              <StateTag tone="done">在任</StateTag>
            ),
        },
        {
          title: '办理',
          render: (row) =>
            manages ? (
              <>
                <Button type="link" onClick={() => setAdding(row)}>
                  登记资格
                </Button>
                {row.leftOn ? (
                  <Button type="link" onClick={() => void back.run({ teacherId: row.id })}>
                    复任
                  </Button>
                ) : (
                  <Popconfirm
                    title={`${row.name}离任？`}
                    description="离任后不能再排课，已上的课不受影响。"
                    okText="离任"
                    cancelText="返回"
                    onConfirm={() => void leave.run({ teacherId: row.id })}
                  >
                    <Button type="link" danger>
                      离任
                    </Button>
                  </Popconfirm>
                )}
              </>
            ) : (
              <Nothing />
            ),
        },
      ]}
      onExport={() => saveFile('training.export-teachers', list.values as never)}
      acts={
        manages ? (
          <ActLink to="/training/teachers/new" main>
            登记教师
          </ActLink>
        ) : null
      }
      empty="还没有登记教师。排课前请先登记教师及其资格。"
    >
      {requirements ? (
        <Notice>
          {requirements.levels.map((row) => `${row.level}班教师：${row.asked}`).join('；')}。
          {requirements.verified ? null : <Unverified />}
        </Notice>
      ) : null}
      {adding ? <AddQualification teacher={adding} onClose={() => setAdding(null)} /> : null}
    </ListPage>
  )
}

function sayHeld(held: Held): string {
  const what =
    held.kind === 'title'
      ? `${held.specialty ?? ''}${held.level}职称`
      : `${held.occupation ?? ''}${held.level}专业技术等级`
  return `${what}，${held.obtainedOn} 取得${held.withdrawnOn ? `，${held.withdrawnOn} 已撤下` : ''}`
}

function AddQualification({ teacher, onClose }: { teacher: Teacher; onClose: () => void }) {
  const [form] = Form.useForm<{ qualification: QualificationValues }>()
  const add = useCommand('training.add-qualification', { inPlace: true, onDone: onClose })
  return (
    <Modal
      open
      title={`登记资格：${teacher.name}`}
      okText="登记"
      cancelText="返回"
      confirmLoading={add.running}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Problem problem={add.problem} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ qualification: { kind: 'title' } }}
        onFinish={(values) =>
          void add.run({ teacherId: teacher.id, qualification: toQualification(values.qualification) })
        }
      >
        <QualificationFields path="qualification" />
      </Form>
    </Modal>
  )
}
