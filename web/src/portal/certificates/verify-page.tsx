import { useState } from 'react'
import { Button, ButtonRow, ErrorSummary, Page, Problem, TextField } from '../../ui/plain/index.ts'
import { useCommand } from '../api.ts'
import { CertificateAnswer } from './certificate-answer.tsx'

/** 查证书: by number and name; the QR on a certificate leads to /v/<code>. */
export function VerifyPage() {
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const [shown, setShown] = useState(false)
  const verify = useCommand('certificates.verify', { inPlace: true })
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof verify.run>>>()
  const problems = verify.problem?.kind === 'problems' ? verify.problem.problems : []
  const check = async () => {
    setAnswer(await verify.run({ number, name }))
    setShown(true)
  }
  return (
    <Page
      title="查证书"
      lead="查培训合格证书和专业技术等级证书。有证书原件的，扫证书上的二维码更快。"
      back={{ to: '/', label: '首页' }}
    >
      {shown && answer ? <CertificateAnswer answer={answer} /> : null}
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : <Problem problem={verify.problem} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void check()
        }}
      >
        <TextField
          name="number"
          label="证书编号"
          help="印在证书左下方，字母不分大小写"
          value={number}
          onChange={setNumber}
          error={verify.fieldErrors.number}
          autoComplete="off"
          maxLength={40}
        />
        <TextField
          name="name"
          label="持证人姓名"
          help="与证书上的写法一致"
          value={name}
          onChange={setName}
          error={verify.fieldErrors.name}
          autoComplete="off"
          maxLength={60}
        />
        <ButtonRow>
          <Button submit weight="main" busy={verify.running}>
            查验
          </Button>
        </ButtonRow>
      </form>
      <p className="field-help">每次查验都有记录；查询内容不会保存。</p>
    </Page>
  )
}
