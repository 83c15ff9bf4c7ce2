import { useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { score, span } from '../../ui/format.ts'
import {
  ActButton,
  Answer,
  Button,
  ButtonLink,
  ButtonRow,
  Card,
  ClauseTap,
  Facts,
  FileField,
  Instant,
  Loaded,
  Notice,
  Page,
  PrintButton,
  Problem,
  Section,
  SelectField,
  StateOf,
  TextField,
  Timeline,
  useParam,
} from '../../ui/plain/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { openFile, useApiQuery, useCommand } from '../api.ts'
import { FACT_PAGES, RESULT_WORDS, saidStanding } from './words.ts'

type One = OutputOf<PortalApi, 'exams.read-my-declaration'>

export function DeclarationPage() {
  const query = useApiQuery('exams.read-my-declaration', { declarationId: useParam('id') })
  return <Loaded query={query}>{(one) => <Declaration one={one} />}</Loaded>
}

function Declaration({ one }: { one: One }) {
  const back = one.confirmations.find((act) => act.act === 'returned' || act.act === 'refused')
  return (
    <Page
      title={`${one.occupationName}${one.level}申报`}
      back={{ to: '/mine/declarations', label: '我的申报' }}
    >
      <Answer>{saidStanding(one)}</Answer>
      {back && (one.state === 'returned' || one.state === 'refused') ? (
        <Notice tone="waiting" title={one.state === 'returned' ? '需要补正' : '未获确认的原因'}>
          <p>
            {back.reason} <ClauseTap id={back.clause} />
          </p>
        </Notice>
      ) : null}
      <Acts one={one} />
      {one.attempts.map((attempt) => (
        <Card
          key={attempt.ticketNumber}
          title={attempt.sittingTitle}
          mark={attempt.result ? <StateOf state={attempt.result} of={RESULT_WORDS} /> : undefined}
        >
          <Facts
            rows={[
              [
                '准考证号',
                <span key="ticket" className="num">
                  {attempt.ticketNumber}
                </span>,
              ],
              ['时间', span(attempt.startsAt, attempt.endsAt)],
              ['地点', attempt.venue],
              attempt.theoryScoreTenths !== null && [
                '理论知识考试',
                `${score(attempt.theoryScoreTenths)} 分`,
              ],
              attempt.abilityScoreTenths !== null && [
                '专业能力考核',
                `${score(attempt.abilityScoreTenths)} 分`,
              ],
            ]}
          />
        </Card>
      ))}
      <Section title="申报条件核对">
        <Verdict decision={one.decision} clause={(id) => <ClauseTap id={id} />} />
      </Section>
      {one.results.map((decision) => (
        <Section key={decision.receipt?.id} title="成绩判定">
          <Verdict decision={decision} clause={(id) => <ClauseTap id={id} />} />
        </Section>
      ))}
      {one.actions.supplement?.allowed ? <Supplement one={one} /> : null}
      <Section title="申报信息">
        <Facts
          rows={[
            [
              '申报编号',
              <span key="number" className="num">
                {one.number}
              </span>,
            ],
            ['培训机构', one.trainingOrganisation],
            ['评价机构', one.evaluationOrganisation],
            ['申报方式', one.source === 'batch' ? '培训机构组织' : '本人申报'],
            ['提交时间', <Instant key="at" at={one.submittedAt} />],
          ]}
        />
        {one.evidence.length > 0 ? (
          <ul>
            {one.evidence.map((file) => (
              <li key={file.fileId}>
                {file.kind}：{file.name}{' '}
                <Button
                  onPress={() =>
                    void openFile('exams.open-my-evidence', { declarationId: one.id, fileId: file.fileId })
                  }
                >
                  查看
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </Section>
      <Section title="办理经过">
        <Timeline entries={one.timeline} />
      </Section>
      <ButtonRow>
        <PrintButton />
      </ButtonRow>
    </Page>
  )
}

function Acts({ one }: { one: One }) {
  const submit = useCommand('exams.submit-my-declaration', { inPlace: true })
  const withdraw = useCommand('exams.withdraw-my-declaration', { inPlace: true })
  const [despite, setDespite] = useState('')
  const [leaving, setLeaving] = useState(false)
  const { actions } = one
  const asks = actions.submit?.allowed === true
  const unready = !['符合', '需人工认定'].includes(one.outcome)
  return (
    <>
      <Problem problem={submit.problem ?? withdraw.problem} />
      {asks && unready ? (
        <TextField
          name="despite"
          label="条件还没有满足，仍要提交的理由"
          help="建议先按下面的提示补齐；确需现在提交的，请说明。"
          value={despite}
          onChange={setDespite}
          lines={3}
          maxLength={1000}
        />
      ) : null}
      <ButtonRow>
        {actions.submit && (one.state === 'drafted' || one.state === 'returned') ? (
          <ActButton
            act={actions.submit}
            weight="main"
            busy={submit.running}
            onPress={() =>
              void submit.run({
                declarationId: one.id,
                ...(despite.trim() ? { despite: despite.trim() } : {}),
              })
            }
          >
            提交申报
          </ActButton>
        ) : null}
        {actions.withdraw?.allowed ? <Button onPress={() => setLeaving(!leaving)}>撤回申报</Button> : null}
      </ButtonRow>
      {leaving ? (
        <Notice tone="waiting" title="确定撤回吗？">
          <p>撤回后这份申报结束；已编入考核的，同时退出。以后可以重新申报。</p>
          <ButtonRow>
            <Button
              weight="grave"
              busy={withdraw.running}
              onPress={() => void withdraw.run({ declarationId: one.id, reason: '本人撤回' })}
            >
              确定撤回
            </Button>
            <Button onPress={() => setLeaving(false)}>不撤回</Button>
          </ButtonRow>
        </Notice>
      ) : null}
    </>
  )
}

/** One paper at a time, each for what the verdict misses. What nobody has stated yet is stated in 我的资料 first. */
function Supplement({ one }: { one: One }) {
  const stated = one.papers.filter((paper) => paper.stated)
  const unsaid = [...new Set(one.papers.filter((paper) => !paper.stated).map((paper) => paper.list))].filter(
    (list) => list in FACT_PAGES,
  )
  const needs = [...stated.map((paper) => paper.what), '其他']
  const [need, setNeed] = useState(needs[0] ?? '其他')
  const [files, setFiles] = useState<File[]>([])
  const attach = useCommand('exams.attach-my-evidence', { inPlace: true, onDone: () => setFiles([]) })
  return (
    <Section title="补充材料">
      {unsaid.length > 0 ? (
        <Notice>
          <p>以下资料您还没有填写，填写后可能满足条件：</p>
          <ButtonRow>
            {unsaid.map((list) => (
              <ButtonLink key={list} to={`/mine/facts/new/${list}`}>
                填写{FACT_PAGES[list]}
              </ButtonLink>
            ))}
          </ButtonRow>
        </Notice>
      ) : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const [file] = files
          if (file) void attach.run({ declarationId: one.id, need }, { evidence: file })
        }}
      >
        <Problem problem={attach.problem} />
        <SelectField
          name="need"
          label="对应哪一项材料"
          value={need}
          onChange={setNeed}
          choices={needs.map((value) => ({ value, label: value }))}
        />
        <FileField
          name="evidence"
          label="证明材料"
          camera
          accept="application/pdf,image/jpeg,image/png"
          help="照片或 PDF，要能看清文字和印章。"
          files={files}
          onChange={setFiles}
        />
        <ButtonRow>
          <Button
            submit
            busy={attach.running}
            {...(files.length === 0 ? { because: '请先选择文件或拍照。' } : {})}
          >
            上传材料
          </Button>
        </ButtonRow>
      </form>
    </Section>
  )
}
