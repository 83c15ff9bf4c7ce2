import { Card, CardList, Page, PlainButton, SelectField, StateTag, Unverified } from '../../ui/plain/index.ts'
import { saveFile, useApiQuery, useList } from '../api.ts'
import { DayFilter, HistoryFilter, LevelFilter } from './words.tsx'

export function TrainingInstitutionsPage() {
  return (
    <Institutions
      catalogue="training"
      title="培训机构目录"
      lead="报名前可以在这里核对机构是否在册。选日期可看那一天的目录。"
    />
  )
}

export function EvaluationInstitutionsPage() {
  return (
    <Institutions
      catalogue="evaluation"
      title="评价机构目录"
      lead="专业技术等级考核由目录内的评价机构组织。"
    />
  )
}

/** A catalogue of institutions as of a day, with its history. */
function Institutions(props: { catalogue: 'training' | 'evaluation'; title: string; lead: string }) {
  const { catalogue } = props
  const list = useList('institutions.list-entries', { catalogue })
  const regions = useApiQuery('institutions.regions')
  const occupations = useApiQuery('institutions.list-occupations', { size: 200 })
  return (
    <Page title={props.title} lead={props.lead} back={{ to: '/catalogues', label: '目录清单' }}>
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜机构名称或统一社会信用代码"
        filters={
          <>
            <SelectField
              name="provinceCode"
              label="省份"
              none="全部"
              choices={(regions.data?.regions ?? [])
                .filter((one) => one.provinceCode === null)
                .map((one) => ({ value: one.code, label: one.name }))}
              value={list.values.provinceCode ?? ''}
              onChange={(code) => list.set('provinceCode', code)}
            />
            <SelectField
              name="occupationId"
              label="职业"
              none="全部"
              choices={(occupations.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
              value={list.values.occupationId ?? ''}
              onChange={(id) => list.set('occupationId', id)}
            />
            <LevelFilter list={list} />
            <DayFilter list={list} />
            <HistoryFilter list={list} />
          </>
        }
        row={(row) => (
          <Card
            to={`/catalogues/institutions/${row.id}`}
            title={row.organisationName}
            mark={
              !row.verified ? (
                <Unverified />
              ) : row.inForce ? (
                <StateTag tone="done">在册</StateTag>
              ) : (
                <StateTag tone="idle">不在册</StateTag>
              )
            }
          >
            <p>
              {row.province} · {row.levels.join('、') || '等级来源未载'}
            </p>
            <p>{row.occupations.map((one) => one.name).join('、') || '职业来源未载'}</p>
            <p className="nothing">
              自 {row.fromOn} 起{row.toOn ? `，至 ${row.toOn}` : ''}
            </p>
          </Card>
        )}
        empty="没有符合条件的机构。目录之外的机构不得开展培训评价，请谨慎报名。"
      />
      <PlainButton
        onPress={() => void saveFile('institutions.export-entries', { ...list.values, catalogue })}
      >
        下载 Excel
      </PlainButton>
    </Page>
  )
}
