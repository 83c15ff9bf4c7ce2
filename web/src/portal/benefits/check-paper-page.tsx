import { useEffect, useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import {
  Answer,
  ButtonLink,
  ButtonRow,
  Card,
  Day,
  Facts,
  Loading,
  Notice,
  Page,
  Problem,
  StateTag,
  type Tone,
  useParam,
} from '../../ui/plain/index.ts'
import { useCommand } from '../api.ts'

type PaperAnswer = OutputOf<PortalApi, 'benefits.verify'>
const TONES: Record<'valid' | 'changed' | 'revoked', Tone> = {
  valid: 'done',
  changed: 'waiting',
  revoked: 'refused',
}

/** Where the QR of a proof of hours or a title recognition leads: does it still say what stands now? */
export function CheckPaperPage() {
  const code = useParam('code')
  const verify = useCommand('benefits.verify', { inPlace: true })
  const [answer, setAnswer] = useState<PaperAnswer>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: one check for each code, not for each rendering
  useEffect(() => {
    void verify.run({ code }).then(setAnswer)
  }, [code])
  return (
    <Page title="查验结果" back={{ to: '/', label: '首页' }}>
      {answer ? <PaperCard answer={answer} /> : null}
      {verify.running ? <Loading /> : null}
      <Problem problem={verify.problem} />
      <ButtonRow>
        <ButtonLink to="/verify">查验证书</ButtonLink>
      </ButtonRow>
    </Page>
  )
}

function PaperCard({ answer }: { answer: PaperAnswer }) {
  const { paper } = answer
  return (
    <>
      <Answer>{answer.sentence}</Answer>
      {paper ? (
        <Card title={paper.title} mark={<StateTag tone={TONES[paper.state]}>{paper.stateName}</StateTag>}>
          <Facts
            rows={[
              ['编号', paper.number],
              ['姓名', paper.holder],
              ['内容', paper.content],
              ['所凭证书', paper.certificateNumbers.join('、')],
              ['日期', <Day key="on" on={paper.issuedOn} />],
            ]}
          />
          <p>请核对纸面上的编号、姓名、内容与此处是否一致。证书本身可凭编号和姓名另行查验。</p>
        </Card>
      ) : (
        <Notice tone="waiting" title="没有查到不等于是假证明">
          <p>请确认扫到的是完整的二维码；仍查不到的，请让持有人重新打印后再查。</p>
        </Notice>
      )}
    </>
  )
}
