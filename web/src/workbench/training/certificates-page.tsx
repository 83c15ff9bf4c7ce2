import { choicesOf, Day, ListPage, Masked, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { CERTIFICATE_WORDS, subject } from './words.ts'

/** 培训合格证书 of the scope, in every state. */
export function CertificatesPage() {
  const list = useList('training.list-certificates')
  return (
    <ListPage
      title="培训合格证书"
      lead="谁培训、谁发证、谁负责。更正和撤销须由另一人复核，原证书记录保留。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/training/certificates/${row.id}`}
      searchHint="姓名或证书编号"
      filters={[{ name: 'state', label: '状态', choices: choicesOf(CERTIFICATE_WORDS) }]}
      columns={[
        { title: '证书编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '姓名', render: (row) => row.holderName },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '职业等级', render: (row) => subject(row) },
        { title: '学时', right: true, render: (row) => row.hours.total },
        { title: '颁发机构', render: (row) => row.organisationName },
        { title: '颁发日期', render: (row) => <Day on={row.issuedOn} /> },
        { title: '状态', render: (row) => <StateOf state={row.state} of={CERTIFICATE_WORDS} /> },
      ]}
      onExport={() => saveFile('training.export-certificates', list.values as never)}
      empty="还没有颁发培训合格证书。班级结业后即可颁发。"
    />
  )
}
