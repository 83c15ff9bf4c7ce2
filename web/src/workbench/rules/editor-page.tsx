import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMemo } from 'react'
import { DeskPage, Group, Loaded, Notice, Problem, useParam } from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { BasisEditor } from './basis-editor.tsx'
import { BodyEditor } from './body-editor.tsx'
import { type Choices, predicatesOf, type Schema } from './condition-schema.ts'
import { ExamplesPanel } from './examples-panel.tsx'
import { Findings } from './findings.tsx'
import { type SaveState, useEditing } from './use-editing.ts'
import { WordingText } from './wording.tsx'
import type { RevisionRecord } from './words.ts'

export function EditorPage() {
  const id = useParam('id')
  const revision = useApiQuery('rules.revision', { id })
  const form = useApiQuery('rules.form')
  return (
    <Loaded query={revision}>
      {(one) => (
        <Loaded query={form}>
          {(choices) => (
            <Editor key={one.id} revision={one} form={{ ...choices, condition: choices.condition }} />
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

function Editor({ revision, form }: { revision: RevisionRecord; form: Choices & { condition: unknown } }) {
  const navigate = useNavigate()
  const { content, change, trial, state, flush } = useEditing(revision)
  const predicates = useMemo(() => predicatesOf(form.condition as Schema), [form.condition])
  const record = `/rules/revisions/${revision.id}`
  if (!revision.actions.save.allowed) {
    return (
      <DeskPage title={`修订：${revision.title}`} back={{ to: record, label: revision.number }}>
        <Notice tone="waiting">{revision.actions.save.because.message}</Notice>
      </DeskPage>
    )
  }
  return (
    <DeskPage
      title={`修订：${revision.title}`}
      lead={`${revision.kindName} ${revision.number}。没有改动的文字保持原样。`}
      back={{ to: record, label: revision.number }}
      acts={
        <>
          <span role="status" className="form-draft">
            {sayState(state)}
          </span>
          <Button
            type="primary"
            onClick={() =>
              void flush().then((isSaved) => {
                if (isSaved) void navigate({ to: record as string })
              })
            }
          >
            保存并返回
          </Button>
        </>
      }
    >
      {typeof state === 'object' ? <Problem problem={state.problem} /> : null}
      <div className="rule-editor">
        <form aria-label="规则修订" onSubmit={(event) => event.preventDefault()}>
          <BasisEditor content={content} clauses={form.clauses} onChange={change} />
          <BodyEditor
            kind={revision.kind}
            title={revision.title}
            unit={revision.unit}
            body={content.body}
            predicates={predicates}
            choices={form}
            onChange={(body) => change({ body })}
          />
        </form>
        {/* It scrolls on its own: also for who has only a keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus */}
        <aside className="rule-beside-form" aria-label="试算" tabIndex={0}>
          <Findings report={trial ?? revision.report} />
          <ExamplesPanel
            trial={trial}
            examples={content.examples}
            onChange={(examples) => change({ examples })}
          />
          <Group title="改后的文字">
            {trial?.wording ? (
              <WordingText wording={trial.wording} />
            ) : (
              <p className="nothing">改正问题后显示。</p>
            )}
          </Group>
          <details>
            <summary>规则文件（只读）</summary>
            <pre className="rule-yaml">{trial?.text ?? revision.text}</pre>
          </details>
        </aside>
      </div>
    </DeskPage>
  )
}

function sayState(state: SaveState): string {
  if (typeof state === 'object') return '未能保存'
  return { saved: '已保存', waiting: '有改动，即将保存', saving: '正在保存…' }[state]
}
