import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  ActButton,
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
import { openFile, saveFile, useList } from '../api.ts'
import { stateOf, TITLE_WORDS, useFetching, YEARS } from './words.ts'

type Title = OutputOf<PortalApi, 'benefits.my-titles'>['rows'][number]

/** Every recognition of mine, revoked ones too, with the paper of those that stand. */
export function MyTitlesPage() {
  const list = useList('benefits.my-titles')
  const { problem, fetching } = useFetching()
  return (
    <Page
      title="我的职称认定"
      lead="初级、中级证书直接认定职称；高级证书是申报高级职称评审的重要参考。"
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
              label="认定年份"
              none="全部"
              choices={YEARS}
              value={list.values.year ?? ''}
              onChange={(year) => list.set('year', year)}
            />
            <SelectField
              name="state"
              label="状态"
              none="全部"
              choices={choicesOf(TITLE_WORDS)}
              value={list.values.state ?? ''}
              onChange={(state) => list.set('state', state)}
            />
          </>
        }
        row={(row) => <TitleCard row={row} />}
        empty="没有职称认定。取得专业技术等级证书后会按规则自动认定。"
      />
      <Problem problem={problem} />
      <ButtonRow>
        <Button onPress={() => void fetching(() => saveFile('benefits.export-my-titles', list.values))}>
          导出表格
        </Button>
      </ButtonRow>
    </Page>
  )
}

function TitleCard({ row }: { row: Title }) {
  const { problem, fetching } = useFetching()
  return (
    <Card title={row.titleLevel} mark={<StateOf state={stateOf(row)} of={TITLE_WORDS} />}>
      <Facts
        rows={[
          ['认定编号', row.number],
          ['职业', `${row.occupationName} ${row.level}`],
          ['职称专业', <Unverified key="specialty">{row.specialty}</Unverified>],
          ['评价机构', row.organisationName],
          ['等级证书', row.certificateNumber],
          ['认定日期', <Day key="on" on={row.recognisedOn} />],
          row.revokedOn ? ['撤销日期', <Day key="off" on={row.revokedOn} />] : undefined,
          row.revokeReason ? ['撤销原因', row.revokeReason] : undefined,
        ]}
      />
      <Problem problem={problem} />
      <ButtonRow>
        <ActButton
          act={row.actions.print}
          onPress={() => void fetching(() => openFile('benefits.my-title-pdf', { recognitionId: row.id }))}
        >
          {row.effect === 'direct' ? '打印认定表' : '打印参考证明'}
        </ActButton>
      </ButtonRow>
    </Card>
  )
}
