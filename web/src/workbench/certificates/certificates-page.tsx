import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import {
  choicesOf,
  Day,
  ExportButton,
  ListPage,
  Masked,
  StateOf,
  StateTag,
  Unverified,
} from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { CERTIFICATE_WORDS, LEVELS } from './states.ts'

const SITES = [
  { value: 'osta', label: '技能人才评价工作网' },
  { value: 'zsgx', label: '国家专业技术人才知识更新工程网' },
] as const

export function CertificatesPage() {
  const list = useList('certificates.list')
  const may = useMe().data?.permissions ?? []
  const [exporting, setExporting] = useState(false)
  return (
    <ListPage
      title="证书管理"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/certificates/issued/${row.id}`}
      searchHint="证书编号或姓名"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(CERTIFICATE_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'fromOn', label: '发证不早于' },
        { name: 'toOn', label: '发证不晚于' },
      ]}
      columns={[
        { title: '证书编号', render: (row) => row.number },
        { title: '姓名', render: (row) => row.holderName },
        {
          title: '状态',
          render: (row) => (
            <>
              <StateOf state={row.state} of={CERTIFICATE_WORDS} />{' '}
              {row.changeOpen ? <StateTag tone="waiting">变更待复核</StateTag> : null}
            </>
          ),
        },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '职业', render: (row) => row.occupationName },
        { title: '方向', render: (row) => row.direction ?? '不分方向' },
        { title: '等级', render: (row) => row.level },
        { title: '评价机构', render: (row) => row.organisationName },
        { title: '发证日期', render: (row) => <Day on={row.issuedOn} /> },
      ]}
      onExport={() => saveFile('certificates.export', list.values)}
      acts={
        may.includes('level-certificates.export') ? (
          <Button onClick={() => setExporting(true)}>导出查询网站数据</Button>
        ) : null
      }
      empty="还没有颁发证书。国家审核通过后，由评价机构在成绩报送中颁发。"
    >
      <SiteExport open={exporting} onClose={() => setExporting(false)} values={list.values} />
    </ListPage>
  )
}

function SiteExport(props: { open: boolean; onClose: () => void; values: Record<string, string> }) {
  const [site, setSite] = useState<(typeof SITES)[number]['value']>('osta')
  const { fromOn, toOn } = props.values
  const period = { ...(fromOn ? { fromOn } : {}), ...(toOn ? { toOn } : {}) }
  return (
    <Modal open={props.open} title="导出查询网站数据" onCancel={props.onClose} footer={null}>
      <p>
        证书信息供公众在两个网站查询（HB-4.4）。
        <Unverified>网站的数据项格式未见公布，按平台对照表生成</Unverified>
      </p>
      <p>
        文件含完整证件号码，本次导出将记入日志。
        {fromOn || toOn ? '按当前发证日期条件导出。' : '导出全部证书。'}
      </p>
      <Radio.Group value={site} onChange={(event) => setSite(event.target.value)} options={[...SITES]} />
      <p style={{ marginTop: 16, display: 'flex', gap: 8 }}>
        <ExportButton
          onExport={() => saveFile('certificates.export-site', { site, format: 'xlsx', ...period })}
        >
          导出 Excel
        </ExportButton>
        <ExportButton
          onExport={() => saveFile('certificates.export-site', { site, format: 'json', ...period })}
        >
          导出 JSON
        </ExportButton>
      </p>
    </Modal>
  )
}
