import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { type BulkAct, DecisionDialog, Notice } from '../../ui/desk/index.ts'
import { useCommand } from '../api.ts'
import type { DeclarationRow } from './declarations-page.tsx'
import { REFUSE_REASONS, RETURN_REASONS } from './words.ts'

type Confirmed = OutputOf<WorkbenchApi, 'exams.confirm-declarations'>
interface Target {
  id: string
  personName: string
  number: string
}

export interface Confirmation {
  confirm: (rows: Target[]) => Promise<unknown>
  sendBack: (kind: 'return' | 'refuse', rows: Target[]) => void
  running: boolean
  dialogs: ReactNode
}

/** The acts of the confirmation desk on one declaration or many, with their dialogs. */
export function useConfirmation(): Confirmation {
  const [outcome, setOutcome] = useState<Confirmed | null>(null)
  const [back, setBack] = useState<{ kind: 'return' | 'refuse'; rows: Target[] } | null>(null)
  const close = () => setBack(null)
  const confirm = useCommand('exams.confirm-declarations', {
    onDone: (done) => setOutcome(done.exceptions.length > 0 ? done : null),
  })
  const giveBack = useCommand('exams.return-declarations', { inPlace: true, onDone: close })
  const refuse = useCommand('exams.refuse-declarations', { inPlace: true, onDone: close })
  const act = back?.kind === 'refuse' ? refuse : giveBack
  const refusing = back?.kind === 'refuse'
  return {
    confirm: (rows) => confirm.run({ declarationIds: rows.map((row) => row.id) }),
    sendBack: (kind, rows) => setBack({ kind, rows }),
    running: confirm.running,
    dialogs: (
      <>
        <ExceptionsDialog outcome={outcome} onClose={() => setOutcome(null)} />
        <DecisionDialog
          key={back ? `${back.kind}${back.rows.map((row) => row.id).join()}` : 'none'}
          open={back !== null}
          onClose={close}
          title={`${refusing ? '不予确认资格' : '退回补正'}（${back?.rows.length ?? 0} 人）`}
          verb={refusing ? '不予确认' : '退回'}
          reasons={refusing ? REFUSE_REASONS : RETURN_REASONS}
          clause="HB-4.4"
          preview={({ words }) =>
            refusing
              ? `您的等级申报未获确认资格。\n原因：${words}\n条件具备后可以重新申报。`
              : `您的等级申报已退回补正。\n请补充：${words}\n补充后请再次提交。`
          }
          onDecide={({ words, clause }) =>
            act.run({
              declarationIds: back?.rows.map((row) => row.id) ?? [],
              reason: words,
              clause: clause ?? 'HB-4.4',
            })
          }
          problem={act.problem}
          running={act.running}
        />
      </>
    ),
  }
}

/** The same acts as bulk acts of a list. */
export function confirmationActs(confirmation: Confirmation): BulkAct<DeclarationRow>[] {
  return [
    {
      label: '确认资格',
      preview: (rows) => <ConfirmationPreview rows={rows} />,
      run: confirmation.confirm,
    },
    {
      label: '退回补正',
      preview: (rows) => <p>将退回 {rows.length} 人，下一步选择理由并写明要补什么。</p>,
      run: async (rows) => confirmation.sendBack('return', rows),
    },
    {
      label: '不予确认',
      grave: true,
      preview: (rows) => <p>将不予确认 {rows.length} 人的资格，下一步写明理由。</p>,
      run: async (rows) => confirmation.sendBack('refuse', rows),
    },
  ]
}

/** Exceptions first: whom the rule does not support will stay on the desk. */
function ConfirmationPreview({ rows }: { rows: DeclarationRow[] }) {
  const exceptions = rows.filter((row) => row.outcome !== '符合')
  return (
    <>
      {exceptions.length > 0 ? (
        <Notice tone="waiting">
          <p>以下 {exceptions.length} 人结论不是“符合”，将留在待确认中：</p>
          <ul>
            {exceptions.slice(0, 20).map((row) => (
              <li key={row.id}>
                {row.personName} {row.outcome}
              </li>
            ))}
          </ul>
          {exceptions.length > 20 ? <p>等 {exceptions.length} 人。</p> : null}
        </Notice>
      ) : null}
      <p>
        将确认 {rows.length - exceptions.length}{' '}
        人的考生资格。系统会按今日的事实再核对一次，条件有变的不会确认。
      </p>
    </>
  )
}

function ExceptionsDialog({ outcome, onClose }: { outcome: Confirmed | null; onClose: () => void }) {
  return (
    <Modal
      open={outcome !== null}
      title="部分申报未能确认"
      onCancel={onClose}
      onOk={onClose}
      okText="知道了"
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <p>已确认 {outcome?.confirmed ?? 0} 人，以下未确认：</p>
      <ul>
        {outcome?.exceptions.map((one) => (
          <li key={one.declarationId}>
            {one.number} {one.refusal.message}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
