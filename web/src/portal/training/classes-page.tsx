import {
  Button,
  ButtonLink,
  Card,
  CardList,
  Money,
  Page,
  SelectField,
  StateTag,
} from '../../ui/plain/index.ts'
import { useApiQuery, useList } from '../api.ts'
import { Dated } from './dated.tsx'
import { type Announcement, openWords, seatWords, subject, windowWords } from './words.ts'

const LEVELS = ['初级', '中级', '高级'].map((value) => ({ value, label: value }))

/** 招生公告: what can be joined, where, for how much and until when. Read without an account. */
export function ClassesPage() {
  const list = useList('training.list-announcements')
  const choices = useApiQuery('training.announcement-choices')
  const filtered = ['q', 'cityCode', 'occupationId', 'level', 'open'].some((name) => list.values[name])
  return (
    <Page
      title="招生公告"
      lead="只列已备案的培训班。收费以公告和公布的标准为准，不得另行加收。"
      back={{ to: '/', label: '首页' }}
    >
      <h2 className="sr-only">公告列表</h2>
      <CardList
        list={list}
        rowKey={(row) => row.id}
        searchLabel="搜班级名称或地点"
        filters={
          <>
            <SelectField
              name="occupationId"
              label="职业"
              none="全部"
              choices={(choices.data?.occupations ?? []).map((one) => ({ value: one.id, label: one.name }))}
              value={list.values.occupationId ?? ''}
              onChange={(id) => list.set('occupationId', id)}
            />
            <SelectField
              name="level"
              label="等级"
              none="全部"
              choices={LEVELS}
              value={list.values.level ?? ''}
              onChange={(level) => list.set('level', level)}
            />
            <SelectField
              name="cityCode"
              label="上课地点"
              none="全省"
              choices={(choices.data?.cities ?? []).map((one) => ({ value: one.code, label: one.name }))}
              value={list.values.cityCode ?? ''}
              onChange={(code) => list.set('cityCode', code)}
            />
            <SelectField
              name="open"
              label="报名状态"
              none="全部"
              choices={[{ value: 'true', label: '正在报名' }]}
              value={list.values.open ?? ''}
              onChange={(open) => list.set('open', open)}
            />
          </>
        }
        row={(row) => <AnnouncementCard one={row} />}
        emptyAct={
          filtered ? (
            <Button onPress={list.reset}>清除筛选</Button>
          ) : (
            <ButtonLink to="/catalogues/training">看培训机构目录</ButtonLink>
          )
        }
        empty={filtered ? '没有符合条件的公告。' : '目前没有招生公告，过几天再来看。'}
      />
    </Page>
  )
}

function AnnouncementCard({ one }: { one: Announcement }) {
  const [word, tone] = openWords(one)
  return (
    <Card to={`/classes/${one.id}`} title={one.title} mark={<StateTag tone={tone}>{word}</StateTag>}>
      <p>{subject(one)}</p>
      <p>
        {one.organisation} · {one.city ? `${one.city} ` : ''}
        {one.venue}
      </p>
      <p>
        <Dated>{`${one.startsOn} 至 ${one.endsOn}`}</Dated>，收费 <Money cents={one.feeCents} />
      </p>
      <p className={one.open ? undefined : 'nothing'}>
        <Dated>{windowWords(one)}</Dated>
        {one.open ? `。${seatWords(one)}。` : ''}
      </p>
    </Card>
  )
}
