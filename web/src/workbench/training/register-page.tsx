import { choicesOf, Day, ListPage, Masked, Nothing, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { ENROLMENT_WORDS, LEVELS, subject } from './words.ts'

/** 实名制名册 (HB-5.4): everybody in training, with verified identity; exports are in the log. */
export function RegisterPage() {
  const list = useList('training.list-register')
  return (
    <ListPage
      title="实名制名册"
      lead="每位参训人员均实名登记，是享受补贴政策的依据。导出会留下记录。"
      list={list}
      rowKey={(row) => row.enrolmentId}
      rowLink={(row) => `/training/enrolments/${row.enrolmentId}`}
      searchHint="姓名、班级编号或证书编号"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(ENROLMENT_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'startsFrom', label: '开班不早于' },
        { name: 'startsTo', label: '开班不晚于' },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.name },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '手机', render: (row) => <Masked number={row.phoneMasked} /> },
        { title: '培训机构', render: (row) => row.organisation },
        { title: '班级', render: (row) => row.className },
        { title: '职业等级', render: (row) => subject(row) },
        { title: '开班', render: (row) => <Day on={row.startsOn} /> },
        { title: '结业', render: (row) => <Day on={row.completedOn} /> },
        {
          title: '培训合格证书',
          render: (row) =>
            row.certificateNumber ? <span className="num">{row.certificateNumber}</span> : <Nothing />,
        },
        { title: '状态', render: (row) => <StateOf state={row.state} of={ENROLMENT_WORDS} /> },
      ]}
      onExport={() => saveFile('training.export-register', list.values as never)}
      empty="名册还是空的。学员报名后自动登记。"
    />
  )
}
