import { useNavigate } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { useState } from 'react'
import type { FieldProblem } from '../../ui/api.ts'
import { ClauseTag, DeskPage, ErrorSummary, Loaded, Notice, Problem, useParam } from '../../ui/desk/index.ts'
import { timeOf } from '../../ui/format.ts'
import { useApiQuery } from '../api.ts'
import { FilingAttachments } from './filing-attachments.tsx'
import { AssessmentFields, BasicFields, PlanFields, PromiseFields } from './filing-fields.tsx'
import type { FilingRecord } from './filing-page.tsx'
import { draftOf, type FilingValues } from './filing-values.ts'
import { type SaveState, useAutosave } from './use-autosave.ts'

/** 填写计划和方案: kept on the server while it is typed; what is missing stands on top with links. */
export function FilingFormPage() {
  const id = useParam('id')
  const query = useApiQuery('institutions.read-filing', { id })
  return (
    <Loaded query={query}>
      {(filing) => (
        <DeskPage
          title="填写计划和方案"
          lead="填写内容自动保存。填完后返回备案，先送评价机构商定，再报省、市。"
          back={{ to: `/institutions/filings/${id}`, label: filing.title || '备案' }}
        >
          {filing.actions.edit?.allowed ? (
            <FilingForm filing={filing} />
          ) : (
            <Notice tone="waiting">
              {filing.actions.edit?.allowed === false
                ? filing.actions.edit.because.message
                : '您只能查看这份备案。'}
            </Notice>
          )}
        </DeskPage>
      )}
    </Loaded>
  )
}

function FilingForm({ filing }: { filing: FilingRecord }) {
  const [form] = Form.useForm<FilingValues>()
  const options = useApiQuery('institutions.filing-options')
  const autosave = useAutosave(filing.id, filing.revision)
  const navigate = useNavigate()
  const [checked, setChecked] = useState(false)
  const keep = () => autosave.change(draftOf(form.getFieldsValue(true), filing.provinceCode))
  const leave = async () => {
    if (autosave.state.kind === 'saved' || (await autosave.flush()))
      void navigate({ to: `/institutions/filings/${filing.id}` })
  }
  return (
    <Loaded query={options}>
      {(given) => (
        <>
          <Form<FilingValues>
            form={form}
            name="field"
            layout="vertical"
            className="form form-wide"
            initialValues={valuesOf(filing)}
            onValuesChange={keep}
            requiredMark={(label, { required }) => (
              <>
                {label}
                {required ? null : <span className="nothing">（选填）</span>}
              </>
            )}
            // biome-ignore lint/suspicious/noTemplateCurlyInString: Ant Design fills in the label
            validateMessages={{ required: '请填写“${label}”' }}
          >
            {checked ? <Missing filing={filing} /> : null}
            <BasicFields options={given} form={form} onChange={keep} />
            <PlanFields options={given} form={form} />
            <AssessmentFields />
            <PromiseFields />
          </Form>
          <FilingAttachments filing={filing} kinds={given.attachmentKinds} />
          <div className="form-foot">
            <Button type="primary" onClick={() => void leave()}>
              保存并返回备案
            </Button>
            <Button
              onClick={() => {
                setChecked(true)
                void autosave.flush()
              }}
            >
              检查是否填完
            </Button>
            <span className="form-draft" role="status">
              {sayState(autosave.state)}
            </span>
          </div>
          {autosave.state.kind === 'failed' ? <Problem problem={autosave.state.problem} /> : null}
        </>
      )}
    </Loaded>
  )
}

function sayState(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return state.at ? `已保存 ${timeOf(state.at)}` : ''
    case 'waiting':
    case 'saving':
      return '正在保存…'
    case 'failed':
      return state.problem.kind === 'network' ? '网络中断，尚未保存，请勿关闭页面' : '尚未保存'
  }
}

/** Gaps with links to their fields, then what else speaks against it, with its clause. */
function Missing({ filing }: { filing: FilingRecord }) {
  const gaps = filing.problems
    .filter((one) => one.code === 'FILING_INCOMPLETE')
    .flatMap((one) => one.facts.problems as FieldProblem[])
  const others = filing.problems.filter((one) => one.code !== 'FILING_INCOMPLETE')
  if (gaps.length + others.length === 0)
    return <Notice tone="done">内容已填完，没有发现问题，可以返回备案送评价机构商定。</Notice>
  return (
    <>
      <ErrorSummary problems={gaps} />
      {others.map((one) => (
        <Notice key={one.code} tone="waiting">
          {one.message} {one.clause ? <ClauseTag id={one.clause} /> : null}
        </Notice>
      ))}
    </>
  )
}

function valuesOf(filing: FilingRecord): FilingValues {
  const { plan, assessmentPlan } = filing
  const part = (name: 'theory' | 'ability') => {
    const found = assessmentPlan.parts?.find((one) => one.part === name)
    return { form: found?.form ?? '', ...(found?.minutes ? { minutes: found.minutes } : {}) }
  }
  return {
    title: filing.title,
    ...(filing.occupationId && { occupationId: filing.occupationId }),
    ...(filing.direction && { direction: filing.direction }),
    ...(filing.level && { level: filing.level }),
    ...(filing.evaluationOrganisationId && { evaluationOrganisationId: filing.evaluationOrganisationId }),
    plannedLearners: filing.plannedLearners,
    plan: { ...plan, teachers: plan.teachers?.length ? plan.teachers : [{}] },
    assessmentPlan: { ...assessmentPlan, parts: [part('theory'), part('ability')] },
  }
}
