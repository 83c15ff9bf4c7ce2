import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import { portalClient } from '../../ui/clients.ts'
import { DeskPage, Notice, Problem, useAddressSearch } from '../../ui/desk/index.ts'
import { currentSession, safeNext, signInCall, splitNext } from '../../ui/sign-in.ts'
import { BindStep } from './bind-step.tsx'
import { DemoAccounts } from './demo-accounts.tsx'
import './people.css'

type Step = { name: 'account' } | { name: 'code'; username: string } | { name: 'bind'; password: string }

/** Account and password, then the second factor; who has none yet binds one before anything else. */
export function SignInPage() {
  const [step, setStep] = useState<Step>({ name: 'account' })
  const finish = useFinish()
  useEffect(() => {
    // Signed in, but not far enough: go on where the server stopped.
    void currentSession().then((session) => {
      if (!session?.user.username || session.session.secondFactorAt) return
      setStep(
        session.user.twoFactorEnabled
          ? { name: 'code', username: session.user.username }
          : { name: 'bind', password: '' },
      )
    })
  }, [])
  switch (step.name) {
    case 'account':
      return <AccountStep onNext={setStep} />
    case 'code':
      return <CodeStep username={step.username} onBack={() => setStep({ name: 'account' })} onDone={finish} />
    case 'bind':
      return <BindStep password={step.password} onDone={finish} />
  }
}

function useFinish(): () => void {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { next } = useAddressSearch()
  return () => {
    queries.clear()
    void navigate(splitNext(safeNext(next, '/'), '/workbench') as never)
  }
}

function useAttempt() {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    try {
      await work()
    } catch (failure) {
      setProblem(problemOf(failure))
    } finally {
      setBusy(false)
    }
  }
  return { problem, busy, attempt }
}

function useOptions() {
  const [options, setOptions] = useState<{ demo: boolean; singleSignOn: string | null; isNode: boolean }>()
  useEffect(() => {
    portalClient.read('people.sign-in-options').then(setOptions, () => {})
  }, [])
  return options
}

function AccountStep(props: { onNext: (step: Step) => void }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [form] = Form.useForm<{ username: string; password: string }>()
  const { problem, busy, attempt } = useAttempt()
  const options = useOptions()
  const submit = ({ username, password }: { username: string; password: string }) =>
    attempt(async () => {
      const answer = await signInCall<{ twoFactorRedirect?: boolean }>('/sign-in/username', {
        username: username.trim(),
        password,
      })
      props.onNext(
        answer.twoFactorRedirect ? { name: 'code', username: username.trim() } : { name: 'bind', password },
      )
    })
  const singleSignOn = () =>
    attempt(async () => {
      const { url } = await signInCall<{ url: string }>('/sign-in/social', {
        provider: 'province',
        callbackURL: '/workbench',
      })
      location.assign(url)
    })
  return (
    <main className="sign-in">
      <DeskPage
        title={options?.isNode ? '登录考点节点' : '登录工作台'}
        lead={
          options?.isNode
            ? '本考场的监考人员使用。账号、密码和动态口令与省平台相同，断网时也能登录。'
            : '机构、评价机构和管理部门工作人员使用。公众和学员请从门户登录。'
        }
      >
        <Problem problem={problem} />
        <Form
          form={form}
          name="field"
          layout="vertical"
          className="form"
          onFinish={(values) => void submit(values)}
        >
          <Form.Item name="username" label="账号" rules={[{ required: true, message: '请填写账号' }]}>
            <Input autoComplete="username" maxLength={30} />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
            <Input.Password autoComplete="current-password" maxLength={128} />
          </Form.Item>
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={busy}>
              下一步
            </Button>
            {options?.singleSignOn ? (
              <Button onClick={() => void singleSignOn()}>{options.singleSignOn}登录</Button>
            ) : null}
            {options?.isNode ? <a href="/exam">去考试页面</a> : <a href="/">去门户</a>}
          </div>
        </Form>
        {options?.demo ? (
          <DemoAccounts
            chosen={chosen}
            onChoose={(account) => {
              setChosen(account.username)
              form.setFieldsValue(account)
            }}
          />
        ) : null}
      </DeskPage>
    </main>
  )
}

function CodeStep(props: { username: string; onBack: () => void; onDone: () => void }) {
  const [backup, setBackup] = useState(false)
  const [code, setCode] = useState('')
  const { problem, busy, attempt } = useAttempt()
  const options = useOptions()
  const [filledIn, setFilledIn] = useState(false)
  const { username } = props
  useEffect(() => {
    if (!options?.demo) return
    // Asked anew: the code changes every 30 seconds.
    portalClient.read('people.demo-accounts').then(
      ({ accounts }) => {
        const now = accounts.find((one) => one.username === username)?.code
        if (!now) return
        setCode(now)
        setFilledIn(true)
      },
      () => {},
    )
  }, [options, username])
  const submit = () =>
    attempt(async () => {
      await signInCall(backup ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', {
        code: code.trim(),
      })
      props.onDone()
    })
  return (
    <main className="sign-in">
      <DeskPage
        title="请输入动态口令"
        lead={
          backup
            ? '输入绑定时保存的一个备用口令，每个只能用一次。'
            : '打开手机上的身份验证器，输入此刻显示的 6 位数字。'
        }
      >
        {filledIn ? <Notice tone="waiting">演示：已填入此刻的动态口令。</Notice> : null}
        <Problem problem={problem} />
        <Form layout="vertical" className="form" onFinish={() => void submit()}>
          <Form.Item label={backup ? '备用口令' : '动态口令'} htmlFor="code">
            <Input
              id="code"
              autoFocus
              inputMode={backup ? 'text' : 'numeric'}
              autoComplete="one-time-code"
              maxLength={backup ? 20 : 6}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Form.Item>
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={busy} disabled={code.trim().length < 6}>
              登录
            </Button>
            {/* A backup code is worth one sign-in: a hall node is not given them. */}
            {options?.isNode === false && (
              <Button
                type="link"
                onClick={() => {
                  setBackup(!backup)
                  setCode('')
                }}
              >
                {backup ? '用动态口令' : '手机不在身边，用备用口令'}
              </Button>
            )}
            <Button type="link" onClick={props.onBack}>
              换账号
            </Button>
          </div>
        </Form>
      </DeskPage>
    </main>
  )
}
