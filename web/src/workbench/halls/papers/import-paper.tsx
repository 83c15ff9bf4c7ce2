import { Button, Checkbox, Form, Input, InputNumber, Modal, Select, Table, Upload } from 'antd'
import { useState } from 'react'
import { type ApiProblem, type OutputOf, problemOf, type WorkbenchApi } from '../../../ui/api.ts'
import { Notice, Problem } from '../../../ui/desk/index.ts'
import { act, saveFile } from '../../api.ts'
import { PART_WORDS } from '../words.ts'
import { PARTIAL_WORDS } from './words.ts'

type Report = OutputOf<WorkbenchApi, 'halls.import-paper'>
interface Values {
  part: keyof typeof PART_WORDS
  title: string
  minutes: number
  shuffled: boolean
  multiple: keyof typeof PARTIAL_WORDS
  shownToCandidates: boolean
}
const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** A paper comes in whole or not at all: check first, then import what has no fault. */
export function ImportPaper(props: {
  /** A sitting's own paper, or the one of a joint examination. */
  into: { sittingId: string } | { familyId: string }
  parts: string[]
  onClose: () => void
  onSaved: () => void
}) {
  const [form] = Form.useForm<Values>()
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<Report | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [running, setRunning] = useState(false)
  const send = async (keep: boolean) => {
    if (!file) return
    const values = await form.validateFields().catch(() => undefined)
    if (!values) return
    setRunning(true)
    setProblem(null)
    try {
      const answer =
        'sittingId' in props.into
          ? await act('halls.import-paper', { ...props.into, ...values, keep }, { paper: file })
          : await act('halls.import-joint-paper', { ...props.into, ...values, keep }, { paper: file })
      setReport(answer)
      if (answer.saved > 0) props.onSaved()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setRunning(false)
    }
  }
  const clean = report !== null && report.errors.length === 0
  return (
    <Modal
      open
      title="导入试卷"
      width={760}
      okText={clean ? `导入 ${report.good} 行` : '检查'}
      cancelText="取消"
      okButtonProps={{ disabled: !file }}
      confirmLoading={running}
      onOk={() => void send(clean)}
      onCancel={props.onClose}
    >
      <p>
        试卷整份导入，有一处错误就不保存。合计须为 100 分。含图片的试卷请用 JSON。
        <Button type="link" onClick={() => void saveFile('halls.paper-template', {})}>
          下载 Excel 模板
        </Button>
      </p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          part: props.parts[0],
          minutes: 90,
          shuffled: true,
          multiple: 'none',
          shownToCandidates: false,
        }}
        onValuesChange={() => setReport(null)}
      >
        <Form.Item name="part" label="科目" rules={[{ required: true }]}>
          <Select options={optionsOf(PART_WORDS).filter((one) => props.parts.includes(one.value))} />
        </Form.Item>
        <Form.Item
          name="title"
          label="试卷名称"
          rules={[{ required: true, min: 2, message: '请填写试卷名称' }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="minutes"
          label="作答时长（分钟）"
          rules={[{ required: true, message: '请填写作答时长' }]}
        >
          <InputNumber min={1} max={600} />
        </Form.Item>
        <Form.Item
          name="multiple"
          label="多选题漏选"
          help="错选一律不得分。某题另填「漏选得分」的，按该题的分值。"
        >
          <Select options={optionsOf(PARTIAL_WORDS)} />
        </Form.Item>
        <Form.Item name="shuffled" valuePropName="checked">
          <Checkbox>相邻考生的题目和选项顺序不同</Checkbox>
        </Form.Item>
        <Form.Item name="shownToCandidates" valuePropName="checked">
          <Checkbox>成绩公布后，考生回放时可以看到试题内容（仍要使用的试题请勿勾选）</Checkbox>
        </Form.Item>
      </Form>
      <Upload
        accept=".xlsx,.json"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen)
          setReport(null)
          return false
        }}
      >
        <Button>{file ? '换一个文件' : '选择 Excel 或 JSON 文件'}</Button>
      </Upload>
      <div role="status" style={{ margin: '12px 0' }}>
        {file ? <p>{file.name}</p> : null}
        {clean ? <Notice>检查完毕，没有错误，共 {report.good} 行，可以导入。</Notice> : null}
        {report && !clean ? <p>发现 {report.errors.length} 处问题，未保存。请改正后重新选择文件。</p> : null}
      </div>
      <Problem problem={problem} />
      {report && !clean ? (
        <Table
          size="small"
          rowKey={(row) => `${row.row} ${row.column} ${row.message}`}
          dataSource={report.errors}
          pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: '行', width: 70, render: (_, one) => one.row || '整份' },
            { title: '列', width: 120, render: (_, one) => one.column ?? '' },
            { title: '问题', dataIndex: 'message' },
          ]}
        />
      ) : null}
    </Modal>
  )
}
