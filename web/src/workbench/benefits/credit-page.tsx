import { Link } from '@tanstack/react-router'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  Day,
  Loaded,
  Masked,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  Unverified,
  useParam,
} from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { openFile, useApiQuery } from '../api.ts'
import { VerdictGroup } from './verdict-group.tsx'
import { HOURS_WORDS, stateOf } from './words.ts'

type Credit = OutputOf<WorkbenchApi, 'benefits.read-hours'>

/** One credit of hours: what it rests on, what the year adds up to, and the proof to print. */
export function CreditPage() {
  const query = useApiQuery('benefits.read-hours', { creditId: useParam('id') })
  return <Loaded query={query}>{(one) => <CreditRecord one={one} />}</Loaded>
}

function CreditRecord({ one }: { one: Credit }) {
  return (
    <RecordPage
      back={{ to: '/benefits/hours', label: '继续教育学时' }}
      kind="学时登记"
      name={`${one.holderName} ${one.year} 年度 ${score(one.hoursTenths)} 学时`}
      number={one.number}
      state={<StateOf state={stateOf(one)} of={HOURS_WORDS} />}
      acts={
        <ActButton
          act={one.actions.print}
          main
          onAct={() => openFile('benefits.hours-pdf', { creditId: one.id })}
        >
          打印学时证明
        </ActButton>
      }
      notice={
        one.revokedOn ? (
          <Notice tone="waiting">
            {one.revokedOn} 撤销：{one.revokeReason}。这些学时不再计入。
          </Notice>
        ) : null
      }
      facts={[
        { title: '学时', rows: hoursRows(one) },
        { title: '凭证', rows: certificateRows(one) },
      ]}
      timeline={one.timeline}
    >
      <VerdictGroup decision={one.decision} />
    </RecordPage>
  )
}

function hoursRows(one: Credit) {
  return [
    ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
    ['计入年度', `${one.year} 年度`],
    ['学时', `${score(one.hoursTenths)} 学时`],
    [
      '科目',
      one.subjectKind ? `${one.subjectKind}科目` : <Unverified key="subject">通知没有写明</Unverified>,
    ],
    ['本年度合计', `${score(one.yearTenths)} 学时（本单位管理范围内）`],
    [
      '年度要求',
      one.required ? `${one.required.hours} 学时，${one.required.source}` : <Unverified key="required" />,
    ],
  ] as const
}

function certificateRows(one: Credit) {
  return [
    [
      '培训合格证书',
      <Link key="certificate" to={`/training/certificates/${one.trainingCertificateId}`}>
        {one.certificateNumber}
      </Link>,
    ],
    ['发证日期', <Day key="issued" on={one.certificateIssuedOn} />],
    ['职业', `${one.occupationName} ${one.level}`],
    ['培训机构', one.organisationName],
    ['市州', one.cityName ?? <Nothing key="city" />],
    ['登记日期', <Day key="credited" on={one.creditedOn} />],
  ] as const
}
