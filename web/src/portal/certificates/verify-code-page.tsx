import { useEffect, useState } from 'react'
import { ButtonLink, ButtonRow, Loading, Page, Problem, useParam } from '../../ui/plain/index.ts'
import { useCommand } from '../api.ts'
import { CertificateAnswer } from './certificate-answer.tsx'

/** Where the QR of a certificate leads: the answer at once, nothing to fill in. */
export function VerifyCodePage() {
  const code = useParam('code')
  const verify = useCommand('certificates.verify', { inPlace: true })
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof verify.run>>>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: one check for each code, not for each rendering
  useEffect(() => {
    void verify.run({ code }).then(setAnswer)
  }, [code])
  return (
    <Page title="查验结果" back={{ to: '/', label: '首页' }}>
      {answer ? <CertificateAnswer answer={answer} /> : null}
      {verify.running ? <Loading /> : null}
      <Problem problem={verify.problem} />
      <ButtonRow>
        <ButtonLink to="/verify">用编号和姓名查</ButtonLink>
      </ButtonRow>
    </Page>
  )
}
