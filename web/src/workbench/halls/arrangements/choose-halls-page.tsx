import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, InputNumber } from 'antd'
import { useId, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskPage, Group, Loaded, Notice, Problem, useParam } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import type { Arrangement } from './arrangement-page.tsx'

type Choices = OutputOf<WorkbenchApi, 'halls.arrangement-choices'>

export function ChooseHallsPage() {
  const sittingId = useParam('id')
  const one = useApiQuery('halls.read-arrangement', { sittingId })
  const choices = useApiQuery('halls.arrangement-choices', { sittingId })
  return (
    <Loaded query={one}>
      {(arrangement) => (
        <DeskPage
          title="选定考场"
          back={{ to: `/halls/arrangements/${sittingId}`, label: arrangement.title }}
          lead={`考生 ${arrangement.candidates} 人。备用和损坏的考位不计入；同一时间已被其他场次选用的考场不能再选。`}
        >
          <Loaded query={choices}>{(found) => <Choose one={arrangement} choices={found} />}</Loaded>
        </DeskPage>
      )}
    </Loaded>
  )
}

function Choose({ one, choices }: { one: Arrangement; choices: Choices }) {
  const navigate = useNavigate()
  const { sittingId } = one
  const [chosen, setChosen] = useState<string[]>(one.halls.map((hall) => hall.hallId))
  const [forms, setForms] = useState(one.forms)
  const back = () => void navigate({ to: `/halls/arrangements/${sittingId}` })
  const choose = useCommand('halls.choose-halls', { inPlace: true })
  const setCount = useCommand('halls.choose-forms', { inPlace: true })
  const id = useId()
  const seats = choices.halls
    .filter((hall) => chosen.includes(hall.id))
    .reduce((sum, hall) => sum + hall.usable, 0)
  const sites = [...new Set(choices.halls.map((hall) => hall.site))]
  const save = async () => {
    const done = await choose.run({ sittingId, hallIds: chosen })
    if (!done) return
    if (forms !== one.forms && !(await setCount.run({ sittingId, forms }))) return
    back()
  }
  return (
    <>
      <Problem problem={choose.problem ?? setCount.problem} />
      {choices.halls.length === 0 ? (
        <Notice tone="waiting">本机构还没有可用的考场。请先在“考点考场”中登记考点和考场。</Notice>
      ) : null}
      {sites.map((site) => (
        <Group key={site} title={site}>
          {choices.halls
            .filter((hall) => hall.site === site)
            .map((hall) => (
              <p key={hall.id}>
                <Checkbox
                  checked={chosen.includes(hall.id)}
                  disabled={hall.takenBy !== null}
                  onChange={(event) =>
                    setChosen(
                      event.target.checked ? [...chosen, hall.id] : chosen.filter((each) => each !== hall.id),
                    )
                  }
                >
                  {hall.name}：可用 {hall.usable} 个
                  {hall.accessible > 0 ? `，其中无障碍 ${hall.accessible} 个` : ''}
                  {hall.takenBy ? `（已被场次 ${hall.takenBy} 选用）` : ''}
                </Checkbox>
              </p>
            ))}
        </Group>
      ))}
      <Group title="卷型">
        <p>
          <label htmlFor={id}>卷型数</label>{' '}
          <InputNumber
            id={id}
            min={1}
            max={26}
            precision={0}
            value={forms}
            onChange={(to) => setForms(to ?? 1)}
          />
        </p>
        <p>两种起前后左右不同卷，四种起四角也不同卷。导入试卷的卷型数须与此一致。</p>
      </Group>
      <p>
        已选 {chosen.length} 个考场，可用考位 {seats} 个，
        {seats < one.candidates ? `还差 ${one.candidates - seats} 个` : '够用'}。
      </p>
      <Button
        type="primary"
        loading={choose.running || setCount.running}
        disabled={chosen.length === 0}
        onClick={() => void save()}
      >
        保存
      </Button>
    </>
  )
}
