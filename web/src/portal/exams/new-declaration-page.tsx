import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ChoiceList,
  EmptyState,
  Loaded,
  Page,
  Problem,
} from '../../ui/plain/index.ts'
import { useApiQuery, useCommand } from '../api.ts'

/** Starts from a training certificate of one's own; the server checks the conditions and makes the draft. */
export function NewDeclarationPage() {
  const navigate = useNavigate()
  const certificates = useApiQuery('exams.my-certificates')
  const choices = useApiQuery('people.fact-choices')
  const [chosen, setChosen] = useState<string>()
  const draft = useCommand('exams.draft-my-declaration', {
    inPlace: true,
    onDone: ({ id }) => void navigate({ to: `/mine/declarations/${id}` }),
  })
  const nameOf = (id: string) => choices.data?.occupations.find((one) => one.id === id)?.name ?? id
  return (
    <Page
      title="申报等级考核"
      lead="选择一份培训合格证书，系统按您的资料核对申报条件，核对后再决定是否提交。"
      back={{ to: '/mine/declarations', label: '我的申报' }}
    >
      <Loaded query={certificates}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState act={<ButtonLink to="/eligibility">先看看我能不能申报</ButtonLink>}>
              您还没有有效的培训合格证书。完成培训并通过结业考核后即可申报（鄂·四（四））。
            </EmptyState>
          ) : (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                if (chosen) void draft.run({ certificateId: chosen })
              }}
            >
              <Problem problem={draft.problem} />
              <ChoiceList
                name="certificateId"
                label="用哪份培训合格证书申报"
                help="评价机构是培训备案时商定的那一家。"
                value={chosen}
                onChange={setChosen}
                choices={rows.map((row) => ({
                  value: row.id,
                  label: [nameOf(row.occupationId), row.direction, row.level].filter(Boolean).join(' · '),
                  hint: `证书 ${row.number}，评价机构：${row.evaluationOrganisation ?? '备案未生效'}`,
                }))}
              />
              <ButtonRow>
                <Button
                  submit
                  weight="main"
                  busy={draft.running}
                  {...(chosen ? {} : { because: '请先选择一份证书。' })}
                >
                  核对申报条件
                </Button>
              </ButtonRow>
            </form>
          )
        }
      </Loaded>
    </Page>
  )
}
