import { Button, Checkbox, Modal, Progress, Table, Upload } from 'antd'
import { useState } from 'react'
import { type ApiProblem, problemOf } from '../api.ts'
import { errorListCsv, type ImportError } from './error-list.ts'
import { Problem } from './problem.tsx'

export interface ImportReport {
  /** Rows read, good ones, and how many were taken over (0 while only checked). */
  rows: number
  good: number
  saved: number
  errors: readonly ImportError[]
}

/**
 * Bulk entry from Excel: check first and save nothing; then either every row is good, or the user says that the
 * good ones may be taken over without the bad.
 */
export function ImportDialog(props: {
  open: boolean
  title: string
  onClose: () => void
  /** 下载模板 */
  onTemplate?: () => Promise<unknown>
  /** `.xlsx` unless told. */
  accept?: string
  /** `keep: false` only checks; `keep: true` saves the good rows. Throws ApiFailure: use `act`, not `useCommand`. */
  upload: (file: File, keep: boolean) => Promise<ImportReport>
  onSaved: (report: ImportReport) => void
  /** One fault and nothing is saved: the good rows are not offered alone. */
  whole?: boolean
}) {
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [running, setRunning] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const reset = () => {
    setFile(null)
    setReport(null)
    setProblem(null)
    setAgreed(false)
  }
  const send = async (chosen: File, keep: boolean) => {
    setRunning(true)
    setProblem(null)
    try {
      const answer = await props.upload(chosen, keep)
      if (keep) {
        props.onSaved(answer)
        reset()
      } else setReport(answer)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setRunning(false)
    }
  }
  const bad = report ? report.rows - report.good : 0
  const maySave = report !== null && report.good > 0 && (bad === 0 || (agreed && !props.whole))
  return (
    <Modal
      open={props.open}
      title={props.title}
      width={720}
      onCancel={() => {
        reset()
        props.onClose()
      }}
      okText={report && !(props.whole && bad > 0) ? `导入 ${report.good} 行` : '导入'}
      cancelText="取消"
      okButtonProps={{ disabled: !maySave }}
      confirmLoading={running && report !== null}
      onOk={() => {
        if (file && maySave) void send(file, true)
      }}
    >
      <p>
        先检查、后导入：选择文件后逐行检查，此时不保存任何内容。
        {props.whole ? '整份导入，有一处错误就不保存。' : null}
        {props.onTemplate ? (
          <Button type="link" onClick={() => void props.onTemplate?.()}>
            下载模板
          </Button>
        ) : null}
      </p>
      <Upload
        accept={props.accept ?? '.xlsx'}
        maxCount={1}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen)
          setReport(null)
          setAgreed(false)
          void send(chosen, false)
          return false
        }}
      >
        <Button>{file ? '换一个文件' : '选择 Excel 文件'}</Button>
      </Upload>
      <div role="status" style={{ margin: '12px 0' }}>
        {file ? <p>{file.name}</p> : null}
        {running ? <Progress percent={100} status="active" showInfo={false} aria-label="正在检查" /> : null}
        {report ? (
          <p>
            {props.whole && bad > 0
              ? `共 ${report.rows} 行，有错误 ${bad} 行，没有保存。请改正后重新选择文件。`
              : `共 ${report.rows} 行，可以导入 ${report.good} 行${bad > 0 ? `，有错误 ${bad} 行` : ''}。`}
          </p>
        ) : null}
      </div>
      <Problem problem={problem} />
      {report && report.errors.length > 0 ? (
        <>
          <Table<ImportError>
            size="small"
            rowKey={(row) => `${row.row} ${row.column} ${row.message}`}
            dataSource={[...report.errors]}
            pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: '行', render: (_, one) => one.row || '文件', width: 56 },
              { title: '列', render: (_, row) => row.column ?? (row.row ? '整行' : ''), width: 96 },
              { title: '问题', dataIndex: 'message' },
            ]}
          />
          <p style={{ marginTop: 8 }}>
            <Button onClick={() => saveErrorList(report.errors)}>下载错误清单</Button>
          </p>
          {report.good > 0 && !props.whole ? (
            <Checkbox checked={agreed} onChange={(event) => setAgreed(event.target.checked)}>
              只导入没有错误的 {report.good} 行，有错误的 {bad} 行改正后再导
            </Checkbox>
          ) : null}
        </>
      ) : null}
    </Modal>
  )
}

function saveErrorList(errors: readonly ImportError[]): void {
  const url = URL.createObjectURL(new Blob([errorListCsv(errors)], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = '导入错误清单.csv'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
