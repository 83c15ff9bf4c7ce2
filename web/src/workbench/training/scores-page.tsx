import './training.css'
import { Button, Checkbox, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  Day,
  ImportDialog,
  Loaded,
  Nothing,
  Notice,
  Problem,
  ScoreInput,
  StateTag,
  useParam,
  WideTable,
} from '../../ui/desk/index.ts'
import { dayOf, score } from '../../ui/format.ts'
import { act, saveFile, useApiQuery, useCommand } from '../api.ts'
import { ClassPart } from './class-nav.tsx'
import type { ClassRecord } from './words.ts'

type Learner = OutputOf<WorkbenchApi, 'training.list-assessments'>['learners'][number]
type Typed = Record<string, { absent: boolean; tenths: number | undefined }>

/** 结业考核: scores typed or imported; the pass mark is the institution's own scheme. */
export function ScoresPage() {
  const classId = useParam('id')
  const record = useApiQuery('training.read-class', { classId })
  const scores = useApiQuery('training.list-assessments', { classId })
  return (
    <Loaded query={record}>
      {(one) => (
        <Loaded query={scores}>
          {({ learners }) => (
            <Scores
              one={one}
              learners={learners}
              reload={() => {
                void scores.refetch()
                void record.refetch()
              }}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

function Scores({ one, learners, reload }: { one: ClassRecord; learners: Learner[]; reload: () => void }) {
  const classId = one.id
  const [typed, setTyped] = useState<Typed>({})
  const [assessedOn, setAssessedOn] = useState(dayOf(new Date()))
  const [importing, setImporting] = useState(false)
  const enter = useCommand('training.enter-scores', { inPlace: true, onDone: () => setTyped({}) })
  const may = one.actions.enterScores
  const ready = Object.entries(typed).filter(([, value]) => value.absent || Number.isFinite(value.tenths))
  const wrong = Object.values(typed).some((value) => !value.absent && Number.isNaN(value.tenths))
  const save = () =>
    enter.run({
      classId,
      assessedOn,
      scores: ready.map(([enrolmentId, value]) =>
        value.absent
          ? { enrolmentId, mark: 'absent' as const }
          : { enrolmentId, mark: 'present' as const, scoreTenths: value.tenths ?? 0 },
      ),
    })
  const type = (id: string, change: Partial<Typed[string]>) =>
    setTyped({ ...typed, [id]: { absent: false, tenths: undefined, ...typed[id], ...change } })
  return (
    <ClassPart
      classId={classId}
      className={one.name}
      title="结业考核"
      lead={`满分 100 分，${score(one.passMarkTenths)} 分合格（本机构备案方案）。改动成绩会留下记录。`}
      acts={
        may?.allowed ? (
          <>
            <Button onClick={() => void saveFile('training.score-sheet', { classId })}>下载登记表</Button>
            <Button onClick={() => setImporting(true)}>导入成绩</Button>
          </>
        ) : null
      }
    >
      {may && !may.allowed ? <Notice tone="waiting">{may.because.message}</Notice> : null}
      <Problem problem={enter.problem} />
      {may?.allowed ? (
        <p>
          <label htmlFor="assessed-on">考核日期</label>{' '}
          <DatePicker
            id="assessed-on"
            value={dayjs(assessedOn)}
            allowClear={false}
            onChange={(day) => setAssessedOn(day ? day.format('YYYY-MM-DD') : assessedOn)}
          />{' '}
          <Button
            type="primary"
            disabled={ready.length === 0 || wrong}
            loading={enter.running}
            onClick={() => void save()}
          >
            {ready.length > 0 ? `保存 ${ready.length} 人的成绩` : '保存成绩'}
          </Button>
          {wrong ? ' 有的成绩不是数字，请改正。' : ''}
        </p>
      ) : null}
      <WideTable<Learner>
        rowKey={(row) => row.enrolmentId}
        dataSource={learners}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: '本班还没有录取学员。' }}
        columns={[
          { title: '报名号', align: 'right', render: (_, row) => row.position },
          { title: '姓名', render: (_, row) => row.name },
          {
            title: '成绩',
            render: (_, row) =>
              row.mark === 'absent' ? (
                '缺考'
              ) : row.scoreTenths === null ? (
                <Nothing />
              ) : (
                score(row.scoreTenths)
              ),
          },
          {
            title: '结论',
            render: (_, row) =>
              row.passed === null ? (
                <StateTag tone="idle">待登记</StateTag>
              ) : row.passed ? (
                <StateTag tone="done">合格</StateTag>
              ) : (
                <StateTag tone="refused">不合格</StateTag>
              ),
          },
          { title: '考核日期', render: (_, row) => <Day on={row.assessedOn} /> },
          ...(may?.allowed
            ? [
                {
                  title: '登记',
                  render: (_: unknown, row: Learner) => (
                    <fieldset className="score-entry" aria-label={`登记${row.name}的成绩`}>
                      <ScoreInput
                        label={`${row.name}的成绩`}
                        value={typed[row.enrolmentId]?.tenths ?? null}
                        disabled={typed[row.enrolmentId]?.absent ?? false}
                        onChange={(tenths) => type(row.enrolmentId, { tenths })}
                      />
                      <Checkbox
                        checked={typed[row.enrolmentId]?.absent ?? false}
                        onChange={(event) => type(row.enrolmentId, { absent: event.target.checked })}
                      >
                        缺考
                      </Checkbox>
                    </fieldset>
                  ),
                },
              ]
            : []),
        ]}
      />
      <ImportDialog
        open={importing}
        title="导入结业考核成绩"
        onClose={() => setImporting(false)}
        onTemplate={() => saveFile('training.score-sheet', { classId })}
        upload={(file, keep) => act('training.import-scores', { classId, assessedOn, keep }, { sheet: file })}
        onSaved={() => {
          setImporting(false)
          reload()
        }}
      />
    </ClassPart>
  )
}
