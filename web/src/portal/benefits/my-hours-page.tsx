import { score } from '../../ui/format.ts'
import {
  Button,
  ButtonRow,
  Card,
  CardList,
  choicesOf,
  Day,
  Facts,
  Page,
  Problem,
  SelectField,
  StateOf,
  Unverified,
} from '../../ui/plain/index.ts'
import { saveFile, useList } from '../api.ts'
import { HOURS_WORDS, stateOf, useFetching, YEARS } from './words.ts'

/** Every credit of mine, revoked ones too, with the reason. */
export function MyHoursPage() {
  const list = useList('benefits.my-hours')
  const { problem, fetching } = useFetching()
  return (
    <Page
      title="学时明细"
      lead="每份培训合格证书计入一次，证书更正或撤销的随之变更。"
      back={{ to: '/mine/benefits', label: '我的学时与职称' }}
    >
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜编号、机构或职业"
        filters={
          <>
            <SelectField
              name="year"
              label="计入年度"
              none="全部"
              choices={YEARS}
              value={list.values.year ?? ''}
              onChange={(year) => list.set('year', year)}
            />
            <SelectField
              name="state"
              label="状态"
              none="全部"
              choices={choicesOf(HOURS_WORDS)}
              value={list.values.state ?? ''}
              onChange={(state) => list.set('state', state)}
            />
          </>
        }
        row={(row) => (
          <Card
            title={`${row.year} 年度 ${score(row.hoursTenths)} 学时`}
            mark={<StateOf state={stateOf(row)} of={HOURS_WORDS} />}
          >
            <Facts
              rows={[
                ['登记编号', row.number],
                ['职业', `${row.occupationName} ${row.level}`],
                ['培训机构', row.organisationName],
                ['证书编号', row.certificateNumber],
                ['科目', row.subjectKind ? `${row.subjectKind}科目` : <Unverified key="subject" />],
                ['登记日期', <Day key="on" on={row.creditedOn} />],
                row.revokedOn ? ['撤销日期', <Day key="off" on={row.revokedOn} />] : undefined,
                row.revokeReason ? ['撤销原因', row.revokeReason] : undefined,
              ]}
            />
          </Card>
        )}
        empty="没有学时记录。取得培训合格证书后会自动登记。"
      />
      <Problem problem={problem} />
      <ButtonRow>
        <Button onPress={() => void fetching(() => saveFile('benefits.export-my-hours', list.values))}>
          导出表格
        </Button>
      </ButtonRow>
    </Page>
  )
}
