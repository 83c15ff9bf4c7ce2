import { Button, Select, Table, Upload } from 'antd'
import { useState } from 'react'
import { Group, Instant, Problem } from '../../ui/desk/index.ts'
import { openFile, useCommand } from '../api.ts'
import type { FilingRecord } from './filing-page.tsx'

/** Papers of a draft: PDF or pictures, ten megabytes each. */
export function FilingAttachments({ filing, kinds }: { filing: FilingRecord; kinds: string[] }) {
  const [kind, setKind] = useState(kinds[0] ?? '其他')
  const attach = useCommand('institutions.attach-filing-file', { inPlace: true })
  const remove = useCommand('institutions.remove-filing-file')
  return (
    <Group title="附件">
      <p>可上传培训大纲、师资证明等，PDF 或图片，每个不超过 10 MB，最多 20 个。</p>
      <p>
        <label htmlFor="attachment-kind">附件类别 </label>
        <Select
          id="attachment-kind"
          style={{ width: 180 }}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: value }))}
        />{' '}
        <Upload
          accept=".pdf,.jpg,.jpeg,.png"
          showUploadList={false}
          beforeUpload={(file) => {
            void attach.run({ id: filing.id, kind: kind as '其他' }, { file })
            return false
          }}
        >
          <Button loading={attach.running}>选择文件</Button>
        </Upload>
      </p>
      <Problem problem={attach.problem} />
      {filing.attachments.length > 0 ? (
        <Table
          size="small"
          rowKey="fileId"
          pagination={false}
          dataSource={filing.attachments}
          columns={[
            { title: '类别', dataIndex: 'kind' },
            {
              title: '文件',
              render: (_, one) => (
                <Button
                  type="link"
                  onClick={() =>
                    void openFile('institutions.filing-file', { id: filing.id, fileId: one.fileId })
                  }
                >
                  {one.name}
                </Button>
              ),
            },
            { title: '上传', render: (_, one) => <Instant at={one.addedAt} /> },
            {
              title: '操作',
              render: (_, one) => (
                <Button
                  aria-label={`移除 ${one.name}`}
                  onClick={() => void remove.run({ id: filing.id, fileId: one.fileId })}
                >
                  移除
                </Button>
              ),
            },
          ]}
        />
      ) : null}
    </Group>
  )
}
