import { useNavigate } from '@tanstack/react-router'
import { InputNumber } from 'antd'
import { useId, useState } from 'react'
import { ActButton, DeskPage, Facts, Group, Loaded, Problem, useParam } from '../../../ui/desk/index.ts'
import { span } from '../../../ui/format.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { PART_WORDS } from '../words.ts'

const USUAL_FORMS = 4

/** A planned sitting that nobody has begun to arrange. */
export function BeginPage() {
  const sittingId = useParam('id')
  const query = useApiQuery('exams.read-sitting', { sittingId })
  const prepares = useMe().data?.permissions.includes('arrangements.prepare')
  const navigate = useNavigate()
  const [forms, setForms] = useState(USUAL_FORMS)
  const begin = useCommand('halls.arrange-sitting', {
    inPlace: true,
    onDone: () => void navigate({ to: `/halls/arrangements/${sittingId}` }),
  })
  const id = useId()
  return (
    <Loaded query={query}>
      {(one) => (
        <DeskPage
          title="开始编排考场"
          back={{ to: '/halls/arrangements', label: '考场编排' }}
          lead="以计算机考试方式举行这一场。开始时记下当日适用的考务数字，之后不随规则变动。"
        >
          <Problem problem={begin.problem} />
          <Group title={one.title}>
            <Facts
              rows={[
                ['编号', one.number],
                ['职业', `${one.occupationName} ${one.level}`],
                ...one.parts.map(
                  (part) => [PART_WORDS[part.part], span(part.startsAt, part.endsAt)] as const,
                ),
                ['考生', `${one.candidates} 人`],
                ['地点', `${one.cityName} ${one.venue}`],
              ]}
            />
          </Group>
          {prepares ? (
            <>
              <p>
                <label htmlFor={id}>卷型数</label>{' '}
                <InputNumber
                  id={id}
                  min={1}
                  max={26}
                  precision={0}
                  value={forms}
                  onChange={(to) => setForms(to ?? USUAL_FORMS)}
                />{' '}
                四种起，一名考生四周八个考位都不同卷。名单锁定前可以改。
              </p>
              <ActButton
                act={{ allowed: true }}
                main
                busy={begin.running}
                onAct={() => begin.run({ sittingId, forms })}
              >
                开始编排
              </ActButton>
            </>
          ) : (
            <p>评价机构还没有开始编排这一场。</p>
          )}
        </DeskPage>
      )}
    </Loaded>
  )
}
