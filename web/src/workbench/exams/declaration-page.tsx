import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActButton,
  ClauseTag,
  Day,
  Group,
  Instant,
  Loaded,
  Masked,
  Nothing,
  Notice,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { score, span } from '../../ui/format.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { useMe } from '../shell/me.ts'
import {
  DecideOverrideDialog,
  EvidenceDialog,
  JudgeDialog,
  OverrideDialog,
  RevokeDialog,
} from './declaration-dialogs.tsx'
import { useConfirmation } from './use-confirmation.tsx'
import { CONFIRMATION_ACTS, DECLARATION_WORDS, RESULT_WORDS } from './words.ts'

export type DeclarationRecord = OutputOf<WorkbenchApi, 'exams.read-declaration'>
type Dialog = 'override' | 'decide' | 'judge' | 'evidence' | 'revoke' | null

export function DeclarationPage() {
  const query = useApiQuery('exams.read-declaration', { declarationId: useParam('id') })
  return <Loaded query={query}>{(one) => <DeclarationFile one={one} />}</Loaded>
}

function DeclarationFile({ one }: { one: DeclarationRecord }) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const open = one.overrides.find((override) => override.decision === null)
  const lastBack = one.confirmations.find((act) => act.act === 'returned' || act.act === 'refused')
  return (
    <RecordPage
      back={{ to: '/exams/declarations', label: '等级申报' }}
      kind="等级申报"
      name={`${one.personName} 申报${one.occupationName}${one.level}`}
      number={one.number}
      state={<StateOf state={one.state} of={DECLARATION_WORDS} />}
      next={nextOf(one, open !== undefined)}
      acts={isOver(one) ? undefined : <Acts one={one} onDialog={setDialog} />}
      notice={
        <>
          {lastBack && (one.state === 'returned' || one.state === 'refused') ? (
            <Notice tone="waiting">
              {CONFIRMATION_ACTS[lastBack.act]}：{lastBack.reason} <ClauseTag id={lastBack.clause} />
            </Notice>
          ) : null}
          {open ? (
            <Notice tone="waiting">
              {open.proposedByName} 提出例外认定：{open.reason} <ClauseTag id={open.clause} />
            </Notice>
          ) : null}
        </>
      }
      facts={[
        {
          title: '申报信息',
          rows: [
            ['姓名', one.personName],
            ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
            ['职业', one.occupationName],
            one.direction ? ['方向', one.direction] : undefined,
            ['等级', one.level],
            ['培训机构', one.trainingOrganisation],
            ['评价机构', one.evaluationOrganisation],
            ['申报方式', one.batchNumber ? `培训机构组织，批次 ${one.batchNumber}` : '本人申报'],
            ['提交', <Instant key="at" at={one.submittedAt} />],
            ['第几次提交', one.round],
          ],
        },
      ]}
      documents={one.evidence.map((file) => ({
        name: file.name,
        note: ` ${file.kind}，${file.attachedBy} 上传`,
        onOpen: () => openFile('exams.open-evidence', { declarationId: one.id, fileId: file.fileId }),
      }))}
      timeline={one.timeline}
    >
      <Group title="规则结论">
        <Verdict decision={one.decision} clause={(id) => <ClauseTag id={id} />} />
      </Group>
      <Judgements one={one} />
      <Group title="资格确认意见">
        {one.confirmations.length === 0 ? <p className="nothing">还没有办理。</p> : null}
        <ul>
          {one.confirmations.map((act) => (
            <li key={act.actedAt}>
              <Day on={act.actedAt} /> {act.actedByName} {CONFIRMATION_ACTS[act.act] ?? act.act}
              {act.reason ? `：${act.reason}` : ''} <ClauseTag id={act.clause} />
            </li>
          ))}
        </ul>
      </Group>
      <Attempts one={one} />
      {one.results.map((decision) => (
        <Group key={decision.receipt?.id} title="成绩判定">
          <Verdict decision={decision} clause={(id) => <ClauseTag id={id} />} />
        </Group>
      ))}
      <OverrideDialog one={one} open={dialog === 'override'} onClose={close} />
      {open ? <DecideOverrideDialog override={open} open={dialog === 'decide'} onClose={close} /> : null}
      <JudgeDialog one={one} open={dialog === 'judge'} onClose={close} />
      <EvidenceDialog one={one} open={dialog === 'evidence'} onClose={close} />
      <RevokeDialog one={one} open={dialog === 'revoke'} onClose={close} />
    </RecordPage>
  )
}

function Acts({ one, onDialog }: { one: DeclarationRecord; onDialog: (dialog: Dialog) => void }) {
  const { actions } = one
  const confirmation = useConfirmation()
  const permissions = useMe().data?.permissions ?? []
  const submit = useCommand('exams.submit-declaration')
  const withdraw = useCommand('exams.withdraw-declarations')
  const note = useCommand('exams.acknowledge-override')
  const atDesk = one.state === 'submitted'
  const noted = one.timeline.some((entry) => entry.name === 'declaration.override-acknowledged')
  const overridden = one.timeline.some((entry) => entry.name === 'declaration.overridden')
  return (
    <>
      {one.state === 'drafted' || one.state === 'returned' ? (
        <ActButton
          act={
            actions.submit && one.batchId && one.state === 'drafted'
              ? undefined
              : (actions.submit ?? undefined)
          }
          main
          busy={submit.running}
          onAct={() => submit.run({ declarationId: one.id })}
        >
          再次提交
        </ActButton>
      ) : null}
      {actions.supplement?.allowed ? (
        <ActButton act={actions.supplement} onAct={() => onDialog('evidence')}>
          补充材料
        </ActButton>
      ) : null}
      {atDesk ? (
        <>
          <ActButton
            act={actions.confirm ?? undefined}
            main
            busy={confirmation.running}
            confirm="确认后可编入考核场次。系统会按今日的事实再核对一次。"
            onAct={() => confirmation.confirm([one])}
          >
            确认资格
          </ActButton>
          {one.judgements.asked.length > 0 ? (
            <ActButton act={actions.judge ?? undefined} onAct={() => onDialog('judge')}>
              人工认定
            </ActButton>
          ) : null}
          <ActButton act={actions.decideOverride ?? undefined} main onAct={() => onDialog('decide')}>
            复核例外认定
          </ActButton>
          {actions.proposeOverride?.allowed ? (
            <ActButton act={actions.proposeOverride} onAct={() => onDialog('override')}>
              提出例外认定
            </ActButton>
          ) : null}
          <ActButton act={actions.return ?? undefined} onAct={() => confirmation.sendBack('return', [one])}>
            退回补正
          </ActButton>
          <ActButton
            act={actions.refuse ?? undefined}
            grave
            onAct={() => confirmation.sendBack('refuse', [one])}
          >
            不予确认
          </ActButton>
        </>
      ) : null}
      {one.state === 'qualified' ? (
        <ActButton act={actions.revoke ?? undefined} grave onAct={() => onDialog('revoke')}>
          撤销资格确认
        </ActButton>
      ) : null}
      {actions.withdraw?.allowed ? (
        <ActButton
          act={actions.withdraw}
          grave
          busy={withdraw.running}
          confirm="撤回后这份申报结束；已编入尚未开始的场次的，同时移出。"
          onAct={() => withdraw.run({ declarationIds: [one.id], reason: '培训机构撤回' })}
        >
          撤回申报
        </ActButton>
      ) : null}
      {overridden && !noted && permissions.includes('qualifications.acknowledge') ? (
        <ActButton
          act={{ allowed: true }}
          main
          busy={note.running}
          onAct={() => note.run({ declarationId: one.id })}
        >
          查收例外认定报告
        </ActButton>
      ) : null}
      {confirmation.dialogs}
    </>
  )
}

/** Nothing is left to do on it; an override stays open for the province to take note of. */
function isOver(one: DeclarationRecord): boolean {
  return one.state === 'refused' || one.state === 'withdrawn' || (one.closed && one.overrides.length === 0)
}

function nextOf(one: DeclarationRecord, override: boolean) {
  const declarant = one.batchId ? one.trainingOrganisation : one.personName
  if (one.state === 'drafted') return { what: '提交申报', who: declarant }
  if (one.state === 'returned') return { what: '补正后再次提交', who: declarant }
  if (one.state === 'submitted') {
    return {
      what: override ? '第二人复核例外认定' : '确认考生资格',
      who: one.evaluationOrganisation,
    }
  }
  if (one.state === 'qualified' && !one.closed) {
    return {
      what: one.sittingNumber && !one.result ? '参加考核' : '编入考核场次',
      who: one.evaluationOrganisation,
    }
  }
  return undefined
}

function Judgements({ one }: { one: DeclarationRecord }) {
  const { asked, made } = one.judgements
  if (asked.length === 0 && made.length === 0) return null
  return (
    <Group title="人工认定">
      <ul>
        {made.map((judgement) => (
          <li key={`${judgement.term}${judgement.personFactId}`}>
            {judgement.term}：<strong>{judgement.result}</strong>，{judgement.reason}（
            {judgement.judgedByName} <Day on={judgement.judgedOn} />）
          </li>
        ))}
        {asked.map((question) => (
          <li key={question.what}>待认定：{question.what}</li>
        ))}
      </ul>
    </Group>
  )
}

function Attempts({ one }: { one: DeclarationRecord }) {
  if (one.attempts.length === 0) return null
  return (
    <Group title="考核">
      <ul>
        {one.attempts.map((attempt) => (
          <li key={attempt.ticketNumber}>
            第 {attempt.attempt} 次 {attempt.sittingTitle} <span className="num">{attempt.ticketNumber}</span>{' '}
            {span(attempt.startsAt, attempt.endsAt)}，{attempt.venue}：
            {attempt.result ? <StateOf state={attempt.result} of={RESULT_WORDS} /> : '尚无结果'}
            {attempt.result ? (
              <>
                {' '}
                理论 {attempt.theoryScoreTenths === null ? <Nothing /> : score(attempt.theoryScoreTenths)}
                ，能力 {attempt.abilityScoreTenths === null ? <Nothing /> : score(attempt.abilityScoreTenths)}
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}
