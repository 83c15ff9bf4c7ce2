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
import { openFile, useApiQuery } from '../api.ts'
import { VerdictGroup } from './verdict-group.tsx'
import { EFFECTS, stateOf, TITLE_WORDS } from './words.ts'

type Title = OutputOf<WorkbenchApi, 'benefits.read-title'>

/** One recognition: what it means, the certificate and the rule it rests on, and the paper to print. */
export function TitlePage() {
  const query = useApiQuery('benefits.read-title', { recognitionId: useParam('id') })
  return <Loaded query={query}>{(one) => <TitleRecord one={one} />}</Loaded>
}

function TitleRecord({ one }: { one: Title }) {
  return (
    <RecordPage
      back={{ to: '/benefits/titles', label: '职称认定' }}
      kind={one.effect === 'direct' ? '职称认定' : '高级职称评审参考'}
      name={`${one.holderName} ${one.titleLevel}`}
      number={one.number}
      state={<StateOf state={stateOf(one)} of={TITLE_WORDS} />}
      acts={
        <ActButton
          act={one.actions.print}
          main
          onAct={() => openFile('benefits.title-pdf', { recognitionId: one.id })}
        >
          {one.effect === 'direct' ? '打印职称认定表' : '打印参考证明'}
        </ActButton>
      }
      notice={
        one.revokedOn ? (
          <Notice tone="waiting">
            {one.revokedOn} 撤销：{one.revokeReason}。此项认定不再有效。
          </Notice>
        ) : null
      }
      facts={[
        {
          title: '认定',
          rows: [
            ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
            ['方式', EFFECTS[one.effect]],
            ['结果', one.titleLevel],
            ['职称专业', <Unverified key="specialty">{one.specialty}</Unverified>],
            ['认定日期', <Day key="on" on={one.recognisedOn} />],
          ],
        },
        {
          title: '凭证',
          rows: [
            [
              '等级证书',
              <Link key="certificate" to={`/certificates/issued/${one.levelCertificateId}`}>
                {one.certificateNumber}
              </Link>,
            ],
            ['发证日期', <Day key="issued" on={one.certificateIssuedOn} />],
            ['职业', `${one.occupationName} ${one.level}`],
            ['评价机构', one.organisationName],
            ['市州', one.cityName ?? <Nothing key="city" />],
          ],
        },
      ]}
      timeline={one.timeline}
    >
      <VerdictGroup decision={one.decision} />
    </RecordPage>
  )
}
